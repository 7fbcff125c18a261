"""Whether everything that people were told was saved is there, in the database and in the custody log."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.team_work import Person
from tawthiq.store import ArchiveFolder

MADE_UP = "0" * 50  # how the digests of the reviews begin that the archive began with


def lost_writes(path: Path, people: list[Person]) -> list[str]:
    """What is missing, in words; empty where nothing is."""
    from tawthiq.archive.database import open_database  # noqa: PLC0415

    with ArchiveFolder.open(path) as folder:
        open_database(folder.database)
        found = [fault for person in people for fault in _of_person(person)]
        found += _not_logged(folder)
    done = subprocess.run(
        [sys.executable, "-m", "tawthiq", "--archive", str(path), "verify"], capture_output=True, text=True, check=False
    )
    print(f"tawthiq verify: {done.returncode}: {done.stdout.strip().splitlines()[-1:]}")
    return found + ([f"tawthiq verify: {done.stdout[-2000:]} {done.stderr[-500:]}"] if done.returncode else [])


def _of_person(person: Person) -> Iterator[str]:
    """What was acknowledged to one person and is not in the database."""
    from tawthiq.casework.models import (  # noqa: PLC0415  # noqa: PLC0415
        Case,
        LinkDecision,
        ReadingCorrection,
        ReportReview,
        SheetDraft,
        VerificationSheet,
    )

    name = person.name
    there = Counter(
        links=LinkDecision.objects.filter(by=name).values("act").distinct().count(),
        readings=ReadingCorrection.objects.filter(by=name).values("act").distinct().count(),
        reviews=ReportReview.objects.filter(by=name).exclude(sha256__startswith=MADE_UP).count(),
        sheets=VerificationSheet.objects.filter(by=name).count(),
    )
    for kind, count in there.items():
        if count < person.saved[kind]:
            yield f"{name}: {person.saved[kind]} {kind} acknowledged, {count} in the database"
    missing = person.opened - set(Case.objects.filter(incident__in=person.opened).values_list("incident", flat=True))
    yield from (f"{name}: the case of incident {number} is not there" for number in sorted(missing))
    drafts = SheetDraft.objects.filter(user__name=name, case__incident__in=person.drafts)
    kept = {draft.case.incident: draft.fields for draft in drafts.select_related("case")}
    for number, remarks in person.drafts.items():
        if remarks not in json.dumps(kept.get(number)):
            yield f"{name}: the last draft of case {number} is not there"


def _not_logged(folder: ArchiveFolder) -> Iterator[str]:
    """Decisions in the database whose digest no entry of the log holds."""
    from tawthiq.casework.models import LinkDecision, ReadingCorrection, ReportReview, VerificationSheet  # noqa: PLC0415

    folder.log_waiting()
    logged = "\n".join(
        f"{entry.event.kind} {entry.event.actor} {entry.event.subject} {json.dumps(entry.event.facts)}"
        for entry in folder.entries(0)
        if entry.event
    )
    kinds = Counter(line.partition(" ")[0] for line in logged.splitlines())
    print(f"entries of the log: {dict(kinds)}")
    for model in (LinkDecision, ReadingCorrection, VerificationSheet, ReportReview):
        rows = model.objects.exclude(sha256__startswith=MADE_UP)
        checked = 0
        for digest in rows.values_list("sha256", flat=True):
            checked += 1
            if digest not in logged:
                yield f"{model.__name__} {digest} is not in the log"
        print(f"{model.__name__}: {checked} digests looked for in the log")
