"""People's state, one module per noun: users, and what they decided about pages, links, persons and the authority."""

from tawthiq.casework.models.authority import AuthorityDecision
from tawthiq.casework.models.corrections import PageCorrection
from tawthiq.casework.models.link_decisions import LinkDecision
from tawthiq.casework.models.people import OwnerLink, SessionSecret, User, UserManager
from tawthiq.casework.models.people_proposals import PersonDecision, PersonProposal

__all__ = [
    "AuthorityDecision",
    "LinkDecision",
    "OwnerLink",
    "PageCorrection",
    "PersonDecision",
    "PersonProposal",
    "SessionSecret",
    "User",
    "UserManager",
]
