"""Who may do what: predicates over users that views ask before anything is decided."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from tawthiq.casework.models import User

READERS = (User.Role.READER, User.Role.PUBLIC)
DECIDERS = (User.Role.OWNER, User.Role.EDITOR, User.Role.REVIEWER)


def may_decide_pages(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may correct pages: everybody at the desk but those who only read."""
    return isinstance(user, User) and user.is_active and user.role not in READERS


def may_decide_links(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may say which tellings are of one occurrence, and withdraw that: all but those who only read."""
    return isinstance(user, User) and user.is_active and user.role not in READERS


def may_decide_readings(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may accept, correct and reject what was read in a report: all but those who only read."""
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
