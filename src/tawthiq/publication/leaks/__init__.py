"""The last look at an output before it gets its name: whether anything of it tells of somebody who is protected.

Every byte is looked at: names of files and folders, whatever is packed inside (`containers`: ZIP and its kin, gzip, zstd, tar,
WARC; `documents`: PDF, Parquet, SQLite, pictures), and in each of them every way in which text is written down (`encodings`).
What counts as telling is decided by the matcher that redaction uses, so nothing that redaction would replace may stand there.
A part that cannot be read to its end is an error and never passes. Errors name the place, never the string.
"""

from pathlib import Path

from tawthiq.publication.leaks.errors import LeakFound, UnreadablePart, unreadable
from tawthiq.publication.leaks.search import Search
from tawthiq.publication.redaction_matcher import matcher_of
from tawthiq.records.disclosure import Profile, Protected

__all__ = ["PART", "LeakFound", "UnreadablePart", "expect_no_leak"]

PART = ".part"
"""What the name of an output that is not finished ends in."""


def expect_no_leak(output: Path, profile: Profile, protected: Protected) -> None:
    """Raises LeakFound when anything of `output` (a file or a folder) tells of somebody who is protected, its name included.

    Raises UnreadablePart where a part of it cannot be looked into: damaged, encrypted, packed too deep, or no plain file.
    """
    search = Search(matcher_of(profile, protected))
    for path in sorted([output, *output.rglob("*")]) if output.is_dir() else [output]:
        name = path.relative_to(output.parent).as_posix().replace(f"{output.name}", output.name.removesuffix(PART), 1)
        search.name(name)
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise unreadable(name, "it is a link or a device, which hands out what lies elsewhere")
        if path.is_file() and search:
            search.file(path, name)
