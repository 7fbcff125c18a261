"""How a person wishes to see pages: digits, calendar, and whether pictures are shown at once."""

from django.db import models
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models.people import User


class Preferences(models.Model):
    """The wishes of one user; a user without a row has the defaults."""

    class Digits(models.TextChoices):
        """Which digits Arabic pages show in numbers and dates of the program; whatever is typed is read in either."""

        WESTERN = "western", pgettext_lazy("digits", "western (0123456789)")
        EASTERN = "eastern", pgettext_lazy("digits", "eastern (٠١٢٣٤٥٦٧٨٩)")

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="preferences")
    digits = models.CharField(max_length=8, choices=Digits.choices, default=Digits.WESTERN)
    hijri = models.BooleanField(default=False)
    show_media = models.BooleanField(default=False)
    guide_done = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"
