"""What the page of a case holds for the person who asks: their part in it, what they may know, what they may do."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from tawthiq.archive.models import Incident, Report
from tawthiq.casework.case_content import CaseContent, content_from_json
from tawthiq.casework.domain.cases import rounds_of
from tawthiq.casework.domain.verification import draft_of, note_shown
from tawthiq.casework.models import Case, CaseViolation, Publication, Qualification, VerificationSheet
from tawthiq.casework.queries.case_contents import content_of
from tawthiq.casework.queries.case_warnings import case_warnings
from tawthiq.casework.queries.verification_secrecy import Round, sheets_known_to
from tawthiq.casework.rules import may_publish, may_qualify, may_verify
from tawthiq.lexicon.verification_terms import violation_types
from tawthiq.web.cases.comparing import Comparison, Difference, comparison, what_changed
from tawthiq.web.cases.form import Fields, fields_from
from tawthiq.web.cases.history import Act, history_of
from tawthiq.web.cases.sheet import SheetShown, sheet_shown
from tawthiq.web.cases.terms import WARNINGS, MappingShown, mappings_shown
from tawthiq.web.incident_sources import source_named
from tawthiq.web.link_deciding.tellings import Telling, tellings_of
from tawthiq.web.middleware import sight


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's last opinion in law."""

    row: Qualification
    codes: list[MappingShown]
    words: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """All of it. `part` is "verify", "given", "barred", "settled", "reader" or "gone".

    `given` is how many have finished about what the incident holds now; `mine` this person's sheet; `seen` the number
    of the last act about publication, 0 for none.
    """

    case: Case
    incident: Incident | None
    content: CaseContent | None
    part: str
    given: int
    mine: VerificationSheet | None
    may_look: bool
    sheet: SheetShown | None
    kept: datetime | None
    stale_draft: bool
    tellings: list[Telling]
    shown: Comparison | None
    earlier: list[Comparison]
    differences: list[Difference]
    reports: dict[str, Report]
    warnings: list[str]
    opinions: list[Opinion]
    mappings: list[MappingShown]
    publication: Publication | None
    seen: int
    may_publish: bool
    may_qualify: bool
    history: list[Act]


def case_page(request: HttpRequest, case: Case, typed: Fields | None = None) -> CasePage:
    """The page of a case; `typed` is what a form held that was not taken."""
    name = request.user.get_username()
    content = content_of(case.incident)
    rounds = rounds_of(case)
    now = next((each for each in rounds if content and each.about.digest == content.digest), None)
    settled = [each for each in rounds if each is not now and each.is_settled]
    kept_of = [content_from_json(each.about.content) for each in rounds]
    reports = _reports([content, *kept_of])
    names = _source_names([content, *kept_of], reports)
    part = _part(request, content, now, name)
    draft = draft_of(case, name) if part == "verify" else None
    fields = typed if typed is not None else draft.fields if draft else _before(now, content, name)
    knows = now is not None and now.may_know(name) and bool(sheets_known_to(now, name))
    if now is not None and knows:
        note_shown(now, name)
    for each in settled:
        note_shown(each, name)
    last = case.publications.last()
    violations = list(CaseViolation.objects.filter(case=case).values_list("code", flat=True))
    before = kept_of[rounds.index(settled[-1])] if settled and case.changed else None
    return CasePage(
        case=case,
        incident=Incident.objects.filter(pk=case.incident).first(),
        content=content,
        part=part,
        given=len(now.in_force) if now else 0,
        mine=_mine(rounds, name),
        may_look=may_verify(request.user) and part == "verify" and now is not None and bool(now.in_force),
        sheet=sheet_shown(content, fields, reports) if content and part == "verify" else None,
        kept=draft.at if draft else None,
        stale_draft=bool(draft and content and draft.digest != content.digest),
        tellings=tellings_of([case.incident], parts=False)[case.incident],
        shown=comparison(now, names) if now is not None and knows else None,
        earlier=[comparison(each, names) for each in reversed(settled)],
        differences=what_changed(before, content) if before else [],
        reports=reports,
        warnings=[str(WARNINGS[each]) for each in case_warnings(case.incident, violations, sight(request))],
        opinions=_opinions(case),
        mappings=mappings_shown(violations, ()),
        publication=last,
        seen=last.pk if last else 0,
        may_publish=may_publish(request.user),
        may_qualify=may_qualify(request.user),
        history=history_of(case, rounds, name),
    )


def _part(request: HttpRequest, content: CaseContent | None, now: Round | None, name: str) -> str:
    if content is None:
        return "gone"
    if now is not None and any(given.row.by == name for given in now.in_force) and not now.is_settled:
        return "given"
    if now is not None and now.is_settled:
        return "settled"
    if not may_verify(request.user):
        return "reader"
    return "barred" if now is not None and now.bars(name) else "verify"


def _mine(rounds: list[Round], name: str) -> VerificationSheet | None:
    """This person's last sheet that counts, about whatever the incident held then."""
    mine = [given.row for found in rounds for given in found.in_force if given.row.by == name]
    return mine[-1] if mine else None


def _before(now: Round | None, content: CaseContent | None, name: str) -> Fields:
    """What a person's own withdrawn sheet said about the same content: they begin with it."""
    mine = [given for given in now.sheets if given.row.by == name and given.unchanged] if now else []
    return fields_from(mine[-1].sheet, content) if mine and content else {}


def _reports(contents: list[CaseContent | None]) -> dict[str, Report]:
    documents = {document for content in contents if content for document in content.documents}
    rows = Report.objects.filter(capture__identifier__in=documents).select_related("capture")
    return {row.capture.identifier: row for row in rows}


def _source_names(contents: list[CaseContent | None], reports: dict[str, Report]) -> dict[str, str]:
    sources = (source for content in contents if content for source in content.sources)
    told = ((source.key, reports[source.documents[0]]) for source in sources if source.documents[0] in reports)
    return {key: source_named(key, report).name for key, report in told}


def _opinions(case: Case) -> list[Opinion]:
    last: dict[str, Qualification] = {}
    for row in case.qualifications.all():
        last[row.by] = row
    return [
        Opinion(
            row,
            [each for each in mappings_shown(list(violation_types()), row.content["codes"]) if each.chosen],
            row.content["words"],
        )
        for row in last.values()
    ]
