"""Maps, timelines and figures as SVG: drawn from records, the same bytes each time, legible without colour."""
