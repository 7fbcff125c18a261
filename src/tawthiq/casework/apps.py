"""Registers casework with Django."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The app of what people do; its tables are named `casework_*`."""

    name = "tawthiq.casework"
    label = "casework"
