"""Incidents as they may come to writers: made up one by one, or any at all (hypothesis)."""

from datetime import UTC, date, datetime
from typing import Any, get_type_hints

from hypothesis import strategies as st

from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedClaim,
    DisclosedDecision,
    DisclosedGrade,
    DisclosedIncident,
    DisclosedPerson,
    DisclosedPlace,
    DisclosedReport,
    DisclosedSlot,
    DisclosedStatement,
    Profile,
)
from tawthiq.records.handing_out import AboutArchive

ABOUT = AboutArchive("أرشيف التجربة", "trial+0a1b2c3d+AAAA", Profile.COURT, date(2026, 3, 4))
HOSTILE = (
    "=1+1", "+963", "-4", "@SUM(A1)", "\t=1", "\r=1", "\n-", "'", "''=1", "'plain", "＝1", " =1", "\u200f=1", "\ufeff@x", '"',
    '"";', "a,b", "a\r\nb", "a\nb", "a\rb", "؛ ، \u202eabc\u202c", "قُتل ٣ أشخاص", "|", "\\", "[]", "null", "true", "\u2028", "",
)  # fmt: skip
BIG = 2**63 - 1
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8))
ANY_TEXT = st.one_of(TEXT, st.text(st.characters(exclude_categories=()), max_size=4))


def claim(**changes: Any) -> DisclosedClaim:
    """One claim of a toll, with what is to be otherwise."""
    plain: dict[str, Any] = {
        "key": "k1", "position": 0, "slot": "killed", "harm": "killed", "group": "all", "part_of": False, "minimum": 3,
        "maximum": 3, "first": None, "last": None, "precision": "", "code": "", "shown": "3", "speaker": "مصدر طبي",
        "speaker_actor": "", "hedged": False, "source": 1, "document": "d1", "event": 0, "start": 10, "end": 21,
        "text": "ثلاثة أشخاص", "told": date(2016, 5, 3),
    }  # fmt: skip
    return DisclosedClaim(**{**plain, **changes})


def slot(key: str, *claims: DisclosedClaim, **changes: Any) -> DisclosedSlot:
    """A slot with its claims."""
    name, _, group = key.partition("-")
    plain: dict[str, Any] = {"standing": "single", "chosen": "", "disputes": ()}
    return DisclosedSlot(key, name, group, **{**plain, **changes}, claims=claims)


def place(**changes: Any) -> DisclosedPlace:
    """A place with coordinates."""
    plain: dict[str, Any] = {
        "code": "SY.trial", "name": "بلدة التجربة", "name_en": "Trial Town", "kind": "town", "country": "SY", "latitude": 35.5,
        "longitude": 38.25, "disputed": False,
    }  # fmt: skip
    return DisclosedPlace(**{**plain, **changes})


def report(**changes: Any) -> DisclosedReport:
    """A report with its preserved page."""
    plain: dict[str, Any] = {
        "document": "d1", "source": 1, "outlet": "شبكة التجربة", "title": "عنوان", "address": "https://example.org/1",
        "agency": "", "language": "ar", "published": date(2016, 5, 3), "collected": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "collector": "c-1", "content_type": "text/html", "sha256": "ab" * 32, "log_index": 7,
    }  # fmt: skip
    return DisclosedReport(**{**plain, **changes})


def incident(number: int = 12, **changes: Any) -> DisclosedIncident:
    """An incident of which nothing is known but its number, with what is to be otherwise."""
    plain: dict[str, Any] = {
        "act": "airstrike", "first": date(2016, 5, 3), "last": date(2016, 5, 3), "state": "proposed", "status": "",
        "sensitive": False, "warnings": (), "score": 0.9, "decided_by": "machine", "places": (), "slots": (), "statements": (),
        "reports": (), "sources": 1, "violations": (), "attributions": (), "grades": (), "differing": (), "decisions": (),
        "persons": (),
    }  # fmt: skip
    return DisclosedIncident(number=number, **{**plain, **changes})


def incidents(text: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[list[DisclosedIncident]]:
    """Any incidents at all, with different numbers, in order."""
    return st.lists(_incident(text), max_size=3, unique_by=lambda each: each.number)


def _incident(text: st.SearchStrategy[str]) -> st.SearchStrategy[DisclosedIncident]:
    few = {"max_size": 2}
    code = st.one_of(text, st.sampled_from(("SY.a", "")))
    latitude, longitude = st.floats(-90, 90), st.floats(-180, 180)
    name = st.sampled_from(("when", "where", "who", "killed"))
    claims = st.lists(_record(DisclosedClaim, text, code=code, slot=name, position=st.integers(0, 2)), **few)
    slots = _record(DisclosedSlot, text, slot=name, claims=claims.map(tuple))
    places = _record(DisclosedPlace, text, code=code, latitude=st.none() | latitude, longitude=st.none() | longitude)
    parts = {
        "statements": DisclosedStatement,
        "reports": DisclosedReport,
        "attributions": DisclosedAttribution,
        "grades": DisclosedGrade,
        "decisions": DisclosedDecision,
        "persons": DisclosedPerson,
    }
    return _record(
        DisclosedIncident,
        text,
        slots=st.lists(slots, unique_by=lambda each: each.key, **few).map(tuple),
        places=st.lists(places, **few).map(tuple),
        **{name: st.lists(_record(kind, text), **few).map(tuple) for name, kind in parts.items()},
    )


def _record(kind: type[Any], text: st.SearchStrategy[str], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    whole = st.integers(-BIG, BIG)
    by_hint: dict[Any, st.SearchStrategy[Any]] = {
        str: text,
        int: whole,
        int | None: st.none() | whole,
        bool: st.booleans(),
        float: st.floats(allow_nan=False, allow_infinity=False),
        date | None: st.none() | st.dates(),
        datetime: st.datetimes(timezones=st.just(UTC)),
        datetime | None: st.none() | st.datetimes(timezones=st.just(UTC)),
        tuple[str, ...]: st.lists(text, max_size=2).map(tuple),
        tuple[int, ...]: st.lists(whole, max_size=2).map(tuple),
        tuple[tuple[int, int], ...]: st.lists(st.tuples(whole, whole), max_size=2).map(tuple),
    }
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: given[name] if name in given else by_hint[hint] for name, hint in hints.items()})
