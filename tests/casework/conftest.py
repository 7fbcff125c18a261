"""Django is set up before test modules import its models."""

from tawthiq.archive.database import set_up_django

set_up_django()
