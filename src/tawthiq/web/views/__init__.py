"""Views: thin functions from a request to a page; what they show is asked of `archive.queries`."""
