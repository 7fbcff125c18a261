"""What a picture, film, sound or PDF says of its own making: read anew each time a signed-in person asks, stored nowhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.captures import capture_of
from tawthiq.archive.models import Capture
from tawthiq.pipeline.media_process import facts_of_capture, may_have_facts
from tawthiq.records.errors import TawthiqError
from tawthiq.web.custody import open_archive
from tawthiq.web.middleware import sight


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """The facts of one item, those that may betray a source apart."""
    row = sight(request).captures(Capture.objects.filter(pk=number)).first()
    if row is None or not may_have_facts(row.content_type):
        raise Http404
    found, error = None, None
    try:
        with open_archive() as folder:
            found = facts_of_capture(folder, capture_of(row))
    except TawthiqError as failure:
        error = failure
    facts = found.facts if found else ()
    groups = [(protected, [fact for fact in facts if fact.protected is protected]) for protected in (False, True)]
    return render(request, "evidence/media.html", {"capture": row, "found": found, "groups": groups, "error": error})
