"""Edges that fetch: HTTP, files, folders and WARC files made by others."""
