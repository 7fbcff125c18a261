"""Authority files: the list of people's own actors and places, one entry with its history, and the forms of decisions.

Whoever is signed in may look; who may decide is for casework.rules. A form carries the revision that the person saw: who
decided in between is named, and nothing that was typed is lost. What the checks remark is shown before it is kept.
"""

import hashlib
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tawthiq.archive.models import EventActor, EventPlace
from tawthiq.casework.domain.authority import Deciding, decide, weigh
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import AuthorityDecision
from tawthiq.casework.queries.authority import authority_of, history, last_revision
from tawthiq.casework.rules import may_decide_authority
from tawthiq.lexicon.authority import contract_codes
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.records.authority import Authority, Decision, Entry, EntryKind, Step, Told
from tawthiq.records.errors import EvidenceDiffers, TawthiqError
from tawthiq.web.authority.filters import AuthorityForm
from tawthiq.web.authority.forms import FIELDS, Asked, DecisionForm, UnclearPlace, decisions
from tawthiq.web.authority.sentences import said
from tawthiq.web.authority.shown import (
    FORCE,
    ShownEntry,
    coordinates,
    names_of,
    plain_gazetteer,
    shown_decisions,
    shown_entry,
)
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of

_FILLED = ("name_ar", "name_en", "alias", "source")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The entries, narrowed by the address; the words that are no place stand below."""
    try:
        authority = authority_of()
    except EvidenceDiffers as error:
        return render(request, "authority/damaged.html", {"error": error}, status=500)
    form = AuthorityForm(request.GET)
    plain = plain_gazetteer()
    entries = [shown_entry(authority, entry, plain) for entry in authority.entries.values()]
    wanted = [entry for entry in entries if form.lets_through(entry)]
    context = page_of(request, sorted(wanted, key=lambda entry: -entry.revision))
    shown = [replace(entry, reports=count) for entry, count in _counted(request, list(context["page"]))]
    never = [] if form.kind() == EntryKind.ACTOR else list(authority.never)
    return render(
        request,
        "authority/list.html",
        {
            **context, "form": form, "entries": shown, "never": never, "any": bool(authority.decisions),
            "may_decide": may_decide_authority(request.user), "saved": request.GET.get("saved") == "1",
        },
    )  # fmt: skip


def _counted(request: HttpRequest, entries: list[ShownEntry]) -> list[tuple[ShownEntry, int | None]]:
    """Entries with the number of reports, of those seen, in which they are read; a party of the contract is not counted."""
    codes = [entry.code for entry in entries if entry.own or entry.kind is EntryKind.PLACE]
    found: dict[str, int] = {}
    for model, field in ((EventActor, "entry"), (EventPlace, "code")):
        rows = sight(request).by_number(model.objects.filter(**{f"{field}__in": codes}), "event__report")
        rows = rows.order_by().values_list(field)
        found.update(rows.annotate(count=Count("event__report", distinct=True)))
    return [(entry, found.get(entry.code, 0) if entry.code in codes else None) for entry in entries]


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One entry: what it is now, and every decision about it, the last one first."""
    try:
        authority = authority_of()
    except EvidenceDiffers as error:
        return render(request, "authority/damaged.html", {"error": error}, status=500)
    rows = list(history(code))
    entry = authority.entries.get(code)
    if not rows and entry is None:
        raise Http404
    may = may_decide_authority(request.user)
    plain = plain_gazetteer()
    shown = shown_entry(authority, entry, plain) if entry else None
    if shown:
        shown = replace(shown, reports=_counted(request, [shown])[0][1])
    context = {
        "code": code,
        "entry": shown,
        "facts": _facts(entry) if entry else (),
        "rows": shown_decisions(rows, authority, may_decide=may),
        "may_decide": may,
        "steps": _steps(shown) if shown and may else (),
        "saved": request.GET.get("saved") == "1",
    }
    return render(request, "authority/detail.html", context)


def _facts(entry: Entry) -> dict[str, Any]:
    known = entry.latitude is not None and entry.longitude is not None
    at = coordinates(entry.latitude or 0.0, entry.longitude or 0.0) if known else ""
    return {"coordinates": at, "first": entry.first, "last": entry.last}


def _steps(entry: ShownEntry) -> tuple[Step, ...]:
    """What can be decided about an entry as it stands."""
    if entry.state != FORCE:
        return ()
    if entry.kind is EntryKind.ACTOR and not entry.own:
        return (Step.ALIAS, Step.CORRECT)
    return (Step.ALIAS, Step.CORRECT, Step.MERGE, Step.END)


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, step: str) -> HttpResponse:
    """The form of one step; saves what it says as a decision. The address tells kind, code and words to begin with."""
    if not may_decide_authority(request.user):
        raise PermissionDenied
    try:
        authority = authority_of()
    except EvidenceDiffers as error:
        return render(request, "authority/damaged.html", {"error": error}, status=500)
    asked = _asked(request, step, authority)
    if request.method != "POST":
        return _form(request, asked, authority, DecisionForm(asked, authority, None, _filled(request)))
    form = DecisionForm(asked, authority, request.POST, {})
    if not form.is_valid():
        return _form(request, asked, authority, form, status=422)
    return _decided(request, asked, authority, form)


