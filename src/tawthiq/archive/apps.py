"""Registers the archive with Django."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The app of derived state; its tables are named `archive_*`."""

    name = "tawthiq.archive"
    label = "archive"
