"""Handing out: the form with a look at what leaves, and the file."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tawthiq.casework.rules import may_hand_out
from tawthiq.publication.leaks import LeakFound
from tawthiq.records.disclosure import Profile
from tawthiq.records.errors import ArchiveBusy, KeyLocked, TawthiqError
from tawthiq.web.handing.asking import LANGUAGES, TOO_MANY, HandingForm
from tawthiq.web.handing.kinds import MOST_INCIDENTS
from tawthiq.web.handing.making import Asked, Leaving, every, leaving, made
from tawthiq.web.middleware import sight
from tawthiq.web.views.accounts_own import own


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: HttpRequest) -> HttpResponseBase:
    """GET shows the form and, once it is filled in, what would leave; POST makes the file and sends it."""
    if not may_hand_out(request.user):
        raise PermissionDenied
    form = HandingForm(request.POST if request.method == "POST" else _looked(request), request.GET.get("incident", ""))
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=400 if request.method == "POST" else 200)
    asked = _asked(request, form)
    if len(asked.incidents) > asked.kind.most:
        form.add_error("incidents", TOO_MANY)
        return _page(request, form, status=400)
    try:
        if request.method == "POST":
            return _sent(asked)
        return _page(request, form, leaving(asked))
    except (TawthiqError, OSError) as error:
        return _page(request, form, refusal=_refusal(error), detail=_detail(error), status=409)


def _looked(request: HttpRequest):  # type: ignore[no-untyped-def]  # the query, or None where nothing was asked yet
    return request.GET if "kind" in request.GET else None


def _asked(request: HttpRequest, form: HandingForm) -> Asked:
    given = form.cleaned_data
    languages = LANGUAGES[given["language"]]
    user, folder = own(request), settings.ARCHIVE_FOLDER
    if folder is None:
        raise Http404
    profile, seen = Profile(given["profile"]), sight(request)
    return Asked(
        folder,
        given["incidents"] or every(seen, profile, form.chosen.most),
        form.chosen,
        profile,
        languages,
        seen,
        user.name,
    )


def _page(
    request: HttpRequest,
    form: HandingForm,
    found: Leaving | None = None,
    *,
    refusal: str = "",
    detail: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "leaving": found, "refusal": refusal, "detail": detail, "most": MOST_INCIDENTS}
    return render(request, "handing/form.html", context, status=status)


def _sent(asked: Asked) -> FileResponse:
    """The file as a download: no browser shows it, none keeps it."""
    done = made(asked)
    answer = FileResponse(done.stream, as_attachment=True, filename=done.name, content_type=done.content_type)
    answer.headers["Content-Length"] = str(done.length)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _refusal(error: Exception) -> str:
    if isinstance(error, LeakFound):
        return _("Nothing was handed out: the file would have named somebody who is protected from its reader.")
    if isinstance(error, ArchiveBusy):
        return _("The archive is busy. Try again in a moment.")
    if isinstance(error, KeyLocked):
        return _(
            "The archive’s keys are locked, so that nobody could tell whom a file names. Unlock them where it is served."
        )
    return _("Nothing was handed out.")


def _detail(error: Exception) -> str:
    """What the program says of it; of a leak nothing but that it is one."""
    return "" if isinstance(error, LeakFound | OSError) else str(error)
