"""The Django project: settings, addresses, middleware, templates, static files."""
