"""Reading by people's actors and places: only what names them otherwise is read again, as if everything were."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from lexicon.authority_decisions import ADD_ACTOR, ADD_PLACE, OTHER_PLACE, about
from sample_archive import keep
from tawthiq.archive.authority import in_reader, with_stamp
from tawthiq.archive.models import Capture, Event, EventActor, EventPlace, Report, Statement
from tawthiq.archive.rebuilding import ReadOutcome, read_archive
from tawthiq.archive.restoring import read_reports
from tawthiq.lexicon.authority import in_force
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.records.authority import Decision, Overlay, Step
from tawthiq.store import ArchiveFolder

VILLAGE, NEIGHBOUR = "قرية تل الزنبق", "قرية تل الزمبق"
PARTY = "درع الأرز الشرقي"
AGAIN = about(ADD_PLACE, Step.ALIAS, alias="تل السوسن")
MERGED = about(OTHER_PLACE, Step.MERGE, target=ADD_PLACE.code)
MOVED = about(ADD_PLACE, Step.CORRECT, latitude=35.9, longitude=36.6)
NOT_HERE = about(replace(ADD_PLACE, code=""), Step.NOT_PLACE, alias="الرقة")
NARROWER = about(ADD_ACTOR, Step.CORRECT, parent="unknown")


@dataclass
class Decided:
    """The authority as a list in memory."""

    made: list[Decision] = field(default_factory=list)
    lost: bool = False

    def now(self) -> tuple[str, Overlay]:
        found = overlay(in_force(self.made))
        return (f"{len(self.made)}@{found.digest[:12]}" if found else ""), found

    def stamped(self, stamp: str) -> Overlay | None:
        revision, _, digest = stamp.partition("@")
        if self.lost:
            return None
        found = overlay(in_force(self.made[: int(revision)])) if stamp else Overlay()
        return found if not stamp or found.digest.startswith(digest) else None


def page(title: str, body: str) -> bytes:
    return (
        f'<html lang="ar"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{body}</p>'
        "<p>ولم تعلن أي جهة أخرى تفاصيل إضافية عما جرى حتى مساء اليوم نفسه، بحسب مراسل الموقع في المكان.</p>"
        "</article></body></html>"
    ).encode()


PAGES = {
    "a.html": page("قصف يوقع ضحايا", f"قال ناشطون إن مقاتلي {PARTY} قصفوا {VILLAGE} يوم الاثنين وقتلوا ثلاثة مدنيين."),
    "b.html": page("قتلى في القصف", f"قُتل ثلاثة مدنيين في قصف بالمدفعية على {NEIGHBOUR} في ريف إدلب، بحسب الأهالي."),
    "c.html": page("غارة على الرقة", "قُتل خمسة مدنيين في غارة جوية على مدينة الرقة يوم الأحد، وفق ناشطين محليين."),
    "d.html": page("اعتقالات", "اعتقلت قوات الأمن أربعة شبان في حملة دهم، وفق شهود تحدثوا إلى مراسلنا مساء الأربعاء."),
}


@pytest.fixture
def archive(folder: ArchiveFolder) -> ArchiveFolder:
    keep(folder, PAGES)
    read_archive(folder, workers=1, authorities=Decided())
    return folder


def read_again(folder: ArchiveFolder, decided: Decided) -> set[str]:
    """Which items were read by this run."""
    seen: list[ReadOutcome] = []
    read_archive(folder, workers=1, authorities=decided, progress=seen.append)
    return {each.source.rpartition("/")[2] for each in seen}


def rows() -> list[Any]:
    """Everything that readings hold, stamps included."""
    readers = dict(Report.objects.values_list("pk", "reader"))
    return [(number, readers[number], found.reading) for number, found in read_reports([(1, 2**27)])]


def codes() -> set[str]:
    return set(EventPlace.objects.exclude(code="").values_list("code", flat=True))


def test_a_new_village_is_found_in_the_reports_that_name_it_and_no_other_report_is_read(archive: ArchiveFolder) -> None:
    assert read_again(archive, Decided([ADD_PLACE])) == {"a.html"}
    assert ADD_PLACE.code in codes()


def test_two_spellings_merged_into_one_village_meet(archive: ArchiveFolder) -> None:
    read_again(archive, Decided([ADD_PLACE, OTHER_PLACE]))
    assert {ADD_PLACE.code, OTHER_PLACE.code} <= codes()
    assert read_again(archive, Decided([ADD_PLACE, OTHER_PLACE, MERGED])) == {"b.html"}
    assert OTHER_PLACE.code not in codes()
    assert EventPlace.objects.filter(code=ADD_PLACE.code).values("event__report").distinct().count() == 2


def test_a_doer_bears_the_contract_code_and_the_entry(archive: ArchiveFolder) -> None:
    assert read_again(archive, Decided([ADD_ACTOR])) == {"a.html"}
    assert list(EventActor.objects.filter(entry=ADD_ACTOR.code).values_list("actor", flat=True)) == ["opposition"]


def test_what_is_taken_back_is_gone_from_readings(archive: ArchiveFolder) -> None:
    before = rows()
    read_again(archive, Decided([ADD_ACTOR, ADD_PLACE]))
    assert rows() != before
    now = Decided([ADD_ACTOR, ADD_PLACE])
    now.made += [about(ADD_ACTOR, Step.END), about(ADD_PLACE, Step.END)]
    read_again(archive, now)
    assert not EventActor.objects.exclude(entry="").exists()
    assert ADD_PLACE.code not in codes()


def test_a_neutral_name_changes_no_reading_and_reads_nothing_again(archive: ArchiveFolder) -> None:
    decided = Decided([ADD_ACTOR])
    read_again(archive, decided)
    renamed = about(replace(ADD_ACTOR, code="opposition"), Step.CORRECT, name_ar="فصائل سورية معارضة")
    decided.made.append(renamed)
    assert read_again(archive, decided) == set()
    assert {in_reader(reader) for reader in Report.objects.values_list("reader", flat=True)} == {decided.now()[0]}


def test_where_the_old_authority_cannot_be_told_everything_is_read_again(archive: ArchiveFolder) -> None:
    read_again(archive, Decided([ADD_PLACE]))
    everything = set(Capture.objects.filter(state="read").values_list("number", flat=True))
    assert len(read_again(archive, Decided([ADD_PLACE, AGAIN], lost=True))) == len(everything)


def test_a_run_that_was_ended_is_finished_by_the_next(archive: ArchiveFolder) -> None:
    def end(_outcome: ReadOutcome) -> None:
        raise KeyboardInterrupt

    decided = Decided([ADD_PLACE, OTHER_PLACE])
    with pytest.raises(KeyboardInterrupt):
        read_archive(archive, workers=1, authorities=decided, progress=end)
    read_again(archive, decided)
    after = rows()
    read_archive(archive, again=True, workers=1, authorities=decided)
    assert [row[1:] for row in rows()] == [row[1:] for row in after]


@pytest.mark.parametrize(
    "steps",
    [
        ((ADD_ACTOR,), (ADD_PLACE, OTHER_PLACE, AGAIN), (MERGED, NARROWER)),
        ((ADD_PLACE, NOT_HERE), (MOVED, ADD_ACTOR), (about(ADD_ACTOR, Step.END), about(ADD_PLACE, Step.END))),
    ],
)
def test_reading_what_changed_is_reading_everything_again(
    archive: ArchiveFolder, steps: tuple[tuple[Decision, ...], ...]
) -> None:
    """The law, over an archive; tests/reading/test_occurring.py holds it for any two authorities."""
    decided = Decided()
    for made in steps:
        decided.made += made
        read_again(archive, decided)
        partly = rows()
        read_archive(archive, again=True, workers=1, authorities=decided)
        assert [row[1:] for row in partly] == [row[1:] for row in rows()]
    assert Event.objects.exists()
    assert Statement.objects.exists()


@pytest.mark.parametrize("reader", ["tawthiq 1", "tawthiq 1 places sy@12 + model 3", "tawthiq 1 + correction 0123"])
def test_a_stamp_stands_before_what_adapters_and_corrections_add(reader: str) -> None:
    stamped = with_stamp(reader, "3@0123456789ab")
    assert in_reader(stamped) == "3@0123456789ab"
    assert with_stamp(with_stamp(stamped, "4@0123456789ab"), "") == reader
    assert stamped.partition(" + ")[2] == reader.partition(" + ")[2]
