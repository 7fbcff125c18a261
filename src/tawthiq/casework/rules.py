"""Who may do what: predicates over users that views ask before anything is decided."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from tawthiq.casework.models import Assignment, Person, User

READERS = (User.Role.READER, User.Role.PUBLIC)
DECIDERS = (User.Role.OWNER, User.Role.EDITOR, User.Role.REVIEWER)
_GIVERS = (User.Role.OWNER, User.Role.EDITOR)


def may_decide_pages(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may correct pages: everybody at the desk but those who only read."""
    return isinstance(user, User) and user.is_active and user.role not in READERS


def may_decide_links(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may say which tellings are of one occurrence, and withdraw that: all but those who only read."""
    return isinstance(user, User) and user.is_active and user.role not in READERS


def may_decide_readings(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may accept, correct and reject what was read in a report: all but those who only read."""
    return isinstance(user, User) and user.is_active and user.role not in READERS


def may_import_tables(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may bring tables along and let their rows in: all at the desk but those who only read."""
    return isinstance(user, User) and user.is_active and user.role not in READERS


def may_set_learning(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may say if decisions teach the weights of links: owners."""
    return isinstance(user, User) and user.is_active and user.role == User.Role.OWNER


def may_decide_authority(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may decide about actors and places: readings of all reports follow, so not documenters."""
    return isinstance(user, User) and user.is_active and user.role in DECIDERS


def may_see_people(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may see who victims are, and decide which records are one person: those who review."""
    return isinstance(user, User) and user.is_active and user.role in DECIDERS


def may_work_at_desk(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may see the desk at all: everybody but readers of what is published."""
    return isinstance(user, User) and user.is_active and user.role != User.Role.PUBLIC


def may_manage_team(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may make users, set roles, and change groups and their members: owners."""
    return isinstance(user, User) and user.is_active and user.role == User.Role.OWNER


def may_restrict(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may restrict an item that they see to groups, or lift that: owners and editors."""
    return isinstance(user, User) and user.is_active and user.role in (User.Role.OWNER, User.Role.EDITOR)


def may_verify(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may grade a case: those who review."""
    return isinstance(user, User) and user.is_active and user.role in DECIDERS


def may_publish(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may show a verified case to readers of what is published: owners and editors."""
    return isinstance(user, User) and user.is_active and user.role in (User.Role.OWNER, User.Role.EDITOR)


def may_assign(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may take work, give it to others, and be given it: everybody at the desk but those who only read."""
    return isinstance(user, User) and user.is_active and user.role not in READERS


def may_audit(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may read who did what in the custody log: owners and editors."""
    return isinstance(user, User) and user.is_active and user.role in (User.Role.OWNER, User.Role.EDITOR)


def may_change_map(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may bring along outlines for maps and choose which are shown: owners."""
    return isinstance(user, User) and user.is_active and user.role == User.Role.OWNER


def may_keep_persons(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may open person files and work on them under pseudonyms: all at the desk but those who only read."""
    return isinstance(user, User) and user.is_active and user.role not in READERS


def may_reveal(user: AbstractBaseUser | AnonymousUser, person: Person) -> bool:
    """Whether a person may be shown who a person is, after giving a reason; of files that they may see at all.

    Owners and editors may; a reviewer where one of these gave them the file, or it is restricted to a group of theirs.
    """
    if not may_see_people(user) or not isinstance(user, User):
        return False
    if user.role in _GIVERS:
        return True
    given = files_given_to(user).filter(subject=f"person:{person.number}")
    return given.exists() or person.groups.filter(members=user).exists()


def files_given_to(user: User) -> QuerySet[Assignment]:
    """The person files whose identities somebody was given to see: not those that they took themselves, nor had of others
    who could not open them.
    """
    givers = User.objects.filter(role__in=_GIVERS).exclude(pk=user.pk)
    return Assignment.objects.filter(kind="person", user=user, by__in=givers.values("name"))


def may_destroy_identities(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may destroy an identity for good: owners and editors."""
    return isinstance(user, User) and user.is_active and user.role in (User.Role.OWNER, User.Role.EDITOR)


def may_qualify(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may say what a verified case is in law: owners and editors.

    No role of its own for lawyers: the opinion is signed with a name, changes nothing that was verified, and stands apart from
    it, so a team makes its legal officer an editor, and needs no further flag that somebody forgets to take away.
    """
    return isinstance(user, User) and user.is_active and user.role in (User.Role.OWNER, User.Role.EDITOR)


def may_give_tokens(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may make tokens by which programs read: owners and editors."""
    return isinstance(user, User) and user.is_active and user.role in _GIVERS


def may_hand_out(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may make files for others: owners and editors."""
    return isinstance(user, User) and user.is_active and user.role in _GIVERS
