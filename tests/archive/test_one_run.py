"""One run at a time over an archive's rows."""

import os
from pathlib import Path

import pytest

from tawthiq.archive.one_run import one_run
from tawthiq.archive.rebuilding import link_archive, read_archive
from tawthiq.records.errors import ArchiveBusy
from tawthiq.store import ArchiveFolder


def test_a_second_run_is_refused_at_once_and_told_who_works(folder: ArchiveFolder) -> None:
    with one_run(folder.path, "tawthiq link"):
        for run in (read_archive, link_archive):
            with pytest.raises(ArchiveBusy) as busy:
                run(folder)
            assert busy.value.exit_code == 2
            assert f"`tawthiq link`, process {os.getpid()}" in busy.value.happened
    assert read_archive(folder, workers=1).read == 2


def test_a_run_that_failed_frees_the_next(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), one_run(tmp_path, "tawthiq read"):
        raise RuntimeError
    with one_run(tmp_path, "tawthiq read"):
        pass
