"""Who did what: the entries of the custody log that a person may see, and one of them whole."""

import json

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.log_acts import base_of, take_in_log
from tawthiq.archive.queries.log_acts import log_acts
from tawthiq.casework.queries.audit import seen_acts
from tawthiq.casework.rules import may_audit
from tawthiq.store import ArchiveFolder
from tawthiq.web.audit.forms import AuditForm
from tawthiq.web.audit.shown import lines_of
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of

MOST_FACTS = 100_000  # characters of an entry's facts that are shown


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The log's entries, the newest first, narrowed by the address."""
    _expect_auditor(request)
    form = AuditForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    fitting = log_acts(
        form.kinds(), given.get("who", ""), base_of(given.get("item", "")), given.get("first"), given.get("last")
    )
    context = page_of(request, seen_acts(sight(request), request.user.get_username(), fitting))
    lines = lines_of(list(context["page"]))
    return render(request, "audit/list.html", {**context, "form": form, "lines": lines})


@require_safe
def detail(request: HttpRequest, index: int) -> HttpResponse:
    """One entry with all that it commits to, as the log's files hold it."""
    _expect_auditor(request)
    acts = list(seen_acts(sight(request), request.user.get_username(), log_acts()).filter(index=index))
    if not acts or settings.ARCHIVE_FOLDER is None:
        raise Http404
    [line] = lines_of(acts)
    with ArchiveFolder.open(settings.ARCHIVE_FOLDER) as folder:
        entry = next(folder.entries(index), None)
    facts = _as_text(entry.event.facts) if entry and entry.event else ""
    return render(request, "audit/detail.html", {"line": line, "facts": facts})


def _expect_auditor(request: HttpRequest) -> None:
    """Raises PermissionDenied for roles that audit nothing; the entries are up to date afterwards."""
    if not may_audit(request.user):
        raise PermissionDenied
    if settings.ARCHIVE_FOLDER is not None:
        with ArchiveFolder.open(settings.ARCHIVE_FOLDER) as folder:
            take_in_log(folder)


def _as_text(facts: dict[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True)[:MOST_FACTS]
