"""The law: a person's split or merge survives every relink, full or incremental, every new reading and every new report."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sample_archive import RAQQA, keep, make_folder, page, words
from tawthiq.archive.captures import take_in
from tawthiq.archive.database import open_database
from tawthiq.archive.link_memory_run import relink
from tawthiq.archive.models import Capture, Event, IncidentEvent, LinkStatistics, Report
from tawthiq.archive.rebuilding import link_archive
from tawthiq.archive.replacing import drop_report
from tawthiq.archive.saving import save_report
from tawthiq.casework.domain.link_decisions import Deciding, judge, merge, split, withdraw
from tawthiq.casework.models import LinkDecision
from tawthiq.casework.queries import link_lessons
from tawthiq.casework.queries.link_decisions import constraints_for, last_act
from tawthiq.casework.queries.link_lessons import lesson, weights_in_use
from tawthiq.linking import teaching
from tawthiq.linking.anchoring import anchor_at
from tawthiq.linking.scoring import shipped_weights
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Modality, Scope
from tawthiq.records.event import Event as EventRecord
from tawthiq.records.link_decision import EventAnchor, LinkVerdict
from tawthiq.records.page import DateSource, PageDate, ZoneKind
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import PlaceMention
from tawthiq.records.reading import Reading
from tawthiq.records.span import Span
from tawthiq.store import ArchiveFolder

# Two that the machine takes for one, and one that it takes for another: told by words in common, or by none.
ALIKE = "وقعت غارة جوية على سوق الخضار في الرقة يوم الاثنين وقتلت خمسة أشخاص بحسب سكان الحي القديم."
OTHER = "ذكر ناشط أن غارة استهدفت مخفرا بعيدا قرب الرقة يوم الثلاثاء ونقل عن مسعفين مقتل تسعة أشخاص."


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ArchiveFolder]:
    made = make_folder(tmp_path / "archive", {})
    open_database(made.database)
    for number in range(1, 4):
        add(made, number, OTHER if number == 3 else f"{ALIKE} ({number})")
    yield made
    connection.close()
    made.close()


def add(folder: ArchiveFolder, number: int, text: str) -> None:
    """Keep and read one more report, which is not linked yet."""
    keep(folder, {f"{number}.html": f"<p>{number}</p>".encode()})
    take_in(folder)
    read(Capture.objects.get(pk=number), text)


def read(capture: Capture, text: str, before: str = "") -> None:
    """Read a capture as one strike on a day."""
    body = f"{before}{text}\n"
    monday = "الاثنين" in text
    day = date(2017, 6, 19) if monday else date(2017, 6, 20)
    dead, count = ("خمسة أشخاص", 5) if "خمسة" in text else ("تسعة أشخاص", 9)
    shown = page(
        capture.identifier,
        ((ZoneKind.BODY, body),),
        outlet=f"outlet {capture.number}",
        published=PageDate(date(2017, 6, 21), None, None, DateSource.VISIBLE, "21"),
    )
    event = EventRecord(
        act=Act.AIRSTRIKE,
        trigger=words(body, "غارة"),
        modality=Modality.STATED,
        scope=Scope.SINGLE,
        when=When(words(body, "يوم الاثنين" if monday else "يوم الثلاثاء"), Period(day, day, Precision.DAY), "given"),
        places=(PlaceMention(words(body, "الرقة"), RAQQA, (RAQQA,), None),),
        country="SY",
        by=(),
        victims=(),
        counts=(Count(Harm.KILLED, Group.ALL, count, count, False, words(body, dead)),),
        source=None,
        rules=(),
    )
    save_report(capture, ReadCapture(shown, Reading(shown.id, "ar", date(2017, 6, 21), (), (event,))))


def telling(number: int) -> EventAnchor:
    event = Event.objects.select_related("report__capture").get(report=number)
    span = Span(event.start, event.end)
    return anchor_at(event.report.capture.identifier, event.report.text, span, event.act)


def by() -> Deciding:
    return Deciding("heron", last_act(), "read both")


def incident(number: int) -> int:
    return IncidentEvent.objects.get(event__report=number).incident_id


def link(folder: ArchiveFolder, again: bool = False) -> None:
    link_archive(folder, constraints=constraints_for, weights=lesson().weights, again=again)


def step(folder: ArchiveFolder) -> None:
    """Link what waits as a page does after a decision, against what is remembered."""
    assert relink(decided=constraints_for, weights=weights_in_use()).full == ""


def test_the_machine_alone_would_say_otherwise(folder: ArchiveFolder) -> None:
    link(folder)
    assert incident(1) == incident(2) != incident(3)


def test_a_decision_takes_effect_against_what_is_remembered(folder: ArchiveFolder) -> None:
    link(folder)
    split(folder.path, [telling(1)], [telling(2)], by())
    step(folder)
    assert incident(1) != incident(2)
    merge(folder.path, [telling(1)], [telling(3)], by())
    step(folder)
    assert incident(1) == incident(3) != incident(2)
    withdraw(folder.path, LinkDecision.objects.values_list("sha256", flat=True), by())
    step(folder)
    assert incident(1) == incident(2) != incident(3)


def test_the_whole_law(folder: ArchiveFolder) -> None:
    link(folder)
    split(folder.path, [telling(1)], [telling(2)], by())
    merge(folder.path, [telling(1)], [telling(3)], by())

    def holds() -> bool:
        return incident(1) == incident(3) != incident(2)

    step(folder)
    assert holds(), "against what is remembered"
    link(folder, again=True)
    assert holds(), "in a full run"
    drop_report(1)
    read(Capture.objects.get(pk=1), f"{ALIKE} (1)", before="عاجل | ")
    link(folder)
    assert holds(), "after a new reading of a shifted text"
    add(folder, 4, f"{ALIKE} (4)")
    link(folder)
    assert holds(), "with a new report that lies between"
    assert incident(4) in (incident(1), incident(2))
    LinkStatistics.objects.all().delete()
    link(folder)
    assert holds(), "after the memory was lost"


def test_a_decision_waits_while_its_telling_is_gone_and_holds_when_it_is_back(folder: ArchiveFolder) -> None:
    link(folder)
    split(folder.path, [telling(1)], [telling(2)], by())
    Event.objects.filter(report=1).update(scope=Scope.BACKGROUND.value)
    assert len(constraints_for().unfit) == 1
    drop_report(1)
    read(Capture.objects.get(pk=1), f"{ALIKE} (1)")
    link(folder)
    assert incident(1) != incident(2)
    assert constraints_for().unfit == ()


Deed = tuple[str, int, int]
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["apart", "together", "add", "read", "full", "step"]), st.integers(1, 3), st.integers(1, 3)
    ),
    min_size=2,
    max_size=5,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_whatever_happens_in_whatever_order_decisions_hold(folder: ArchiveFolder, deeds: list[Deed]) -> None:
    LinkDecision.objects.all().delete()
    link(folder, again=True)
    for what, one, other in deeds:
        _do(folder, what, one, other)
        constraints = constraints_for()
        number = dict(Report.objects.values_list("capture__identifier", "pk"))
        for first, second in constraints.together:
            assert incident(number[first.document]) == incident(number[second.document])
        for first, second in constraints.apart:
            assert incident(number[first.document]) != incident(number[second.document])


def _do(folder: ArchiveFolder, what: str, one: int, other: int) -> None:
    """One thing that happens to an archive, and the linking after it."""
    if what in ("apart", "together") and one != other:
        against = tuple(LinkDecision.objects.exclude(kind="withdrawn").values_list("sha256", flat=True))
        gone = set(LinkDecision.objects.filter(kind="withdrawn").values_list("withdraws", flat=True))
        taken = tuple(digest for digest in against if digest not in gone) if what == "apart" else ()
        deciding = Deciding("heron", last_act(), "", taken)
        try:
            judge(folder.path, LinkVerdict(what), telling(one), telling(other), deciding)
        except Exception as error:
            assert type(error).__name__ == "Contradicted", error  # noqa: PT017
    elif what == "add":
        number = Report.objects.count() + 1
        add(folder, number, f"{ALIKE} ({number})")
    elif what == "read":
        drop_report(one)
        read(Capture.objects.get(pk=one), OTHER if one == 3 else f"{ALIKE} ({one})", before="خبر " * other)
    link(folder, again=what == "full")


def test_decisions_teach_after_enough_acts_and_weights_stay_in_use_between(
    folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching, "LEAST", 1)
    monkeypatch.setattr(link_lessons, "STEP", 2)
    link(folder)
    judge(None, LinkVerdict.TOGETHER, telling(1), telling(3), by())
    step(folder)
    assert not lesson().applies, "one act is no lesson yet"
    judge(None, LinkVerdict.APART, telling(2), telling(3), by())
    taught = lesson()
    assert (taught.together, taught.apart, taught.applies) == (1, 1, True), "1 and 2 are copies and teach nothing"
    assert taught.weights != shipped_weights()
    assert lesson(learn=False).weights == shipped_weights()
    step(folder)
    assert weights_in_use() == shipped_weights(), "a page links with the weights that are remembered"
    link(folder)
    assert weights_in_use() == taught.weights
    (row,) = judge(None, LinkVerdict.APART, telling(2), telling(1), by())
    step(folder)
    assert lesson() == taught
    withdraw(None, LinkDecision.objects.filter(act__lte=3).values_list("sha256", flat=True), by())
    assert not lesson().applies, "what was withdrawn teaches nothing"
    assert row.act == 3
