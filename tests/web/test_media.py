"""What files say of their making, in the browser: for signed-in people, protected facts apart."""

from io import BytesIO

from media_maker import picture
from served_archive import Desk
from tawthiq.archive.models import Capture
from tawthiq.archive.rebuilding import read_archive


def test_a_picture_is_told_to_people_who_are_signed_in_alone(desk: Desk) -> None:
    desk.folder.keep_file("photo.jpg", BytesIO(picture()), "image/jpeg", {})
    read_archive(desk.folder, workers=1)
    number = Capture.objects.get(source="photo.jpg").pk
    item = desk.client().get(f"/evidence/{number}/").content.decode()
    assert f"/evidence/{number}/media/" in item
    told = desk.client().get(f"/evidence/{number}/media/").content.decode()
    assert told.index("2021:03:12 14:05:33") < told.index("Protected: may betray a source") < told.index("-35.950417")
    assert desk.stranger().get(f"/evidence/{number}/media/").status_code == 302


def test_a_file_that_cannot_be_read_says_so(desk: Desk) -> None:
    desk.folder.keep_file("photo.png", BytesIO(b"\x89PNG\r\n\x1a\n none"), "image/png", {})
    read_archive(desk.folder, workers=1)
    number = Capture.objects.last().pk  # type: ignore[union-attr]
    assert "cannot be read as a picture" in desk.client().get(f"/evidence/{number}/media/").content.decode()


def test_a_page_has_no_such_facts(desk: Desk) -> None:
    assert desk.client().get("/evidence/1/media/").status_code == 404
