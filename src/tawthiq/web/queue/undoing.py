"""Offering to undo: an address that shows, with the page it leads to, a button by which the act before is undone.

return redirect(with_undo(reverse("notices"), offer(user, READ, {"numbers": marked})))
"""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def with_undo(address: str, number: int) -> str:
    """An address of ours whose page offers to undo the act of this number (casework.domain.queue_undo.offer)."""
    path, hash_sign, fragment = address.partition("#")
    path, _, query = path.partition("?")
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("undo="))
    asked = f"{kept}&" if kept else ""
    return f"{path}?{asked}{urlencode({'undo': number})}{hash_sign}{fragment}"


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that a form names as `back`; another one where it names none."""
    back = request.POST.get("back", "")
    good = back.startswith("/") and len(back) <= 4000 and back.isprintable()
    if good and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse(otherwise)
