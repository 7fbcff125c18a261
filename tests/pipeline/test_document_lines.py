# ruff: noqa: E501 (sample markup reads better unbroken)
"""Lines of input as documents: both formats."""

import io
import json
from typing import Any

import pytest

from tawthiq.page import anatomy
from tawthiq.page.contract import page_to_json
from tawthiq.pipeline.document_lines import document_of_line
from tawthiq.pipeline.reading_lines import read_lines
from tawthiq.records.errors import UnreadableInput

PAGE = """<html><body><article><h1>قصف على سوق البلدة</h1><div class='date'>الإثنين 15 آذار 2021 - 01:30</div>
<p>قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ثلاثة قتلى بين المتسوقين.</p>
<p>وأضاف الشهود أن فرق الإسعاف وصلت إلى المكان بعد نحو نصف ساعة من سقوط القذائف الأولى.</p></article>
<div id='comments'><h3>تعليقان</h3><div class='comment'><b class='author'>عابر</b><p>قال شهود إن تسعين شخصاً قتلوا في القرية المجاورة أيضاً.</p></div>
<div class='comment'><b class='author'>زائر</b><p>أكد ناشطون أن خمسين شخصاً خطفوا في الليلة نفسها من بيوتهم.</p></div></div></body></html>"""


def _line() -> dict[str, Any]:
    return dict(
        json.loads(json.dumps(page_to_json(anatomy(PAGE.encode(), id="page", url="https://www.example.org/a"))))
    )


def test_a_page_is_read_by_its_zones_and_dated_by_its_displayed_day() -> None:
    document = document_of_line(_line())
    assert document.published is not None
    assert document.published.isoformat() == "2021-03-15"
    assert document.readable is not None
    read = "".join(span.of(document.text) for span in document.readable)
    assert "ثلاثة قتلى" in read
    assert "تسعين" not in read


def test_what_a_page_command_writes_a_read_command_takes() -> None:
    source, out = io.BytesIO(json.dumps(_line()).encode() + b"\n"), io.BytesIO()
    told: list[Exception] = []
    assert read_lines(source, "pages", out, told.append).failed == 0
    reading = json.loads(out.getvalue())
    assert [count["min"] for event in reading["events"] for count in event["counts"]] == [3]
    assert len(reading["statements"]) == 2


def test_a_page_whose_zones_do_not_cover_its_text_is_refused() -> None:
    value = _line()
    value["zones"] = value["zones"][1:]
    with pytest.raises(UnreadableInput, match="zones"):
        document_of_line(value)
