"""Groups and restrictions: who may change them, what is refused, what enters the log, what a person then sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linked_desk import LinkedDesk, copied, make_linked_desk, settle
from tawthiq.archive.models import Capture, CopyMember, Event, Incident, Report, UnlinkedReport
from tawthiq.casework.domain.groups import Refused, left_without, make_group, rename_group, set_members
from tawthiq.casework.domain.link_decisions import Deciding, confirm, judge
from tawthiq.casework.domain.restrictions import MOST_ITEMS, lift, restrict
from tawthiq.casework.models import Group, ItemRestriction, User
from tawthiq.casework.queries.compartments import compartments
from tawthiq.casework.queries.link_decisions import all_in_force, constraints_for, last_act, last_act_about
from tawthiq.casework.queries.visibility import sight_of
from tawthiq.linking.anchoring import anchor_at
from tawthiq.records.errors import WrongUsage
from tawthiq.records.link_decision import EventAnchor, LinkVerdict
from tawthiq.records.span import Span


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(make_linked_desk(tmp_path_factory.mktemp("restricted") / "archive"))


@pytest.fixture
def desk(model: Path, tmp_path: Path) -> Iterator[LinkedDesk]:
    made = copied(model, tmp_path / "archive")
    yield made
    connection.close()
    made.folder.close()


def user(name: str) -> User:
    return User.objects.get(name=name)


def group(name: str, *members: str) -> Group:
    made = make_group(None, name, "heron")
    set_members(None, made, [user(each) for each in members], "heron")
    return made


def item(number: int) -> str:
    return Capture.objects.get(pk=number).identifier


def telling(number: int) -> EventAnchor:
    event = Event.objects.select_related("report__capture").get(report=number, order=0)
    span = Span(event.start, event.end)
    return anchor_at(event.report.capture.identifier, event.report.text, span, event.act)


def seen_numbers(name: str) -> list[int]:
    return list(sight_of(user(name)).reports(Report.objects.order_by("pk")).values_list("pk", flat=True))


def test_an_archive_that_hides_nothing_costs_one_question(desk: LinkedDesk) -> None:
    person = user("gull")
    with CaptureQueriesContext(connection) as asked:
        seen = sight_of(person)
        assert seen.reports(Report.objects.all()).query.where.children == []
        assert all((seen.sees_all, seen.sees_item("any"), seen.sees_number(1), seen.sees_incident(1)))
        assert seen.hides(["any"]) == seen.acts_in_part([1]) == set()
    assert len(asked) == 1


def test_only_members_see_a_restricted_item_owners_neither(desk: LinkedDesk) -> None:
    ward = group("Ward", "crane")
    UnlinkedReport.objects.all().delete()
    assert restrict(None, [item(2)], [ward], user("crane")) == [item(2)]
    assert seen_numbers("crane") == [1, 2, 3, 4, 5, 6]
    assert seen_numbers("heron") == seen_numbers("gull") == [1, 3, 4, 5, 6]
    seen = sight_of(user("heron"))
    assert not any((seen.sees_item(item(2)), seen.sees_number(2)))
    assert list(seen.incidents(Incident.objects.order_by("number")).values_list("report_count", flat=True)) == [1, 2]
    assert not CopyMember.objects.filter(report=2).exists()
    assert set(UnlinkedReport.objects.values_list("number", flat=True)) == {2, 3}
    assert lift(None, [item(2)], user("crane")) == [item(2)]
    assert seen_numbers("heron") == [1, 2, 3, 4, 5, 6]


def test_the_log_names_the_item_and_numbers_of_groups_and_nothing_else(desk: LinkedDesk) -> None:
    folder = desk.folder.path
    desk.folder.close()
    ward = make_group(folder, "Secret ward", "heron")
    set_members(folder, ward, [user("heron")], "heron")
    rename_group(folder, ward, "Other ward", "heron")
    rename_group(folder, ward, "Other ward", "heron")
    restrict(folder, [item(1), item(2)], [ward], user("heron"))
    restrict(folder, [item(1)], [ward], user("heron"))
    lift(folder, [item(1)], user("heron"))
    from tawthiq.store import ArchiveFolder  # noqa: PLC0415  the fixture's own is closed

    with ArchiveFolder.open(folder) as opened:
        events = [entry.event for entry in opened.entries() if entry.event and entry.event.actor == "heron"][-6:]
    told = [(event.kind, event.subject, event.facts) for event in events if event]
    assert told == [
        ("group-made", "groups", {"group": ward.pk}),
        ("group-members-changed", "groups", {"group": ward.pk, "added": ["heron"], "removed": []}),
        ("group-renamed", "groups", {"group": ward.pk}),
        ("item-restricted", item(1), {"groups": [ward.pk]}),
        ("item-restricted", item(2), {"groups": [ward.pk]}),
        ("restriction-lifted", item(1), {"groups": [ward.pk]}),
    ]


def test_what_is_hidden_from_a_person_and_what_never_was_are_passed_over_alike(desk: LinkedDesk) -> None:
    ward, other = group("Ward", "crane"), group("Other", "heron")
    restrict(None, [item(2)], [ward], user("crane"))
    assert restrict(None, [item(2), "never", item(3)], [other], user("heron")) == [item(3)]
    assert lift(None, [item(2), "never"], user("heron")) == []
    assert dict(ItemRestriction.objects.values_list("item", "group")) == {item(2): ward.pk, item(3): other.pk}


def test_groups_of_others_keep_seeing_an_item_that_is_restricted_anew(desk: LinkedDesk) -> None:
    ward, both = group("Ward", "crane"), group("Both", "crane", "heron")
    restrict(None, [item(2)], [ward, both], user("crane"))
    third = group("Third", "heron")
    restrict(None, [item(2)], [third], user("heron"))
    assert set(ItemRestriction.objects.values_list("group", flat=True)) == {ward.pk, third.pk}
    assert seen_numbers("crane") == seen_numbers("heron")


@pytest.mark.parametrize(
    ("by", "groups", "reason"),
    [("gull", ["Ward"], "not-allowed"), ("heron", [], "no-group"), ("crane", ["Ward"], "not-member"),
     ("heron", ["Ward", "Empty"], "not-member"), ("heron", ["Asleep"], "nobody-left")],
)  # fmt: skip
def test_nobody_restricts_who_may_not_or_to_whom_nobody_is(
    desk: LinkedDesk, by: str, groups: list[str], reason: str
) -> None:
    made = {
        "Ward": group("Ward", "heron"),
        "Empty": make_group(None, "Empty", "heron"),
        "Asleep": group("Asleep", "heron"),
    }
    person = user(by)
    if groups == ["Asleep"]:
        User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        restrict(None, [item(1)], [made[name] for name in groups], person)
    assert refused.value.reason == reason
    assert not ItemRestriction.objects.exists()


def test_too_many_items_at_once_are_refused_whole(desk: LinkedDesk) -> None:
    ward = group("Ward", "heron")
    with pytest.raises(WrongUsage):
        restrict(None, [str(number) for number in range(MOST_ITEMS + 1)], [ward], user("heron"))


def test_a_group_keeps_somebody_at_the_desk_whatever_is_restricted_to_it(desk: LinkedDesk) -> None:
    ward = group("Ward", "crane")
    for left in ([], [User.objects.make("tern", "several words", User.Role.PUBLIC)]):
        with pytest.raises(Refused) as refused:
            set_members(None, ward, left, "heron")
        assert refused.value.reason == "nobody-left"
    assert left_without(user("crane")) == [ward]
    set_members(None, ward, [user("heron"), user("crane")], "heron")
    assert left_without(user("crane")) == []
    assert [each.name for each in ward.members.all()] == ["heron", "crane"]


@pytest.mark.parametrize(
    ("name", "reason"), [("  ", "no-name"), ("x" * 65, "long-name"), ("Ward", "taken-name"), ("\x00\ud800", "no-name")]
)
def test_names_of_groups_that_nobody_could_read_are_refused(desk: LinkedDesk, name: str, reason: str) -> None:
    group("Ward", "heron")
    with pytest.raises(Refused) as refused:
        make_group(None, name, "heron")
    assert refused.value.reason == reason


def test_decisions_across_compartments_rest_and_none_are_made(desk: LinkedDesk) -> None:
    confirm(None, [telling(1), telling(2)], Deciding("heron", last_act()))
    judge(None, LinkVerdict.TOGETHER, telling(2), telling(3), Deciding("heron", last_act()))
    assert len(constraints_for().together) == 2
    ward = group("Ward", "crane")
    restrict(None, [item(2)], [ward], user("crane"))
    assert constraints_for().together == ()
    assert constraints_for().compartments == compartments() == {item(2): str(ward.pk)}
    assert last_act_about([item(1)]) is None
    assert len(all_in_force().decisions) == 2
    with pytest.raises(WrongUsage, match="restricted to different groups"):
        judge(None, LinkVerdict.TOGETHER, telling(1), telling(2), Deciding("crane", last_act()))
    judge(None, LinkVerdict.APART, telling(1), telling(3), Deciding("heron", 0))  # what rests contradicts nothing
    lift(None, [item(2)], user("crane"))
    assert len(all_in_force().decisions) == 3
    assert constraints_for().compartments == {}
