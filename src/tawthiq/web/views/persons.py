"""Person files: the list, one file, opening and changing it, roles, who may see it. Identities are `views.identities`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawthiq.archive.models import Incident
from tawthiq.casework.domain import person_roles
from tawthiq.casework.domain import persons as domain
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.domain.persons import Acting
from tawthiq.casework.domain.protected_reasons import risk_reason
from tawthiq.casework.models import Group, Person
from tawthiq.casework.queries import persons as queries
from tawthiq.casework.queries.warnings import warnings_of
from tawthiq.casework.rules import may_destroy_identities, may_keep_persons, may_restrict, may_reveal
from tawthiq.records.errors import WrongUsage
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.persons.closed import protected_fields
from tawthiq.web.persons.facts import facts_of, initial_of
from tawthiq.web.persons.forms import FactsForm, GroupsForm, ListForm, RoleForm
from tawthiq.web.persons.identity_form import NameSearchForm, NamingForm
from tawthiq.web.persons.shown import (
    care_of,
    is_alleged,
    public_basis,
    shown_persons,
    shown_roles,
    shown_traits,
    title_of,
)

INVALID, CONFLICT = 422, 409


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The files that the person may see, under their pseudonyms, narrowed as the address says."""
    expect_allowed(request)
    form = ListForm(request.GET)
    context = page_of(request, queries.persons(sight(request), form.wanted()))
    rows = shown_persons(context["page"], sight(request))
    return render(request, "persons/list.html", {**context, "rows": rows, "form": form, "name_form": NameSearchForm()})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One file: roles, what is known and on what it rests, consent, risk, history; nothing of the identity."""
    return shown_file(request, file_of(request, number))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@protected_fields
def new(request: HttpRequest) -> HttpResponse:
    """A new file; with `?incident=` it gets a first role there."""
    expect_allowed(request)
    incident = _incident_asked(request)
    form = FactsForm(request.POST if request.method == "POST" else None)
    role = RoleForm(request.POST or None, prefix="first") if incident else None
    if request.method == "POST" and (role is None or role.is_valid()):
        alleged = bool(role and role.cleaned_data["role"].startswith("alleged-"))
        facts = facts_of(form, None, sight(request), request.user.get_username(), alleged=alleged)
        if facts is not None:
            acts = _first_role(role.cleaned_data["role"], incident, request) if role and incident else ()
            person = domain.open_file(settings.ARCHIVE_FOLDER, facts, (), request.user.get_username(), acts=acts)
            return redirect("person", person.number)
    if role is None and incident:
        role = RoleForm(prefix="first")
    if role and incident:
        role.fields["incident"].widget = role.fields["incident"].hidden_widget()
        role.fields["incident"].initial = incident.number
    status = INVALID if request.method == "POST" else 200
    context = {"form": form, "role": role, "incident": incident, "person": None}
    return render(request, "persons/edit.html", context, status=status)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@protected_fields
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """What is known of a person in the clear, said anew."""
    person = file_of(request, number)
    posted = request.method == "POST"
    form = FactsForm(request.POST if posted else None, initial=initial_of(person))
    status, overtaken = (INVALID if posted else 200), False
    if posted:
        roles = person.roles.filter(ended_at=None)
        facts = facts_of(form, person, sight(request), request.user.get_username(), alleged=is_alleged(roles))
        if facts is not None:
            try:
                domain.change(settings.ARCHIVE_FOLDER, number, facts, acting(request))
            except Overtaken:
                status, overtaken = CONFLICT, True
                person.refresh_from_db()
            else:
                return redirect("person", number)
    context = {
        "form": form,
        "person": person,
        "title": title_of(person),
        "bases": {trait.key: trait.basis for trait in shown_traits(person)},
        "overtaken": overtaken,
    }
    request.items_shown = items_shown(person)  # type: ignore[attr-defined]
    return render(request, "persons/edit.html", context, status=status)


@require_POST
@protected_fields
def add_role(request: HttpRequest, number: int) -> HttpResponse:
    """One more role in an incident that the person who asks may see."""
    person = file_of(request, number)
    form = RoleForm(request.POST)
    if form.is_valid():
        incident = queries.incident_seen(sight(request), form.cleaned_data["incident"])
        anchor = queries.earliest_telling(incident) if incident else None
        if incident is None or anchor is None:
            form.add_error("incident", _("There is no incident of this number."))
        else:
            try:
                role = form.cleaned_data["role"]
                person_roles.add_role(
                    settings.ARCHIVE_FOLDER, number, role, acting(request), incident=incident.number, anchor=anchor
                )
            except Overtaken:
                return shown_file(request, file_of(request, number), overtaken=True, status=CONFLICT)
            except WrongUsage:
                form.add_error("role", _("The file has this role already."))
            else:
                return redirect("person", number)
    return shown_file(request, person, role_form=form, status=INVALID)


@require_POST
def end_role(request: HttpRequest, number: int, role: int) -> HttpResponse:
    """Take a role back."""
    file_of(request, number)
    try:
        person_roles.end_role(settings.ARCHIVE_FOLDER, number, role, acting(request))
    except Overtaken:
        return shown_file(request, file_of(request, number), overtaken=True, status=CONFLICT)
    return redirect("person", number)


@require_POST
def set_groups(request: HttpRequest, number: int) -> HttpResponse:
    """Who may see the file: of the groups of the person who asks, those chosen; groups of others stay as they are."""
    person = file_of(request, number)
    if not may_restrict(request.user):
        raise PermissionDenied
    mine = Group.objects.filter(members=request.user.pk)
    form = GroupsForm(request.POST, mine)
    if not form.is_valid():
        return shown_file(request, person, groups_form=form, status=INVALID)
    chosen = list(form.cleaned_data["groups"])
    others = list(person.groups.exclude(pk__in=mine.values("pk")))
    if others and not chosen:
        form.add_error("groups", _("Keep one group of yours, or you would not see this file any more."))
        return shown_file(request, person, groups_form=form, status=INVALID)
    try:
        domain.set_groups(settings.ARCHIVE_FOLDER, number, [*chosen, *others], acting(request))
    except Overtaken:
        return shown_file(request, file_of(request, number), overtaken=True, status=CONFLICT)
    return redirect("person", number)


def shown_file(
    request: HttpRequest,
    person: Person,
    *,
    role_form: RoleForm | None = None,
    groups_form: GroupsForm | None = None,
    naming_form: NamingForm | None = None,
    overtaken: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page of one file, with the forms as they were sent."""
    looking = sight(request)
    roles = list(person.roles.all())
    in_force = [role for role in roles if role.ended_at is None]
    mine = Group.objects.filter(members=request.user.pk)
    groups = list(person.groups.all())
    context: dict[str, Any] = {
        "person": person,
        "title": title_of(person),
        "risk_reason": risk_reason(settings.ARCHIVE_FOLDER, person),
        "alleged": is_alleged(in_force),
        "roles": shown_roles(in_force, looking),
        "ended": [role for role in roles if role.ended_at is not None],
        "traits": shown_traits(person),
        "public_basis": public_basis(person),
        "care": care_of(person, in_force, warnings_of({role.incident for role in in_force}, looking)),
        "groups": groups,
        "history": queries.history(person),
        "role_form": role_form or RoleForm(),
        "groups_form": groups_form or GroupsForm(None, mine, initial={"groups": [group.pk for group in groups]}),
        "naming_form": naming_form or NamingForm(),
        "may_reveal": may_reveal(request.user, person),
        "may_destroy": may_destroy_identities(request.user),
        "may_restrict": may_restrict(request.user) and mine.exists(),
        "overtaken": overtaken,
    }
    request.items_shown = items_shown(person)  # type: ignore[attr-defined]
    return render(request, "persons/detail.html", context, status=status)


