"""Pages of an exported chat in the browser: posts, and the bytes of the export that say them."""

import re
from io import BytesIO
from pathlib import Path

from page.telegram_exports import chat, message, written
from served_archive import Desk
from tawthiq.archive.models import Capture, Report
from tawthiq.archive.rebuilding import read_archive
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.telegram_export import cut

DATA = written(chat(message(1, 'قال: "سقطت قذيفة"')), ascii_only=True)


def test_a_word_of_a_message_leads_to_its_bytes_in_the_export(desk: Desk) -> None:
    desk.folder.keep_export("result.json", BytesIO(DATA), "application/json", {}, cut)
    read_archive(desk.folder, workers=1)
    report = Report.objects.get(capture__kind="export")
    at = report.text.index("قذيفة")
    html = desk.client().get(f"/reports/{report.pk}/?at={at}-{at + 5}").content.decode()
    found = re.search(r"(\d+)–(\d+)", html[html.index('id="in-the-file"') :])
    assert found
    assert DATA[int(found[1]) : int(found[2])].decode() == "قذيفة".encode("unicode_escape").decode()
    page = desk.client().get(f"/reports/{report.pk}/page/").content.decode()
    assert "channel77" in page


def test_the_files_that_messages_name_lead_to_their_items(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "ChatExport"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "photo_1.jpg").write_bytes(b"no picture")
    messages = [message(1, "a", photo="photos/photo_1.jpg"), message(2, "b", file="files/left_out.pdf")]
    (folder / "result.json").write_bytes(written(chat(*messages)))
    list(collect(desk.folder, [str(folder)]))
    read_archive(desk.folder, workers=1)
    photo = Capture.objects.get(source="photo_1.jpg")
    page = desk.client().get(f"/reports/{Report.objects.get(capture__kind='export').pk}/page/").content.decode()
    assert f'<a href="/evidence/{photo.pk}/" dir="ltr">photos/photo_1.jpg</a>' in page
    assert "files/left_out.pdf</bdi>" in page
    assert "not collected with the export" in page


def test_nothing_is_claimed_of_an_export_that_differs_from_the_log(desk: Desk) -> None:
    whole, _ = desk.folder.keep_export("result.json", BytesIO(DATA), "application/json", {}, cut)
    read_archive(desk.folder, workers=1)
    report = Report.objects.get(capture__kind="export")
    file = desk.folder.path / whole.path
    file.write_bytes(file.read_bytes()[: whole.offset + 100])
    html = desk.client().get(f"/reports/{report.pk}/?at=0-3").content.decode()
    assert "could not be led back to the file" in html
