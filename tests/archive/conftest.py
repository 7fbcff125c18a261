"""Archives on disk for the tests of derived state."""

from pathlib import Path

import pytest

from sample_archive import make_folder
from tawthiq.archive.database import set_up_django
from tawthiq.store import ArchiveFolder

set_up_django()  # before test modules import models

PAGES = {
    "first.html": (
        '<html lang="ar"><head><title>قصف على سوق الرقّة</title></head><body><article><h1>قصف على سوق الرقّة</h1>'
        "<p>قال ناشطون إن القصف الذي وقع يوم الاثنين على السوق أدى إلى مقتل أربعة مدنيين وإصابة آخرين بجروح.</p>"
        "<p>ولم تعلن أي جهة مسؤوليتها عن القصف حتى مساء اليوم نفسه، بحسب ما أفاد به مراسل الموقع من المكان.</p>"
        "</article></body></html>"
    ).encode(),
    "second.html": (
        b'<html lang="en"><head><title>Two homes burn in a village</title></head><body><article>'
        b"<h1>Two homes burn in a village</h1><p>Residents said that shells hit the village on Tuesday and that two "
        b"homes burned down. The district's mayor said that nobody was hurt in the houses.</p></article></body></html>"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> ArchiveFolder:
    """An archive with two pages, not read yet."""
    return make_folder(tmp_path / "archive", PAGES)
