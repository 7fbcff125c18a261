"""The desk in a real Chromium: correcting by selected characters, with mouse and keyboard, without scripts, on a phone.

The keystrokes and clicks that the tests need are counted; docs/desk.md holds the table. Screenshots go to out/screenshots/.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from desk_archive import DeskArchive, copied, make_desk_archive, settle
from serving import serving_first_owner
from tawthiq.archive.database import open_database
from tawthiq.casework.models import ReadingCorrection, ReportReview, User
from web.chromium_visits import Visitor, fits, sync_api

pytestmark = pytest.mark.browser
Served = tuple[DeskArchive, str, str]
WRONG = "سوق"
RIGHT = "مدينة سراقب"
MOST_KEYSTROKES = 12


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_desk_archive(tmp_path_factory.mktemp("desk") / "archive")
    User.objects.all().delete()
    return settle(made)


@pytest.fixture
def served(model: Path, tmp_path: Path) -> Iterator[Served]:
    """The archive, the address of its pages and the first owner's link."""
    archive = copied(model, tmp_path / "archive")
    with serving_first_owner(archive.folder.path) as (address, link):
        yield archive, address, link
    connection.close()
    archive.folder.close()


class Hand:
    """A person's hand: every key and every click or drag counts one."""

    def __init__(self, page: "sync_api.Page") -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def drag_over(self, words: str) -> None:
        """Select words of the text with the mouse, from their end to their beginning as hands do."""
        self.page.evaluate("document.fonts.ready.then(() => true)")  # letters stand still only then
        box = self.page.evaluate(WHERE, words)
        self.page.mouse.move(box[0], box[1])
        self.page.mouse.down()
        self.page.mouse.move(box[2], box[3], steps=6)
        self.page.mouse.up()
        self.count += 1


WHERE = """(words) => {
    for (const block of document.querySelectorAll('.text[data-start]')) {
        const at = block.textContent.lastIndexOf(words);
        if (at < 0) continue;
        const point = (units) => {
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
            let left = units;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (left < node.length) return [node, left];
                left -= node.length;
            }
        };
        const box = (units) => {
            const range = document.createRange(), [node, offset] = point(units);
            range.setStart(node, offset); range.setEnd(node, offset + 1);
            node.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
            return range.getBoundingClientRect();
        };
        const rtl = getComputedStyle(block).direction === 'rtl';
        const first = box(at), last = box(at + words.length - 1);
        return rtl ? [last.left + 1, last.top + last.height / 2, first.right - 1, first.top + first.height / 2]
                   : [last.right - 1, last.top + last.height / 2, first.left + 1, first.top + first.height / 2];
    }
    return null;
}"""


def fresh(archive: DeskArchive) -> None:
    """See what the server has written."""
    connection.close()
    open_database(archive.folder.database)


def places(archive: DeskArchive, number: int = 1) -> list[str]:
    fresh(archive)
    return [place.mention.text for place in archive.opened(number).settled.reading.events[0].places]


def at_value(page: "sync_api.Page", words: str) -> "sync_api.Locator":
    return page.locator(".value-row.current", has_text=words)


def to_value(hand: Hand, words: str) -> None:
    """Press J until the value is at hand."""
    while not at_value(hand.page, words).count():
        assert hand.count < MOST_KEYSTROKES
        hand.press("j")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_one_wrong_value_is_corrected_with_the_mouse_and_the_rest_accepted(
    chromium: "sync_api.Browser", served: Served, language: str
) -> None:
    archive, address, link = served
    visitor = Visitor(chromium, 1280, language)
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}reports/1/desk/")
    visitor.screenshot(f"desk-{language}")
    hand = Hand(page)
    to_value(hand, WRONG)
    hand.drag_over(RIGHT)
    sync_api.expect(page.locator(".bar-words q")).to_have_text(RIGHT)
    hand.press("p")
    sync_api.expect(page.locator("#offered-save")).to_be_focused()
    visitor.screenshot(f"desk-offered-{language}")
    hand.press("Enter")
    page.wait_for_url("**/desk/?effect=done*")
    visitor.screenshot(f"desk-corrected-{language}")
    hand.press("a")
    page.wait_for_url("**/reports/2/desk/?reviewed=1")
    assert places(archive).count(RIGHT) == 1
    assert not [place for place in places(archive) if WRONG in place]
    assert ReportReview.objects.get().by == "heron"
    assert archive.opened(1).kept.changed == ()
    print(f"mouse {language}: {hand.count}")
    assert hand.count <= MOST_KEYSTROKES
    assert visitor.complaints == []
    assert [url for url in visitor.asked if not url.startswith((address, "data:"))] == []
    visitor.context.close()


