"""Check that every installed dependency may be used beside Apache-2.0.

Reads the metadata of each distribution pinned in requirements/dev.txt. A licence that is not on the list below, or that
cannot be told, fails; exceptions name their reason.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPATIBLE = re.compile(
    r"\b(MIT|BSD|Apache|Python Software Foundation|PSF|ISC|MPL|Mozilla Public|Unlicense|Zlib|0BSD|MIT-0|CC0|Zope Public)\b",
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"\b(A?GPL|General Public License)\b", re.IGNORECASE)
EXCEPTIONS = {
    "axe-playwright-python": "its metadata names none; the file in its wheel is MIT, that of the axe-core in it MPL",
    "opentimestamps": "LGPL, an optional extra that is imported unchanged and never shipped with the program",
    "python-bitcoinlib": "LGPL, what opentimestamps needs; the same holds",
    "psycopg": "LGPL, an optional extra that is imported unchanged and never shipped with the program",
    "psycopg-binary": "the same as psycopg",
    "pyrage": "its metadata names no licence; the licence file in its wheel is MIT",
}


def licence(distribution: metadata.Distribution) -> str:
    """What a distribution says of its licence: the SPDX expression, else classifiers, else the free text's first line."""
    meta = distribution.metadata
    if expression := meta.get("License-Expression"):
        return expression
    classifiers = [
        line.split("::")[-1].strip() for line in meta.get_all("Classifier") or [] if line.startswith("License")
    ]
    classifiers = [name for name in classifiers if name != "OSI Approved"]
    return " OR ".join(classifiers) or (meta.get("License") or "unknown").strip().splitlines()[0]


def main() -> int:
    """List the licences; 1 when one is not compatible or unknown."""
    text = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    pinned = sorted(set(re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)))
    faults, seen = [], 0
    for name in pinned:
        try:
            named = licence(metadata.distribution(name))
        except metadata.PackageNotFoundError:
            continue  # pinned for another platform or Python version
        seen += 1
        fine = COMPATIBLE.search(named) and not (COPYLEFT.search(named) and "OR" not in named)
        if not fine and name not in EXCEPTIONS:
            faults.append(f"{name}: {named}")
    print("\n".join(faults) or f"licences hold: {seen} installed dependencies")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
