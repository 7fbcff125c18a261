"""Settings of the Django project; filled in by the `web` room."""

SECRET_KEY = "set-by-the-archive"  # noqa: S105
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