def items_shown(person: Person) -> list[int]:
    """The numbers of the items of which a file shows words, for the log of views (web.viewing)."""
    items = {str(basis["item"]) for basis in person.bases.values() if "item" in basis}
    return [report.pk for report in queries.reports_of(items).values()] if items else []


def file_of(request: HttpRequest, number: int) -> Person:
    """The file of a number. Raises Http404 for what is not there and for what is hidden alike, PermissionDenied for readers."""
    expect_allowed(request)
    found = queries.person(sight(request), number)
    if found is None:
        raise Http404
    return found


def expect_allowed(request: HttpRequest) -> None:
    """Raises PermissionDenied for who may not work with person files."""
    if not may_keep_persons(request.user):
        raise PermissionDenied


def acting(request: HttpRequest) -> Acting:
    """Who acts, and the revision that they say they saw; nonsense is none that there is."""
    seen = request.POST.get("seen", "")
    return Acting(
        request.user.get_username(), int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    )


def _first_role(role: str, incident: Incident, request: HttpRequest) -> list[Callable[[Person], object]]:
    """The first role of a new file, said in the same act; none where the incident is told of no more."""
    anchor = queries.earliest_telling(incident)
    if anchor is None:
        return []
    by = request.user.get_username()
    return [lambda person: person_roles.put_role(person, role, by, incident=incident.number, anchor=anchor)]


def _incident_asked(request: HttpRequest) -> Any:
    """The incident that the address or the form names, where it may be seen."""
    asked = request.POST.get("first-incident") or request.GET.get("incident", "")
    if not (asked.isdecimal() and len(asked) < 19):
        return None
    return queries.incident_seen(sight(request), int(asked))
