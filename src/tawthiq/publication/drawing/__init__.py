"""Maps, timelines and figures as SVG: drawn from records (records.drawing), the same bytes each time, legible without colour.

`language` is "ar" or "en", `width` in units (CSS pixels), `name` tells the identifiers of one drawing from those of others on
a page. Text is escaped, can be selected, and takes the colour of what is around it; no script, no `style`.
For WeasyPrint give each drawing to `on_paper`, with the width of the page: it cannot draw Arabic text of SVG.
"""

from tawthiq.publication.drawing.bars import bars_svg
from tawthiq.publication.drawing.columns import columns_svg
from tawthiq.publication.drawing.maps import map_svg
from tawthiq.publication.drawing.of_incident import points_of, timeline_of
from tawthiq.publication.drawing.paper import on_paper
from tawthiq.publication.drawing.timeline import timeline_svg

__all__ = ["bars_svg", "columns_svg", "map_svg", "on_paper", "points_of", "timeline_of", "timeline_svg"]
