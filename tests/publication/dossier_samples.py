"""An incident for dossiers with everything that one can hold: three reports, a dispute, a denial, a picture. Nobody real."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from disclosed_incidents import ABOUT, claim, incident, place, report, slot
from tawthiq.publication.dossier.part import Dossier
from tawthiq.publication.dossier.writing import made_dossier
from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedDecision,
    DisclosedGrade,
    DisclosedIncident,
    DisclosedPerson,
    DisclosedStatement,
    Profile,
)
from tawthiq.records.dossier import Attached, ChainEntry, DossierEvidence, ReportEvidence

DAY, MOMENT = date(2021, 5, 4), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
OUTLETS = ("وكالة الضفة", "موقع الساحل", "Harbour Post")
WORDS = ("قُتل ثلاثة أشخاص بينهم طفلان", "ثلاثة أشخاص", "seven people were killed")
DIGESTS = tuple(f"{number}" * 64 for number in (1, 2, 3))
PROOF = Attached("entry-00000007.tlog-proof", "text/plain", b"c2sp.org/tlog-proof@v1\n", "proof")
KEY = Attached("archive.pub", "text/plain", b"trial+0a1b2c3d+AAAA\n", "public-key")
HEAD = Attached("checkpoint-00000009", "text/plain", b"trial\n9\nAAAA\n", "checkpoint")


def told_incident(**changes: Any) -> DisclosedIncident:
    """The incident: two reports that are one source say three, another says seven; a party is named and denies."""
    reports = tuple(
        report(
            document=f"item-{at}", source=1 + at // 2, outlet=outlet, title=f"عنوان {at}", sha256=DIGESTS[at],
            published=DAY, collected=MOMENT, log_index=7 + at,
        )
        for at, outlet in enumerate(OUTLETS)
    )  # fmt: skip
    counts = [
        claim(
            key=f"k{at}", document=f"item-{at}", source=1 + at // 2, minimum=number, maximum=number, position=at // 2,
            text=WORDS[at], start=10, end=10 + len(WORDS[at]), speaker="", told=DAY,
        )
        for at, number in enumerate((3, 3, 7))
    ]  # fmt: skip
    plain = {"harm": "", "minimum": None, "maximum": None, "told": DAY, "speaker": ""}
    when = claim(slot="when", first=DAY, last=DAY, precision="day", text="فجر الثلاثاء", document="item-0", **plain)
    who = claim(slot="who", code="russia", text="الطيران الروسي", hedged=True, document="item-1", **plain)
    made = incident(
        12,
        state="verified", status="holds", first=DAY, last=DAY, places=(place(),), reports=reports, sources=2,
        slots=(
            slot("when", when, standing="agreed", chosen="2021-05-04..2021-05-04"),
            slot("who", who, chosen="russia"),
            slot("killed-all", *counts, standing="disputed", chosen="open", disputes=((0, 1),)),
        ),
        statements=(
            DisclosedStatement("s1", "denies", "item-2", "وزارة الدفاع", "russia", "russia", 40, 55, "ضلوعها في القصف", DAY),
        ),
        violations=("KIL",), attributions=(DisclosedAttribution("russia", "denied", "armed_forces"),),
        grades=(DisclosedGrade(1, "likely", "probable", "tern"), DisclosedGrade(2, "unsure", "possible", "gull")),
        differing=("value:killed-all",),
        decisions=(DisclosedDecision("sheet-given", "tern", MOMENT, "cd" * 32),),
        persons=(DisclosedPerson("وردة", "victim", "female", "adult", "civilian"),),
        verified=date(2026, 1, 2), redactions=2,
    )  # fmt: skip
    return replace(made, **changes)


def screenshot(height: int = 1500, width: int = 1000) -> bytes:
    """A picture like that of a page: lines that differ."""
    drawn = Image.new("RGB", (width, height), "white")
    lines = ImageDraw.Draw(drawn)
    for top in range(40, height - 40, 30):
        lines.rectangle((40, top, 200 + top * 37 % (width - 250), top + 12), fill=(40, 60, 90))
    data = BytesIO()
    drawn.save(data, "PNG")
    return data.getvalue()


def evidence_for(about: DisclosedIncident) -> DossierEvidence:
    """A picture of the first report, none of the others; a chain and a proof of each."""
    reports = tuple(
        ReportEvidence(
            each.document,
            None if at else screenshot(),
            "" if not at else "not-collected",
            (("collected-as", "url"), ("status", "200"), ("clock", "synchronized"), ("strange-fact", "value")),
            (ChainEntry(7 + at, "captured", MOMENT, "c-1"), ChainEntry(20 + at, "unknown-kind", MOMENT, "c-2")),
            (PROOF.name,),
        )
        for at, each in enumerate(about.reports)
    )
    return DossierEvidence(reports, (PROOF, KEY, HEAD), "trial\n9\nAAAA\n\n— trial BBBB\n")


def dossier_of(
    about: DisclosedIncident | None = None, profile: Profile = Profile.COURT, languages: tuple[str, ...] = ("ar", "en")
) -> Dossier:
    """A dossier of an incident with all its evidence; for everybody there is none."""
    told = about or told_incident()
    evidence = evidence_for(told) if profile is not Profile.PUBLIC else DossierEvidence((), (), "")
    return made_dossier(told, evidence, replace(ABOUT, profile=profile), languages)


def public_incident() -> DisclosedIncident:
    """The incident as it is published: values, outlets and days."""
    told = told_incident()
    numbers = {each.document: at for at, each in enumerate(told.reports, start=1)}
    bare = {"document": "", "text": "", "speaker": "", "speaker_actor": "", "start": 0, "end": 0}
    slots = tuple(
        replace(
            each,
            standing="several" if len({said.position for said in each.claims}) > 1 else "one",
            disputes=(),
            claims=tuple(replace(said, source=numbers[said.document], **bare) for said in each.claims),  # type: ignore[arg-type]
        )
        for each in told.slots
    )
    reports = tuple(
        replace(
            each, document="", source=at, title="", address="", sha256="", log_index=None, collected=None, collector=""
        )
        for at, each in enumerate(told.reports, start=1)
    )
    return replace(told, slots=slots, reports=reports, statements=(), persons=(), grades=(), decisions=(), redactions=0)
