"""What kinds of entries of the custody log are called, and the groups in which the list is narrowed."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

GROUPS: Mapping[str, Promise] = {
    "evidence": pgettext_lazy("audit", "evidence kept, checked or taken out"),
    "decisions": pgettext_lazy("audit", "decisions about readings, links and cases"),
    "protected": pgettext_lazy("audit", "protected identities and restricted items"),
    "seen": pgettext_lazy("audit", "what was looked at or taken away"),
    "team": pgettext_lazy("audit", "the team and its accounts"),
}
_KINDS: Mapping[str, tuple[str, Promise]] = {
    "archive-created": ("evidence", pgettext_lazy("audit", "the archive was made")),
    "captured": ("evidence", pgettext_lazy("audit", "evidence kept")),
    "warc-kept": ("evidence", pgettext_lazy("audit", "a WARC file kept")),
    "recovered": ("evidence", pgettext_lazy("audit", "an interrupted act of keeping was finished")),
    "incomplete": ("evidence", pgettext_lazy("audit", "a part of what was being kept was lost")),
    "torn-line": ("evidence", pgettext_lazy("audit", "a line cut by a crash was put aside")),
    "timestamped": ("evidence", pgettext_lazy("audit", "stamped by a time authority")),
    "cosigned": ("evidence", pgettext_lazy("audit", "cosigned by another team")),
    "witness-trusted": ("evidence", pgettext_lazy("audit", "another team’s key was trusted")),
    "witnessed": ("evidence", pgettext_lazy("audit", "another team’s log was signed")),
    "witness-refused": ("evidence", pgettext_lazy("audit", "another team’s log was refused")),
    "key-sealed": ("evidence", pgettext_lazy("audit", "the archive’s key was sealed")),
    "key-unsealed": ("evidence", pgettext_lazy("audit", "the archive’s key was unsealed")),
    "backed-up": ("evidence", pgettext_lazy("audit", "backed up")),
    "restored": ("evidence", pgettext_lazy("audit", "restored from a backup")),
    "fixity-checked": ("evidence", pgettext_lazy("audit", "all files were checked")),
    "collect-failed": ("evidence", pgettext_lazy("audit", "collecting failed")),
    "seen-again": ("evidence", pgettext_lazy("audit", "the same was seen again")),
    "compared": ("evidence", pgettext_lazy("audit", "compared with an earlier capture")),
    "export-files": ("evidence", pgettext_lazy("audit", "files of an exported chat")),
    "erased": ("evidence", pgettext_lazy("audit", "content erased")),
    "read": ("evidence", pgettext_lazy("audit", "reports read")),
    "linked": ("evidence", pgettext_lazy("audit", "reports linked")),
    "act-refused": ("evidence", pgettext_lazy("audit", "an act that nobody could have done was refused")),
    "database-moved": ("evidence", pgettext_lazy("audit", "readings and casework moved to another database")),
    "page-corrected": ("decisions", pgettext_lazy("audit", "a page was corrected")),
    "page-confirmed": ("decisions", pgettext_lazy("audit", "a page was found right")),
    "correction-withdrawn": ("decisions", pgettext_lazy("audit", "the correction of a page was withdrawn")),
    "reading-decided": ("decisions", pgettext_lazy("audit", "a reading was decided about")),
    "report-reviewed": ("decisions", pgettext_lazy("audit", "a report was reviewed")),
    "review-withdrawn": ("decisions", pgettext_lazy("audit", "a review was withdrawn")),
    "links-decided": ("decisions", pgettext_lazy("audit", "links were decided about")),
    "authority-decided": ("decisions", pgettext_lazy("audit", "an actor or place was decided about")),
    "authority-withdrawn": ("decisions", pgettext_lazy("audit", "a decision about an actor or place was withdrawn")),
    "people-proposed": ("decisions", pgettext_lazy("audit", "pairs of records of persons were proposed")),
    "people-decided": ("decisions", pgettext_lazy("audit", "a pair of records was decided about")),
    "case-opened": ("decisions", pgettext_lazy("audit", "a case was opened")),
    "sheet-given": ("decisions", pgettext_lazy("audit", "a verification sheet was given")),
    "sheet-withdrawn": ("decisions", pgettext_lazy("audit", "a verification sheet was withdrawn")),
    "sheets-opened": ("decisions", pgettext_lazy("audit", "others’ verification sheets were opened")),
    "case-qualified": ("decisions", pgettext_lazy("audit", "a lawyer’s qualification was given")),
    "publication-proposed": ("decisions", pgettext_lazy("audit", "publication was proposed")),
    "case-published": ("decisions", pgettext_lazy("audit", "a case was published")),
    "case-unpublished": ("decisions", pgettext_lazy("audit", "a case was taken back from publication")),
    "assigned": ("decisions", pgettext_lazy("audit", "work was given or taken")),
    "bulk-done": ("decisions", pgettext_lazy("audit", "one act on many rows")),
    "bulk-undone": ("decisions", pgettext_lazy("audit", "an act on many rows was undone")),
    "table-imported": ("decisions", pgettext_lazy("audit", "a table was imported")),
    "import-withdrawn": ("decisions", pgettext_lazy("audit", "an import was withdrawn")),
    "person-changed": ("protected", pgettext_lazy("audit", "a person’s file was changed")),
    "person-revealed": ("protected", pgettext_lazy("audit", "an identity was revealed")),
    "persons-searched": ("protected", pgettext_lazy("audit", "persons were searched by name")),
    "field-key-begun": (
        "protected",
        pgettext_lazy("audit", "a new key of protected fields was begun; what the lost one sealed stays closed"),
    ),
    "field-key-rotated": ("protected", pgettext_lazy("audit", "the key of protected fields was changed")),
    "item-restricted": ("protected", pgettext_lazy("audit", "items were restricted to groups")),
    "restriction-lifted": ("protected", pgettext_lazy("audit", "a restriction was lifted")),
    "group-made": ("protected", pgettext_lazy("audit", "a group was made")),
    "group-renamed": ("protected", pgettext_lazy("audit", "a group was renamed")),
    "group-members-changed": ("protected", pgettext_lazy("audit", "the members of a group changed")),
    "viewed": ("seen", pgettext_lazy("audit", "looked at")),
    "exported": ("seen", pgettext_lazy("audit", "exported")),
    "transferred": ("seen", pgettext_lazy("audit", "handed over")),
    "redacted": ("seen", pgettext_lazy("audit", "redacted for publishing")),
    "owner-made": ("team", pgettext_lazy("audit", "the first owner came in")),
    "signed-in": ("team", pgettext_lazy("audit", "signed in")),
    "signed-out": ("team", pgettext_lazy("audit", "signed out")),
    "sign-in-blocked": ("team", pgettext_lazy("audit", "signing in was blocked after failed attempts")),
    "user-invited": ("team", pgettext_lazy("audit", "somebody was invited")),
    "user-joined": ("team", pgettext_lazy("audit", "somebody joined")),
    "invitation-withdrawn": ("team", pgettext_lazy("audit", "an invitation was withdrawn")),
    "role-changed": ("team", pgettext_lazy("audit", "a role was changed")),
    "user-deactivated": ("team", pgettext_lazy("audit", "a user was deactivated")),
    "user-reactivated": ("team", pgettext_lazy("audit", "a user was reactivated")),
    "user-reset": ("team", pgettext_lazy("audit", "a user was given a new way in")),
    "team-rules-changed": ("team", pgettext_lazy("audit", "a rule of the team was changed")),
    "password-changed": ("team", pgettext_lazy("audit", "a password was changed")),
    "sessions-ended": ("team", pgettext_lazy("audit", "sessions were ended")),
    "factor-added": ("team", pgettext_lazy("audit", "a second factor was added")),
    "factor-removed": ("team", pgettext_lazy("audit", "a second factor was removed")),
    "factor-suspected": ("team", pgettext_lazy("audit", "a security key may have been copied")),
    "recovery-codes-made": ("team", pgettext_lazy("audit", "recovery codes were made")),
    "recovery-code-used": ("team", pgettext_lazy("audit", "a recovery code was used")),
    "api-read": ("seen", pgettext_lazy("audit", "a program read with a token")),
    "token-made": ("team", pgettext_lazy("audit", "a token for programs was made")),
    "token-revoked": ("team", pgettext_lazy("audit", "a token for programs was revoked")),
    "layer-added": ("team", pgettext_lazy("audit", "a layer of the map was added")),
    "layer-chosen": ("team", pgettext_lazy("audit", "a layer of the map was chosen")),
}


def kinds() -> tuple[str, ...]:
    """All kinds of entries that have a name."""
    return tuple(_KINDS)


def kinds_of(group: str) -> tuple[str, ...]:
    """The kinds of entries of one group."""
    return tuple(kind for kind in _KINDS if _KINDS[kind][0] == group)


def kind_name(kind: str) -> str:
    """What a kind of entry is called in the active language; its code where it has no name."""
    return str(_KINDS[kind][1]) if kind in _KINDS else kind


def group_of(kind: str) -> str:
    """The group to which a kind belongs; empty where it has none."""
    return _KINDS[kind][0] if kind in _KINDS else ""
