"""Deciding about links: the queue, two incidents side by side, what was decided, and what a form about tellings does.

A form names every telling that it showed; what is saved is about those and no others. What stands against it is shown with
who decided it and when, and is withdrawn only when the person says so.
"""

from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawthiq.archive.models import Incident, IncidentReport
from tawthiq.archive.queries.link_pairs import Comparing
from tawthiq.casework.domain import link_decisions as domain
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import LinkDecision
from tawthiq.casework.queries.link_decisions import all_in_force, constraints_for
from tawthiq.casework.queries.link_lessons import weights_in_use
from tawthiq.casework.queries.visibility import Sight
from tawthiq.casework.rules import may_decide_links
from tawthiq.records.errors import WrongUsage
from tawthiq.records.link_decision import LinkDecision as Decision
from tawthiq.records.link_decision import LinkVerdict
from tawthiq.web.link_deciding import proposals
from tawthiq.web.link_deciding.acts import act_numbers, acts, incident_of
from tawthiq.web.link_deciding.effect import take_effect
from tawthiq.web.link_deciding.forms import deciding, sent_again
from tawthiq.web.link_deciding.proposals import Proposal, pair_balance, proposal
from tawthiq.web.link_deciding.sight import decisions_seen, last_act_seen
from tawthiq.web.link_deciding.tellings import chosen as chosen_by
from tawthiq.web.link_deciding.tellings import tellings_of
from tawthiq.web.link_deciding.weights import weights as link_weights
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of

PER_PAGE = 20
MOST_POSTPONED = 500
MOST_TRIED = 5  # incidents of the queue that are looked at for an open pair
POSTPONED = "links_later"


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """One link that waits for a person; a POST puts it off until the others are done."""
    order = proposals.UNCERTAIN if request.GET.get("order") == proposals.UNCERTAIN else proposals.CONSEQUENTIAL
    postponed = list(request.session.get(POSTPONED, []))
    if request.method == "POST":
        postponed = [*(each for each in postponed if each != request.POST.get("later")), request.POST.get("later", "")]
        request.session[POSTPONED] = [each[:128] for each in postponed if each][-MOST_POSTPONED:]
        return redirect(f"{reverse('link-queue')}?{urlencode({'order': order})}")
    seen = sight(request)
    constraints = constraints_for()
    waiting = proposals.waiting(constraints, order, postponed, seen.incidents(Incident.objects.all()))
    shown = next((found for incident in waiting[:MOST_TRIED] if (found := proposal(incident, constraints))), None)
    context = {
        "proposal": shown,
        "total": waiting.count(),
        "put_off": shown is not None and shown.incident.identifier in postponed,
        "order": order,
        "unfit": len(decisions_seen(constraints.unfit, seen)),
        **_usual(request),
    }
    _note_shown(request, shown)
    return render(request, "incidents/queue.html", context)


