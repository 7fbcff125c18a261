"""The public site: static pages of published incidents, with search and downloads, that need no server."""
