"""Identities: sealing one, showing it once after a reason, who has seen it, destroying it, finding a file by name.

Nothing of an identity stands in an address, a title, a notice or a log; what is shown is shown in the answer to one POST, which
is logged before it is made.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawthiq.casework.domain import custody, identities
from tawthiq.casework.domain.field_key import field_keys
from tawthiq.casework.domain.identities import NotAllowed, Revealed
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.domain.persons import subject
from tawthiq.casework.domain.protected_reasons import reasons_of
from tawthiq.casework.models import Notice, Person, User
from tawthiq.casework.queries import persons as queries
from tawthiq.casework.queries.identities import named, revealable, reveals_of
from tawthiq.casework.queries.warnings import Care, warnings_of
from tawthiq.casework.rules import may_destroy_identities, may_reveal, may_see_people
from tawthiq.records.errors import StorageFailed, WrongUsage
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.persons.closed import protected_fields
from tawthiq.web.persons.forms import ListForm, ReasonForm
from tawthiq.web.persons.identity_form import IdentityForm, NameSearchForm, NamingForm
from tawthiq.web.persons.shown import care_of, shown_persons, title_of
from tawthiq.web.views.persons import CONFLICT, INVALID, acting, expect_allowed, file_of, shown_file

FOUND, UNAVAILABLE = 50, 503
_State = Person.IdentityState


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@protected_fields
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """Seal an identity. Where one is kept already, only those who may be shown it put another in its place."""
    person = file_of(request, number)
    replacing = person.identity_state == _State.KEPT
    if person.identity_state == _State.DESTROYED:
        raise Http404
    if replacing and not may_reveal(request.user, person):
        raise PermissionDenied
    if replacing and request.method != "POST":
        return redirect("person-reveal", number)
    form = IdentityForm(request.POST if request.method == "POST" else None)
    status, overtaken = (INVALID if request.method == "POST" else 200), False
    if request.method == "POST" and form.is_valid():
        try:
            identities.keep(settings.ARCHIVE_FOLDER, number, form.identity(), acting(request))
        except Overtaken:
            status, overtaken = CONFLICT, True
            person.refresh_from_db()
        else:
            return redirect("person", number)
    context = {"form": form, "person": person, "title": title_of(person), "overtaken": overtaken}
    return render(request, "persons/identity.html", context, status=status)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@protected_fields
def add_naming(request: HttpRequest, number: int) -> HttpResponse:
    """Mark the words of a report that name the person."""
    person = file_of(request, number)
    if person.identity_state == _State.DESTROYED:
        raise Http404
    form = NamingForm(request.POST)
    if form.is_valid():
        anchor = queries.passage(sight(request), form.cleaned_data["report"], form.cleaned_data["words"])
        if anchor is None:
            form.add_error("words", _("These words do not stand in that report."))
        else:
            try:
                identities.add_naming(settings.ARCHIVE_FOLDER, number, anchor, acting(request))
            except Overtaken:
                return shown_file(request, file_of(request, number), overtaken=True, status=CONFLICT)
            return redirect("person", number)
    return shown_file(request, person, naming_form=form, status=INVALID)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@protected_fields
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the reason; with one, show the identity in this one answer."""
    person = file_of(request, number)
    if person.identity_state != _State.KEPT:
        raise Http404
    if not may_reveal(request.user, person):
        raise PermissionDenied
    care = _care(request, person)
    form = ReasonForm(request.POST if request.method == "POST" else None, care=bool(care))
    context: dict[str, Any] = {"form": form, "person": person, "title": title_of(person), "care": care}
    if request.method != "POST" or not form.is_valid():
        status = INVALID if request.method == "POST" else 200
        return render(request, "persons/reveal.html", context, status=status)
    user = request.user
    assert isinstance(user, User)
    try:
        revealed = identities.shown(settings.ARCHIVE_FOLDER, number, user, form.cleaned_data["reason"])
    except NotAllowed as error:
        raise PermissionDenied from error
    except StorageFailed:
        return render(request, "persons/reveal.html", {**context, "unlogged": True}, status=UNAVAILABLE)
    concerned = {person.opened_by, *User.objects.filter(role=User.Role.OWNER).values_list("name", flat=True)}
    tell(concerned, Notice.Kind.REVEALED, subject(number), user.name)
    found = _revealed(revealed)
    request.items_shown = [report.pk for _anchor, report in found["namings"] if report]  # type: ignore[attr-defined]
    return render(request, "persons/revealed.html", {**context, **found})


