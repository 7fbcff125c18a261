"""The answer where protected fields cannot be opened: it says what is missing, what is lost and what is not, and no more."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tawthiq.casework.domain.field_key_cipher import FieldDiffers, FieldKeyLost
from tawthiq.records.errors import ArchiveMissing, KeyLocked

UNAVAILABLE = 503
View = Callable[..., HttpResponse]


def protected_fields(view: View) -> View:
    """A view that opens protected fields; what keeps them closed becomes a page of its own and no error of the server."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (FieldKeyLost, FieldDiffers, KeyLocked, ArchiveMissing) as error:
            # Nothing of the items was shown.
            request.items_shown = []  # type: ignore[attr-defined]
            context = {
                "locked": isinstance(error, KeyLocked),
                "changed": isinstance(error, FieldDiffers),
                "lost": isinstance(error, FieldKeyLost),
            }
            return render(request, "persons/closed.html", context, status=UNAVAILABLE)

    return guarded
