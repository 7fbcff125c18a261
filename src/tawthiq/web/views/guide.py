"""Help: the first steps, where a person begins, and what the terms of pages mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tawthiq.casework.models import Preferences, User
from tawthiq.web import term_help
from tawthiq.web.first_steps import steps_for
from tawthiq.web.middleware import sight


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where a person begins: the published cases, the first steps, or the queue once they said so."""
    user = _user(request)
    if user.role == User.Role.PUBLIC:
        return redirect("public")
    done = Preferences.objects.filter(user=user, guide_done=True).exists()
    return redirect("queue" if done else "start")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The guided start; a POST says whether it is where the person wishes to begin."""
    user = _user(request)
    if request.method == "POST":
        done = request.POST.get("guide") == "done"
        Preferences.objects.update_or_create(user=user, defaults={"guide_done": done})
        return redirect("home")
    steps = steps_for(user, sight(request))
    context = {
        "steps": steps,
        "done": sum(step.done for step in steps),
        "guide_done": Preferences.objects.filter(user=user, guide_done=True).exists(),
    }
    return render(request, "help/start.html", context)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Every term with its sentence, in the reader's language."""
    return render(request, "help/terms.html", {"terms": term_help.terms()})


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the middleware lets only signed-in people in
    return request.user
