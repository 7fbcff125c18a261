"""Pin every dependency: `uv.lock`, and hashed requirement files that plain pip installs from.

The lock names files and SHA-256 digests but no package registry: whoever installs chooses where the files come from (a
registry, a mirror, a folder on a USB stick), and the digests decide whether they are the right ones. `make wheels` fills
`.wheels` for `uv sync --frozen`; `make venv` needs only pip. Reasons: docs/adr/0001-pins-without-addresses.md.

Run with `make lock` after changing dependencies in pyproject.toml (needs uv).
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXPORTS = {
    "core": (),
    "team": ("postgres",),
    "dev": ("dev", "opinion"),
    "bench": ("dev", "bench"),
    "fuzz": ("dev", "fuzz"),
}
# Others' tools for tests live in an environment of their own and are no extra of ours: they are resolved by themselves.
# So is what builds our wheel in a container (deploy/Containerfile).
APART = ("oracles", "checkers", "build")
_COMPILING = ["--universal", "--python-version", "3.11", "--generate-hashes"]
_COMPILING += ["--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
_REGISTRY = re.compile(r'registry = "https://[^"]+"')
_FILE = re.compile(r'url = "https://[^"]*/([^/"]+)"')


def without_addresses(lock: str) -> str:
    """The text of a uv lock whose packages come from the folder `.wheels` instead of an address."""
    return re.sub(
        r', upload-time = "[^"]*"', "", _FILE.sub(r'path = "\1"', _REGISTRY.sub('registry = ".wheels"', lock))
    )


def main() -> int:
    """Lock, export and strip; the exit code of the first program that failed."""
    lock = ROOT / "uv.lock"
    lock.unlink(missing_ok=True)
    commands = [["uv", "lock", "--quiet"]]
    for name, extras in EXPORTS.items():
        extra = [part for each in extras for part in ("--extra", each)]
        target = str(ROOT / "requirements" / f"{name}.txt")
        options = ["--no-emit-project", "--no-header", "--no-annotate", "--quiet", "--output-file", target]
        commands.append(["uv", "export", "--frozen", *extra, *options])
    for name in APART:
        source, target = f"requirements/{name}.in", f"requirements/{name}.txt"
        commands.append(["uv", "pip", "compile", source, "--output-file", target, *_COMPILING])
    for command in commands:
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    lock.write_text(without_addresses(lock.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