def test_the_keyboard_alone_corrects_by_words_and_by_characters(chromium: "sync_api.Browser", served: Served) -> None:
    archive, address, link = served
    visitor = Visitor(chromium, 1280, "ar")
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}reports/1/desk/")
    hand = Hand(page)
    to_value(hand, WRONG)
    hand.press("t", "ArrowLeft", "ArrowLeft", "Shift+ArrowLeft")
    sync_api.expect(page.locator(".bar-words q")).to_have_text(RIGHT)
    visitor.screenshot("desk-keyboard-ar")
    hand.press("Enter")
    sync_api.expect(page.locator("#offered-save")).to_be_focused()
    hand.press("Enter")
    page.wait_for_url("**/desk/?effect=done*")
    hand.press("a")
    page.wait_for_url("**/reports/2/desk/?reviewed=1")
    assert places(archive).count(RIGHT) == 1
    assert not [place for place in places(archive) if WRONG in place]
    print(f"keyboard: {hand.count}")
    assert hand.count <= MOST_KEYSTROKES
    page.goto(f"{address}reports/1/desk/")
    page.locator(".value-row", has_text="طفلان").click(position={"x": 200, "y": 5})
    page.keyboard.press("t")
    page.keyboard.press("Control+ArrowLeft")
    sync_api.expect(page.locator(".bar-words q")).to_have_text("فلان")
    page.keyboard.press("Escape")
    sync_api.expect(page.locator("#desk-bar")).to_be_hidden()
    visitor.context.close()


def test_a_report_with_nothing_wrong_takes_one_key_and_can_be_undone(
    chromium: "sync_api.Browser", served: Served
) -> None:
    archive, address, link = served
    visitor = Visitor(chromium, 1280, "en")
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}reports/2/desk/")
    hand = Hand(page)
    hand.press("a")
    page.wait_for_url("**/reports/1/desk/?reviewed=2")
    assert hand.count == 1
    fresh(archive)
    assert {row.kind for row in ReadingCorrection.objects.all()} == {"accepted"}
    page.click('.notice a[href="/reports/2/desk/"]')
    visitor.screenshot("desk-accepted-en")
    page.keyboard.press("u")
    page.wait_for_url("**/desk/?effect=done*")
    fresh(archive)
    assert archive.opened(2).kept.rows == ()
    visitor.context.close()


def test_offsets_behind_emoji_and_vowel_signs_are_code_points_and_no_key_acts_while_somebody_types(
    chromium: "sync_api.Browser", served: Served
) -> None:
    archive, address, link = served
    visitor = Visitor(chromium, 1280, "ar")
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}reports/1/desk/")
    hand = Hand(page)
    hand.drag_over("معرة النعمان")  # behind a family of three joined by invisible signs
    page.click('.bar-slots [data-slot="place"]')
    sync_api.expect(page.locator(".offered-words q")).to_have_text("معرة النعمان")
    page.locator("#offered-reason").fill("")
    page.locator("#offered-reason").press_sequentially("yna")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/?effect=done*")
    assert "معرة النعمان" in places(archive)
    assert ReadingCorrection.objects.get().content["reason"] == "yna"
    page.locator(".keys > summary").click()
    page.locator("#keys-on").uncheck()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    fresh(archive)
    assert ReadingCorrection.objects.count() == 1
    visitor.context.close()


def test_without_scripts_and_on_a_phone_words_are_chosen_by_their_numbers(
    chromium: "sync_api.Browser", served: Served
) -> None:
    archive, address, link = served
    visitor = Visitor(chromium, 390, "ar")
    visitor.become_owner(link)
    visitor.page.goto(f"{address}reports/1/desk/")
    visitor.screenshot("desk-phone-ar")
    assert fits(visitor.page)
    plain = chromium.new_context(
        java_script_enabled=False, storage_state=visitor.context.storage_state(), viewport={"width": 390, "height": 800}
    )
    page = plain.new_page()
    page.goto(f"{address}reports/1/desk/")
    page.locator(".value-row", has_text=WRONG).first.locator("a.correct").click()
    numbers = {word: page.locator(".word", has_text=word).first.locator("b").inner_text() for word in RIGHT.split()}
    page.fill("[name=first]", numbers["مدينة"].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    page.fill("[name=last]", numbers["سراقب"])
    page.screenshot(path=Path("out/screenshots/desk-words-phone.png"), full_page=True)
    page.click(".words-form button.primary")
    page.click("#offered-save")
    page.wait_for_url("**/desk/?effect=done*")
    assert places(archive).count(RIGHT) == 1
    assert not [place for place in places(archive) if WRONG in place]
    wide = page.locator("html").evaluate("root => root.scrollWidth - root.clientWidth")
    assert wide <= 0
    plain.close()
    visitor.context.close()