def _decided(request: HttpRequest, asked: Asked, authority: Authority, form: DecisionForm) -> HttpResponse:
    """Keep what the form says, or show why not, or what should be known first."""
    plain = plain_gazetteer()
    deciding = Deciding(request.user.get_username(), _number(request.POST.get("seen", "")), plain)
    try:
        known = with_overlay(plain, overlay(authority))
        made = decisions(asked, form.given(), {each.code for each in authority.decisions}, known)
        remarks = [remark for each in weigh(made, deciding).remarks for remark in each]
        if remarks and request.POST.get("noticed") != _digest(remarks):
            return _form(request, asked, authority, form, remarks=remarks, status=422)
        rows = decide(settings.ARCHIVE_FOLDER, made, deciding)
    except UnclearPlace as unclear:
        return _form(request, asked, authority, form, unclear=unclear, status=422)
    except Overtaken as error:
        return _form(request, asked, authority, form, fault=error, overtaken=True, status=409)
    except TawthiqError as error:
        return _form(request, asked, authority, form, fault=error, status=422)
    return redirect(_saved_at(asked, rows))


def _saved_at(asked: Asked, rows: list[AuthorityDecision]) -> str:
    if asked.step is Step.NOT_PLACE:
        return reverse("authority") + "?saved=1#words"
    return reverse("authority-entry", args=[rows[0].entry]) + "?saved=1"


def _asked(request: HttpRequest, step: str, authority: Authority) -> Asked:
    """What the form is about. Raises Http404 for a step or an entry that is none."""
    given = request.POST if request.method == "POST" else request.GET
    code, target = given.get("code", "").strip()[:64], given.get("target_decision", "").strip()[:64]
    try:
        chosen = Step(step)
        kind = EntryKind(given.get("kind", "") or EntryKind.PLACE.value)
    except ValueError as error:
        raise Http404 from error
    entry = authority.entries.get(code)
    if entry is not None:
        kind = entry.kind
    if chosen is Step.WITHDRAW:
        meant = [each for each, name in zip(authority.decisions, authority.identifiers, strict=True) if name == target]
        if not meant:
            raise Http404
        return Asked(chosen, meant[0].kind, "", target)
    known = entry is not None or plain_gazetteer().of_code(code) is not None or code in contract_codes()
    if (chosen, kind) not in FIELDS or (chosen not in (Step.ADD, Step.NOT_PLACE) and not known):
        raise Http404
    return Asked(chosen, kind, "" if chosen is Step.ADD else code)


def _filled(request: HttpRequest) -> dict[str, str]:
    """What a link has filled in: the words of a reading, and where they stand."""
    return {name: request.GET[name][:400] for name in _FILLED if request.GET.get(name)}


def _form(
    request: HttpRequest,
    asked: Asked,
    authority: Authority,
    form: DecisionForm,
    *,
    fault: TawthiqError | None = None,
    unclear: UnclearPlace | None = None,
    remarks: list[Told] | None = None,
    overtaken: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form, with what is in its way."""
    entry = authority.entries.get(asked.code)
    seen = request.POST.get("seen", "") if request.method == "POST" and not overtaken else str(last_revision())
    plain = plain_gazetteer()
    about = entry or (Entry(asked.code, asked.kind) if asked.code else None)
    context = {
        "asked": asked,
        "form": form,
        "about": shown_entry(authority, about, plain) if about else None,
        "now": names_of(about, plain) if about and asked.step is Step.CORRECT else (),
        "withdrawn": _withdrawn(asked, authority),
        "fault": [said(sentence) for sentence in getattr(fault, "told", ())],
        "error": fault,
        "unclear": unclear,
        "remarks": [said(remark) for remark in remarks or ()],
        "noticed": _digest(remarks) if remarks else "",
        "overtaken": overtaken,
        "seen": seen,
    }
    return render(request, "authority/decide.html", context, status=status)


def _withdrawn(asked: Asked, authority: Authority) -> Decision | None:
    if asked.step is not Step.WITHDRAW:
        return None
    return authority.decisions[authority.identifiers.index(asked.target)]


def _digest(remarks: list[Told]) -> str:
    return hashlib.sha256("\n".join(map(str, remarks)).encode()).hexdigest()[:16]


def _number(text: str) -> int:
    """The revision seen, as the form tells it; 0 for anything else than a number of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
