"""People's state, one module per noun: users, and what they decided about pages and links."""

from tawthiq.casework.models.corrections import PageCorrection
from tawthiq.casework.models.link_decisions import LinkDecision
from tawthiq.casework.models.people import OwnerLink, SessionSecret, User, UserManager

__all__ = ["LinkDecision", "OwnerLink", "PageCorrection", "SessionSecret", "User", "UserManager"]
