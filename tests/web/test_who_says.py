"""The table of who says what: its columns are the slots in dispute, its rows sources; silence stays empty."""

import re

from served_archive import INCIDENT, Desk
from tawthiq.archive.models import Claim, Slot
from tawthiq.archive.queries.incidents import whole_incident
from tawthiq.web.claims import slots_shown
from tawthiq.web.who_says import MOST_ROWS, WhoSays, who_says


def table(desk: Desk) -> WhoSays | None:
    incident = whole_incident(INCIDENT)
    assert incident is not None
    reports = {told.report_id: told.report for told in incident.told_in.all()}
    return who_says(slots_shown(incident, reports), reports)


def test_each_source_stands_with_its_position(desk: Desk) -> None:
    Claim.objects.filter(report=1).update(source="outlet one")
    Claim.objects.filter(report=2).update(source="outlet two")
    made = table(desk)
    assert made is not None
    assert [shown.key for shown in made.columns] == ["killed-all"]
    cells = {row.source.name: [(said.letter, said.words) for said in row.cells[0][1]] for row in made.rows}
    assert {name: said[0][1] for name, said in cells.items()} == {"one": ("5",), "two": ("7",)}
    assert len({said[0][0] for said in cells.values()}) == 2  # a letter each


def test_a_source_that_holds_both_positions_shows_both(desk: Desk) -> None:
    Claim.objects.update(source="outlet one")
    made = table(desk)
    assert made is not None
    (row,) = made.rows
    assert len(row.cells[0][1]) == 2


def test_no_table_where_nothing_is_contested(desk: Desk) -> None:
    Slot.objects.update(standing="agreed", disputes=[])
    assert table(desk) is None
    assert "who-says" not in desk.client().get(f"/incidents/{INCIDENT}/").content.decode()


def test_sources_beyond_the_most_are_counted(desk: Desk) -> None:
    claim = Claim.objects.filter(report=1).first()
    assert claim is not None
    last = Claim.objects.order_by("-key").first()
    assert last is not None
    for number in range(MOST_ROWS + 2):
        claim.pk, claim.source = last.pk + 1 + number, f"outlet number {number:02}"
        claim._state.adding = True
        claim.save()
    made = table(desk)
    assert made is not None
    assert len(made.rows) == MOST_ROWS
    assert made.unshown == len(set(Claim.objects.filter(slot="killed").values_list("source", flat=True))) - MOST_ROWS


def test_the_page_escapes_names_and_leads_to_the_slot(desk: Desk) -> None:
    Claim.objects.filter(report=1).update(source="outlet <b>one</b>")
    html = desk.client().get(f"/incidents/{INCIDENT}/").content.decode()
    assert "&lt;b&gt;one&lt;/b&gt;" in html
    assert re.search(r'<th scope="col"><a href="#slot-killed-all">', html)