@require_safe
def same(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Two incidents side by side, with what speaks for and against their being one."""
    incidents = sight(request).incidents(Incident.objects.all()).in_bulk([number, other])
    if len(incidents) != 2:
        raise Http404
    tellings = tellings_of([number, other])
    comparing = Comparing.of((telling.event.key for each in tellings.values() for telling in each), weights_in_use())
    pairs = [(one, two) for one in tellings[number] for two in tellings[other]]
    likest = max(pairs, key=lambda pair: _score(comparing, pair[0].event.key, pair[1].event.key), default=None)
    context = {
        "sides": [(incidents[each], tellings[each]) for each in (number, other)],
        "balance": pair_balance(*likest, comparing, None) if likest else None,
        "likest": likest,
        "one_dispatch": bool(likest and proposals.are_one_dispatch(*likest)),
        **_usual(request),
    }
    request.items_shown = sorted({telling.event.report_id for each in tellings.values() for telling in each})  # type: ignore[attr-defined]
    return render(request, "incidents/same.html", context)


@sensitive_post_parameters("reason")
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """What a form about tellings does: confirm, split, merge, or judge two of them."""
    by = deciding(request)
    try:
        rows = _decided(request, by)
    except domain.Contradicted as error:
        return _refused(request, error, decisions_seen(error.earlier, sight(request)), 409)
    except (Overtaken, WrongUsage) as error:
        return _refused(request, error, [], 409 if isinstance(error, Overtaken) else 422)
    effect = take_effect()
    told = urlencode({"decided": rows[0].act, "effect": effect.value})
    if request.POST.get("next") == "queue":
        order = request.POST.get("order", "")
        return redirect(f"{reverse('link-queue')}?{told}&{urlencode({'order': order})}")
    first = next((token for name in ("telling", "pair") for token in request.POST.getlist(name)), "")
    number = incident_of(int(first.partition(".")[0]))
    address = reverse("incident", args=[number]) if number is not None else reverse("link-decisions")
    return redirect(f"{address}?{told}#decide")


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Everything that people decided about links, the last first; `?show=unfit` what fits the readings no more."""
    unfit_only = request.GET.get("show") == "unfit"
    seen = sight(request)
    documents = _documents_of(request.GET.get("incident", ""), seen)
    unfit = {decision.identifier for decision in decisions_seen(constraints_for().unfit, seen)}
    rows = seen.link_decisions(LinkDecision.objects.all())
    context = page_of(request, act_numbers(rows, documents, only=unfit if unfit_only else None), PER_PAGE)
    listed = acts(list(context["page"]), unfit, seen)
    sides = (side for act in listed for line in act.lines for side in line.sides)
    request.items_shown = sorted({side.report for side in sides if side.report is not None})  # type: ignore[attr-defined]
    shown = {
        "acts": listed,
        "unfit_only": unfit_only,
        "unfit": len(unfit),
        "changed": len(_changed(seen)),
    }
    return render(request, "incidents/decisions.html", {**context, **shown, **_usual(request)})


@require_safe
def weights(request: HttpRequest) -> HttpResponse:
    """The weights of links: as shipped and as people's decisions taught them."""
    return render(request, "incidents/weights.html", {"weights": link_weights()})


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Withdraw decisions; the links follow."""
    by = deciding(request)
    if not by.withdrawing:
        return redirect("link-decisions")
    try:
        rows = domain.withdraw(settings.ARCHIVE_FOLDER, by.withdrawing, by)
    except (Overtaken, WrongUsage) as error:
        return _refused(request, error, [], 409)
    told = urlencode({"decided": rows[0].act, "effect": take_effect().value})
    return redirect(f"{reverse('link-decisions')}?{told}")


def _decided(request: HttpRequest, by: domain.Deciding) -> list[LinkDecision]:
    """The rows of what the form asks for. Raises as the actions of casework.domain.link_decisions do."""
    sent, folder, action = request.POST, settings.ARCHIVE_FOLDER, request.POST.get("action", "")
    chosen = partial(chosen_by, seen=sight(request))
    tellings = list(dict.fromkeys(sent.getlist("telling")))
    if action == "confirm":
        return domain.confirm(folder, chosen(tellings), by)
    if action == "split":
        out = [token for token in tellings if token in sent.getlist("out")]
        rest = [token for token in tellings if token not in out]
        return domain.split(folder, chosen(out), chosen(rest), by, out_is_one="one" in sent)
    if action == "merge":
        return domain.merge(folder, chosen(tellings), chosen(sent.getlist("other")), by)
    if action == "different":
        return domain.split(folder, chosen(tellings), chosen(sent.getlist("other")), by)
    pair = chosen(sent.getlist("pair"))
    if action not in list(LinkVerdict) or len(pair) != 2:
        raise PermissionDenied
    return domain.judge(folder, LinkVerdict(action), pair[0], pair[1], by)


def _refused(request: HttpRequest, error: Exception, earlier: list[Decision], status: int) -> HttpResponse:
    """Why nothing was saved, and what stands against it, to be withdrawn or left."""
    seen = sight(request)
    context = {
        "overtaken": isinstance(error, Overtaken),
        "error": error,
        "earlier": earlier,
        "fields": sent_again(request.POST),
        "act": acts([error.act], (), seen) if isinstance(error, Overtaken) and error.act else [],
    }
    return render(request, "incidents/refused.html", context, status=status)


def _changed(seen: Sight) -> list[LinkDecision]:
    """The rows, of those about items that the person may see, that other hands changed."""
    changed = all_in_force().changed
    hidden = seen.hides(document for row in changed for document in (row.first_document, row.second_document))
    return [row for row in changed if hidden.isdisjoint((row.first_document, row.second_document))]


def _documents_of(incident: str, seen: Sight) -> list[str] | None:
    """The captures whose reports tell of an incident; None when the address names none."""
    if not (incident.isascii() and incident.isdigit() and len(incident) < 19):
        return None
    told = seen.by_incident(IncidentReport.objects.filter(incident=int(incident)), "incident")
    return list(told.values_list("report__capture__identifier", flat=True))


def _usual(request: HttpRequest) -> dict[str, object]:
    """What every page with a form about links shows: what was seen, whether the person may decide, what was just done."""
    done = request.GET.get("effect", "")
    return {
        "seen": last_act_seen(sight(request)),
        "may_decide": may_decide_links(request.user),
        "effect": done if done in ("done", "later") else "",
    }


def _score(comparing: Comparing, one: int, other: int) -> float:
    weighed = comparing.pair(one, other)
    return weighed.score if weighed else 0.0


def _note_shown(request: HttpRequest, shown: Proposal | None) -> None:
    """Name the reports whose words the answer shows, for the log of views."""
    pair = (shown.first, shown.second) if shown else ()
    request.items_shown = sorted({telling.event.report_id for telling in pair})  # type: ignore[attr-defined]
