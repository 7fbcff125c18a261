"""People's state, one module per noun: users, and what they decided about pages."""

from tawthiq.casework.models.corrections import PageCorrection
from tawthiq.casework.models.people import OwnerLink, SessionSecret, User, UserManager

__all__ = ["OwnerLink", "PageCorrection", "SessionSecret", "User", "UserManager"]
