"""Time lines: scales of days, bars and ranges, drawn by the server."""
