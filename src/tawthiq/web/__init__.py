"""The Django project: settings, addresses, middleware, templates and static files."""
