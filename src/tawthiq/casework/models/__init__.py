"""People's state, one module per noun: users, and what they decided about pages, links, persons and the authority."""

from tawthiq.casework.models.access import Group, ItemRestriction
from tawthiq.casework.models.api_tokens import ApiToken, ApiUse
from tawthiq.casework.models.assignments import Assignment, RecentLook
from tawthiq.casework.models.authority import AuthorityDecision
from tawthiq.casework.models.cases import Case, CaseItem, CaseViolation, Publication, Qualification
from tawthiq.casework.models.corrections import PageCorrection
from tawthiq.casework.models.factors import RecoveryCode, SecurityKey, TimeCode
from tawthiq.casework.models.identities import PersonIdentity, PersonNameCode, PersonNaming, PersonReveal
from tawthiq.casework.models.link_decisions import LinkDecision
from tawthiq.casework.models.map_layers import MapLayerDecision
from tawthiq.casework.models.notices import Notice
from tawthiq.casework.models.people import OwnerLink, SessionSecret, User, UserManager
from tawthiq.casework.models.people_proposals import PersonDecision, PersonProposal
from tawthiq.casework.models.persons import Person, PersonItem, PersonRevision, PersonRole
from tawthiq.casework.models.preferences import Preferences
from tawthiq.casework.models.queue import QueueClaim, QueueLater, Undoable
from tawthiq.casework.models.reading_corrections import ReadingCorrection, ReportReview
from tawthiq.casework.models.saved_searches import SavedSearch, SavedSearchOpening
from tawthiq.casework.models.sign_ins import FailedAttempts, FormSecret, OpenSession
from tawthiq.casework.models.table_imports import TableImport
from tawthiq.casework.models.team import TeamLink, TeamRules
from tawthiq.casework.models.verification import (
    CaseContent,
    SheetDraft,
    SheetsSeen,
    SheetWithdrawal,
    VerificationSheet,
)

__all__ = [
    "ApiToken",
    "ApiUse",
    "Assignment",
    "AuthorityDecision",
    "Case",
    "CaseContent",
    "CaseItem",
    "CaseViolation",
    "FailedAttempts",
    "FormSecret",
    "Group",
    "ItemRestriction",
    "LinkDecision",
    "MapLayerDecision",
    "Notice",
    "OpenSession",
    "OwnerLink",
    "PageCorrection",
    "Person",
    "PersonDecision",
    "PersonIdentity",
    "PersonItem",
    "PersonNameCode",
    "PersonNaming",
    "PersonProposal",
    "PersonReveal",
    "PersonRevision",
    "PersonRole",
    "Preferences",
    "Publication",
    "Qualification",
    "QueueClaim",
    "QueueLater",
    "ReadingCorrection",
    "RecentLook",
    "RecoveryCode",
    "ReportReview",
    "SavedSearch",
    "SavedSearchOpening",
    "SecurityKey",
    "SessionSecret",
    "SheetDraft",
    "SheetWithdrawal",
    "SheetsSeen",
    "TableImport",
    "TeamLink",
    "TeamRules",
    "TimeCode",
    "Undoable",
    "User",
    "UserManager",
    "VerificationSheet",
]
