"""Where things lie in an archive folder (docs/custody-format.md).

tawthiq.toml                    settings
tawthiq.sqlite3                 readings and casework: derived or people's, never evidence
.lock                           held while the log is appended to; always empty
.waiting.jsonl                  people's acts that are not in the log yet (`store.waiting`)
keys/archive.key  archive.pub   the signing key and its public half
keys/fields.key                 keys of protected fields in the database, wrapped under the signing key; not in the log
.fields/                        the lock on them; may be lost
log/checkpoint    tile/         the signed log (C2SP tlog-tiles)
log/journal/000.jsonl           events and salts, 256 lines a file, numbered like tiles
log/torn/                       ends of lines that a crash cut, kept and logged
log/timestamps/  cosignatures/  what authorities and other teams said of checkpoints, kept and logged
evidence/2026/11/22/ID.warc.gz  one file a capture
evidence/incomplete/            what an interrupted run left unfinished, kept and logged
evidence/incoming/RUN/          files being written by a run that is alive, or was not recovered yet
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tawthiq.custody.tiles import numbered

FIELD_KEY = "keys/fields.key"


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths inside one archive folder."""

    root: Path

    @property
    def settings(self) -> Path:
        """The settings file, by which a folder is known to be an archive."""
        return self.root / "tawthiq.toml"

    @property
    def database(self) -> Path:
        """The SQLite file of readings and casework."""
        return self.root / "tawthiq.sqlite3"

    @property
    def lock(self) -> Path:
        """The file whose lock guards the log."""
        return self.root / ".lock"

    @property
    def waiting(self) -> Path:
        """The file of people's acts that are not in the log yet."""
        return self.root / ".waiting.jsonl"

    @property
    def taken(self) -> Path:
        """The same file while its acts are being logged."""
        return self.root / ".waiting.taken"

    @property
    def private_key(self) -> Path:
        """The signing key."""
        return self.root / "keys" / "archive.key"

    @property
    def public_key(self) -> Path:
        """The verifier key, as one line of text."""
        return self.root / "keys" / "archive.pub"

    @property
    def field_key(self) -> Path:
        """The keys of protected fields (`casework.domain.field_key`)."""
        return self.root / FIELD_KEY

    @property
    def log(self) -> Path:
        """The folder that tile paths are relative to."""
        return self.root / "log"

    @property
    def checkpoint(self) -> Path:
        """The signed head of the log."""
        return self.log / "checkpoint"

    @property
    def torn(self) -> Path:
        """The folder of cut line ends."""
        return self.log / "torn"

    @property
    def timestamps(self) -> Path:
        """The folder of stamped checkpoints and their tokens."""
        return self.log / "timestamps"

    @property
    def cosignatures(self) -> Path:
        """The folder of what other teams signed."""
        return self.log / "cosignatures"

    @property
    def evidence(self) -> Path:
        """The folder of evidence files."""
        return self.root / "evidence"

    @property
    def incoming(self) -> Path:
        """The folder of runs at work."""
        return self.evidence / "incoming"

    @property
    def incomplete(self) -> Path:
        """The folder of what interrupted runs left unfinished."""
        return self.evidence / "incomplete"

    def shard(self, number: int) -> Path:
        """The journal file of entries 256 x `number` and on."""
        return self.log / "journal" / f"{numbered(number)}.jsonl"

    def evidence_file(self, name: str, kept: datetime) -> Path:
        """Where an evidence file called `name`, kept at `kept` (UTC), belongs."""
        return self.evidence / f"{kept:%Y}" / f"{kept:%m}" / f"{kept:%d}" / name

    def relative(self, path: Path) -> str:
        """`path` as it is written in the log: relative to the archive, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def file_id(path: str) -> str:
    """The identifier of the evidence file at `path`, with which those of its captures begin."""
    return path.rpartition("/")[2].partition(".")[0]


def new_id(moment: datetime) -> str:
    """An identifier that sorts by time, safe as a file name: UTC to the microsecond, then 8 random hexadecimal digits."""
    return f"{moment:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}"
