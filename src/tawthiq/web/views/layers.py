"""Layers of outlines for maps: the list, bringing one along, choosing it, going back; and the one shown, for the script."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tawthiq.casework.domain import map_layers as domain
from tawthiq.casework.models import MapLayerDecision
from tawthiq.casework.rules import may_change_map, may_work_at_desk
from tawthiq.records.errors import TawthiqError, UnreadableInput
from tawthiq.web.charts.legible import legible
from tawthiq.web.mapping.layer_file import LARGEST, read_layer
from tawthiq.web.mapping.layers import layer_bytes, layer_shown

MOST_SHOWN = 50


class LayerForm(forms.Form):
    """A layer that is brought along."""

    title = forms.CharField(label=_("Name of the layer"), max_length=120)
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=300,
        help_text=_("The publisher, the date and the licence of the outlines."),
    )
    file = forms.FileField(label=_("File"), help_text=_("GeoJSON or TopoJSON of areas, in WGS 84, up to 8 MB."))


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The layers of this archive, and the form by which an owner brings one along."""
    if not may_work_at_desk(request.user):
        raise Http404
    if request.method != "POST":
        return _page(request, LayerForm(), None, 200)
    folder = settings.ARCHIVE_FOLDER
    if not may_change_map(request.user) or folder is None:
        raise PermissionDenied
    form = LayerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, None, 400)
    sent, given = form.cleaned_data["file"], form.cleaned_data
    try:
        if sent.size > LARGEST:
            raise UnreadableInput(item="the layer", happened="it is larger than 8 MB", advice="simplify the outlines")
        layer = read_layer(sent.read())
        new = domain.NewLayer(layer.as_bytes(), legible(given["title"]), legible(given["source"]), len(layer.areas))
        domain.add_layer(folder, new, request.user.get_username())
    except TawthiqError as error:
        return _page(request, form, error, 400)
    return redirect("map-layers")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Show a layer on maps, or the bundled outlines again where none is named."""
    folder, user = settings.ARCHIVE_FOLDER, request.user
    if not may_change_map(user) or folder is None:
        raise PermissionDenied
    digest = request.POST.get("layer", "")
    try:
        if digest:
            domain.choose_layer(folder, digest, user.get_username(), alone="alone" in request.POST)
        else:
            domain.back_to_bundled(folder, user.get_username())
    except TawthiqError as error:
        return _page(request, LayerForm(), error, 400)
    return redirect("map-layers")


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The team's own layer that maps show now, as GeoJSON; not found while it is the bundled one."""
    layer, folder = layer_shown(), settings.ARCHIVE_FOLDER
    if not may_work_at_desk(request.user) or layer.row is None or layer.lost or folder is None:
        raise Http404
    try:
        data = layer_bytes(domain.layer_file(folder, layer.row.sha256))
    except (OSError, TawthiqError) as error:
        raise Http404 from error
    return HttpResponse(data, content_type="application/geo+json")


def _page(request: HttpRequest, form: LayerForm, error: TawthiqError | None, status: int) -> HttpResponse:
    added = MapLayerDecision.objects.filter(step=MapLayerDecision.Step.ADDED).order_by("-number")
    layers = list({row.sha256: row for row in reversed(added[:MOST_SHOWN])}.values())[::-1]
    context = {
        "form": form, "error": error, "layers": layers, "layer": layer_shown(), "may_change": may_change_map(request.user),
        "acts": MapLayerDecision.objects.order_by("-number")[:MOST_SHOWN],
    }  # fmt: skip
    return render(request, "layers/list.html", context, status=status)