@require_safe
def seen(request: HttpRequest, number: int) -> HttpResponse:
    """Who was shown the identity, when and why; for those who may be shown it themselves."""
    person = file_of(request, number)
    if not may_reveal(request.user, person):
        raise PermissionDenied
    context = page_of(request, reveals_of(person))
    rows = reasons_of(settings.ARCHIVE_FOLDER, context["page"])
    return render(request, "persons/seen.html", {**context, "rows": rows, "person": person, "title": title_of(person)})


@require_http_methods(["GET", "HEAD", "POST"])
@protected_fields
def destroy(request: HttpRequest, number: int) -> HttpResponse:
    """Destroy the identity, after a reason and a confirmation."""
    person = file_of(request, number)
    if person.identity_state != _State.KEPT:
        raise Http404
    if not may_destroy_identities(request.user):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None, care=True)
    form.fields["confirmed"].label = _("I understand that nobody can bring it back.")
    overtaken = False
    if request.method == "POST" and form.is_valid():
        try:
            identities.destroy(settings.ARCHIVE_FOLDER, number, form.cleaned_data["reason"], acting(request))
        except (Overtaken, WrongUsage):
            overtaken = True
            person.refresh_from_db()
        else:
            return redirect("person", number)
    context = {"form": form, "person": person, "title": title_of(person), "overtaken": overtaken}
    status = CONFLICT if overtaken else INVALID if request.method == "POST" else 200
    return render(request, "persons/destroy.html", context, status=status)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@protected_fields
def find(request: HttpRequest) -> HttpResponse:
    """The files in whose names the words that were sent stand; each search is logged without its words."""
    expect_allowed(request)
    user = request.user
    if not may_see_people(user) or not isinstance(user, User):
        raise PermissionDenied
    form = NameSearchForm(request.POST)
    rows: list[Person] = []
    if form.is_valid():
        seen_here = queries.persons(sight(request), queries.Wanted())
        keys = field_keys(settings.ARCHIVE_FOLDER)
        rows = list(named(revealable(seen_here, user), form.cleaned_data["name"], keys)[:FOUND])
        custody.record(
            settings.ARCHIVE_FOLDER, custody.PERSONS_SEARCHED, user.name, facts={"found": len(rows)}, later=True
        )
    context = {
        "rows": shown_persons(rows, sight(request)),
        "form": ListForm(request.GET),
        "name_form": form,
        "searched": True,
    }
    return render(request, "persons/list.html", context, status=200 if form.is_valid() else INVALID)


def _care(request: HttpRequest, person: Person) -> frozenset[Care]:
    roles = list(person.roles.filter(ended_at=None))
    return care_of(person, roles, warnings_of({role.incident for role in roles}, sight(request)))


@sensitive_variables()
def _revealed(revealed: Revealed) -> dict[str, Any]:
    """The identity in a form that can be sent again with changes, and the marked words with the ways to them."""
    values = {name: getattr(revealed.identity, name) for name in revealed.identity.__dataclass_fields__}
    reports = queries.reports_of(anchor.document for anchor in revealed.namings)
    namings = [(anchor, reports.get(anchor.document)) for anchor in revealed.namings]
    return {"identity_form": IdentityForm(initial=values), "identity": revealed.identity, "namings": namings}
