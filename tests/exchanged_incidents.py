"""Arbitrary incidents as they are handed out, hostile text among them, for the formats that must carry or count every value."""

from datetime import UTC, date, datetime

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

ABOUT = AboutArchive("أرشيف", "example.org/log+0a1b2c3d+AbCdEf", Profile.PARTNER, date(2026, 3, 4))
HOSTILE = (
    '=HYPERLINK("http://example.org")',
    "+1",
    "-2",
    "@SUM(A1)",
    "أ|ب",
    "سوق::خضار",
    "سطر\nآخر\r\nثالث",
    'قال "نعم"',
    "a,b;c\td",
    "\u202eخلف\u202c",
    "\u200fيمين",
    "<b>&amp;</b>",
    '{"a": 1}',
    "''",
    "…",
    "م" * 10_000,
    "x\x00y\x0bz",
    "~",
    "2024-01-02~2024-01-03",
    "_x000D_",
    " ",
    "https://example.org/a b",
    "'quoted'",
)
CODES = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
)
MAYBE = st.one_of(st.just(""), TEXTS)
DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
NUMBERS = st.one_of(st.none(), st.integers(0, 10**6))
ACTS = st.sampled_from(("airstrike", "shelling", "arrest", "other"))
LISTS = st.lists(CODES, max_size=3, unique=True).map(tuple)
SHA = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)


def _report(document: str) -> st.SearchStrategy[DisclosedReport]:
    moments = st.one_of(st.none(), st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
    addresses = st.one_of(st.just(""), st.just("https://news.example.org/a?b=1|2"), TEXTS)
    types = st.sampled_from(("", "text/html", "application/pdf"))
    return st.builds(
        DisclosedReport,
        st.just(document),
        st.integers(1, 9),
        MAYBE,
        MAYBE,
        addresses,
        MAYBE,
        st.sampled_from(("ar", "en", "ckb", "")),
        DAYS,
        moments,
        MAYBE,
        types,
        SHA,
        NUMBERS,
        st.booleans(),
    )


@st.composite
def _claims(draw: st.DrawFn, slot: str, group: str, documents: list[str]) -> tuple[DisclosedClaim, ...]:
    made = []
    for number in range(draw(st.integers(0, 2))):
        start, length = draw(st.integers(0, 500)), draw(st.integers(1, 90))
        harm = slot if group else ""
        made.append(
            DisclosedClaim(
                key=f"{slot}{group}{number}",
                position=number,
                slot=slot,
                harm=harm,
                group=group,
                part_of=draw(st.booleans()),
                minimum=draw(NUMBERS) if harm else None,
                maximum=draw(NUMBERS) if harm else None,
                first=draw(DAYS) if slot == "when" else None,
                last=draw(DAYS) if slot == "when" else None,
                precision=draw(MAYBE),
                code=draw(st.one_of(MAYBE, st.just("russia"))),
                shown=draw(MAYBE),
                speaker=draw(MAYBE),
                speaker_actor=draw(st.sampled_from(("", "syria_gov", "other"))),
                hedged=draw(st.booleans()),
                source=draw(st.integers(1, 5)),
                document=draw(st.sampled_from(documents)),
                event=draw(st.integers(0, 5)),
                start=start,
                end=start + length,
                text=draw(MAYBE),
                told=draw(DAYS),
                redacted=draw(st.booleans()),
            )
        )
    return tuple(made)


@st.composite
def incidents(draw: st.DrawFn, number: int = 12) -> DisclosedIncident:
    """One incident under a number. Reports, claims and slots differ from each other by what names them, as ours do."""
    documents = [f"20260101T00000{place}Z-{number}" for place in range(draw(st.integers(1, 3)))]
    keys = draw(st.lists(st.sampled_from((("when", ""), ("who", ""), ("where", ""), ("killed", "all"))), unique=True))
    slots = tuple(
        DisclosedSlot(
            f"{slot}-{group}" if group else slot,
            slot,
            group,
            draw(CODES),
            draw(MAYBE),
            draw(st.sampled_from(((), ((0, 1),), ((0, 1), (1, 2))))),
            draw(_claims(slot, group, documents)),
        )
        for slot, group in keys
    )
    statements = tuple(
        DisclosedStatement(
            f"s{place}",
            draw(st.sampled_from(("denies", "says"))),
            draw(st.sampled_from(documents)),
            draw(MAYBE),
            draw(CODES),
            draw(MAYBE),
            place,
            place + 4,
            draw(MAYBE),
            draw(DAYS),
            draw(st.booleans()),
        )
        for place in range(draw(st.integers(0, 2)))
    )
    places = tuple(
        DisclosedPlace(
            f"g{place}",
            draw(MAYBE),
            draw(MAYBE),
            draw(CODES),
            draw(st.sampled_from(("SY", "IQ", ""))),
            draw(st.one_of(st.none(), st.floats(-90, 90))),
            draw(st.one_of(st.none(), st.floats(-180, 180))),
            draw(st.booleans()),
        )
        for place in range(draw(st.integers(0, 2)))
    )
    parties = draw(st.lists(st.sampled_from(("russia", "sdf", "other")), unique=True, max_size=2))
    return DisclosedIncident(
        number=number,
        act=draw(ACTS),
        first=draw(DAYS),
        last=draw(DAYS),
        state=draw(CODES),
        status=draw(MAYBE),
        sensitive=draw(st.booleans()),
        warnings=draw(LISTS),
        score=draw(st.floats(0, 1)),
        decided_by=draw(CODES),
        places=places,
        slots=slots,
        statements=statements,
        reports=tuple(draw(_report(document)) for document in documents),
        sources=draw(st.integers(0, 9)),
        violations=draw(st.sampled_from(((), ("KIL",), ("IND", "ARR")))),
        attributions=tuple(DisclosedAttribution(party, draw(CODES), draw(MAYBE)) for party in parties),
        grades=tuple(draw(st.lists(st.builds(DisclosedGrade, st.integers(1, 9), CODES, CODES, MAYBE), max_size=1))),
        differing=draw(LISTS),
        decisions=tuple(
            draw(
                st.lists(
                    st.builds(DisclosedDecision, CODES, CODES, st.just(datetime(2026, 1, 2, tzinfo=UTC)), SHA),
                    max_size=1,
                )
            )
        ),
        persons=tuple(
            draw(
                st.lists(
                    st.builds(DisclosedPerson, MAYBE, st.sampled_from(("victim", "witness")), CODES, CODES, CODES),
                    max_size=2,
                )
            )
        ),
        verified=draw(DAYS),
        published=draw(DAYS),
        redactions=draw(st.integers(0, 3)),
    )
