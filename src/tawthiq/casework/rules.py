"""Who may do what: predicates over users that views ask before anything is decided."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from tawthiq.casework.models import User

DECIDERS = (User.Role.OWNER, User.Role.EDITOR, User.Role.REVIEWER)


def may_decide_pages(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may correct pages: everybody at the desk but those who only read."""
    return isinstance(user, User) and user.is_active and user.role != User.Role.READER


def may_decide_links(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may say which tellings are of one occurrence, and withdraw that: all but those who only read."""
    return isinstance(user, User) and user.is_active and user.role != User.Role.READER


def may_set_learning(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may say if decisions teach the weights of links: owners."""
    return isinstance(user, User) and user.is_active and user.role == User.Role.OWNER


def may_decide_authority(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may decide about actors and places: readings of all reports follow, so not documenters."""
    return isinstance(user, User) and user.is_active and user.role in DECIDERS


def may_see_people(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a person may see who victims are, and decide which records are one person: those who review."""
    return isinstance(user, User) and user.is_active and user.role in DECIDERS
