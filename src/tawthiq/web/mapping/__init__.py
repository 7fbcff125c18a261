"""Maps of incidents: outlines, frames, clusters and extents, drawn by the server and offered to the page's script."""
