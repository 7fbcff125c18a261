"""The files of deploy/ hold what docs/team-server.md promises: hardened, without secrets, pinned, and of one mind."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tawthiq.cli.verb_serve import command as serve

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
ROOT = DEPLOY.parent
UNITS = ("tawthiq.service", "tawthiq-backup.service", "tawthiq-backup.timer")
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictNamespaces": "yes",
    "LockPersonality": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
    "LimitCORE": "0",
    "User": "tawthiq",
}
SOCKET = "/run/tawthiq/desk.sock"
ADDRESS = "https://desk.example.org"


def unit(name: str) -> dict[str, list[str]]:
    """All settings of a unit, each with its values."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text().splitlines():
        if line and not line.startswith(("#", "[")):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_no_fault_with_a_unit(name: str, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        parsed = configparser.RawConfigParser(strict=False)
        parsed.read_string((DEPLOY / name).read_text())
        assert "Unit" in parsed
        return
    for each in UNITS:
        text = (DEPLOY / each).read_text().replace("/opt/tawthiq/bin/tawthiq", "/bin/true")
        (tmp_path / each).write_text(text)
    told = subprocess.run([program, "verify", tmp_path / name], capture_output=True, text=True, check=False)
    assert name.partition(".")[0] not in told.stderr, told.stderr


@pytest.mark.parametrize("name", UNITS[:2])
def test_a_service_may_write_in_its_folders_and_nowhere_else(name: str) -> None:
    settings = unit(name)
    assert {key: settings[key][-1] for key in HARDENED} == HARDENED
    assert all(path.startswith("/srv/tawthiq/") for path in settings["ReadWritePaths"][0].split())


def test_no_file_holds_a_passphrase_or_a_password() -> None:
    for file in DEPLOY.iterdir():
        assert not re.search(r"(?i)pass(word|phrase)\s*=\s*\w", file.read_text()), file
        assert not re.search(r"postgresql://\w+:\w+@", file.read_text()), file


def test_the_service_serves_as_this_program_understands() -> None:
    (line,) = unit("tawthiq.service")["ExecStart"]
    words = line.split()
    assert words[1] == "serve"
    options = {name for each in serve.params for name in each.opts}
    assert {word for word in words if word.startswith("--")} <= options
    assert {"--team", "--sealed-key", "--forwarded-for"} <= set(words)
    assert words[words.index("--unix") + 1] == SOCKET
    assert words[words.index("--address") + 1] == ADDRESS


def test_the_proxy_believes_nobody_in_front_of_it_and_leads_to_the_same_socket() -> None:
    text = (DEPLOY / "Caddyfile").read_text()
    assert f"reverse_proxy unix/{SOCKET}" in text
    assert "header_up X-Forwarded-For {remote_host}" in text
    assert "Strict-Transport-Security" in text
    assert re.search(rf"^{re.escape(ADDRESS.removeprefix('https://'))} \{{", text, re.MULTILINE)
    assert text.count("{") == text.count("}")
    caddy = shutil.which("caddy")
    if caddy:
        subprocess.run([caddy, "adapt", "--config", DEPLOY / "Caddyfile"], check=True, capture_output=True)


def test_the_container_is_pinned_and_its_user_has_no_rights() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    orders = [line for line in text.splitlines() if line and not line.startswith("#")]
    installs = re.findall(r"pip install [^&\n]*(?:\\\n[^&\n]*)*", "\n".join(orders))
    assert all("--require-hashes" in each or "--no-index" in each for each in installs)
    for name in re.findall(r"--requirement (\S+)", text):
        assert "--hash=sha256:" in (ROOT / name).read_text()
    assert "USER 10001:10001" in orders
    assert orders.index("USER 10001:10001") > max(at for at, line in enumerate(orders) if line.startswith("RUN"))
    assert 'ENTRYPOINT ["tawthiq"]' in orders
    assert "STOPSIGNAL SIGTERM" in orders


def test_what_the_team_installs_is_the_core_and_the_driver_of_postgresql() -> None:
    def names(file: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements" / file).read_text(), re.MULTILINE))

    assert {"psycopg", "psycopg-binary"} <= names("team.txt")
    assert names("core.txt") <= names("team.txt")
    assert "hatchling" in names("build.txt")


def test_every_file_and_order_of_the_guide_is_there() -> None:
    guide = (ROOT / "docs" / "team-server.md").read_text()
    for file in DEPLOY.iterdir():
        assert f"deploy/{file.name}" in guide
    for option in re.findall(r"tawthiq serve[^`\n]*", guide):
        assert {word for word in option.split() if word.startswith("--")} <= {n for p in serve.params for n in p.opts}
