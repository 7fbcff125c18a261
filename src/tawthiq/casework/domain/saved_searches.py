"""Saving a list with its filters under a name, renaming, sharing and removing it, and remembering what of it was seen.

Nobody but its maker changes a saved search. A removed one can be brought back for as long as the removal can be undone.
"""

from datetime import UTC, datetime
from typing import Any

from tawthiq.casework.models import SavedSearch, SavedSearchOpening, User
from tawthiq.records.errors import WrongUsage

LONGEST_NAME, LONGEST_QUERY, MOST_KEPT = 100, 2000, 200


def save(user: User, name: str, page: str, query: str, *, team: bool) -> SavedSearch:
    """Keep a list with its filters. Raises WrongUsage for no name, filters that are too long, or too many searches."""
    name = clean(name)
    if len(query) > LONGEST_QUERY:
        raise WrongUsage(item=name, happened="its filters are too long to keep", advice="use fewer filters")
    if SavedSearch.objects.filter(user=user, removed=None).count() >= MOST_KEPT:
        raise WrongUsage(item=name, happened=f"you have {MOST_KEPT} saved searches", advice="remove some first")
    return SavedSearch.objects.create(user=user, name=name, page=page, query=query, team=team, made=datetime.now(UTC))


def rename(search: SavedSearch, name: str, *, team: bool) -> None:
    """Give one's own search another name, and say whether the team finds it. Raises WrongUsage for no name."""
    SavedSearch.objects.filter(pk=search.pk).update(name=clean(name), team=team)


def put_back(user: User, number: int, name: str, *, team: bool) -> int:
    """Give one's own search the name back that it had; how many got it."""
    return SavedSearch.objects.filter(user=user, pk=number).update(name=name, team=team)


def remove(search: SavedSearch) -> None:
    """Take one's own search out of all lists."""
    SavedSearch.objects.filter(pk=search.pk, removed=None).update(removed=datetime.now(UTC))


def bring_back(user: User, number: int) -> int:
    """Bring a removed search of one's own back; how many came."""
    return SavedSearch.objects.filter(user=user, pk=number).exclude(removed=None).update(removed=None)


def opened(search: SavedSearch, user: User, newest: int) -> None:
    """Remember that a person has seen a search up to the row with this key."""
    seen: dict[str, Any] = {"seen": newest, "at": datetime.now(UTC)}
    SavedSearchOpening.objects.update_or_create(search=search, user=user, defaults=seen)


def clean(name: str) -> str:
    """A name as it is kept: one line of printable characters. Raises WrongUsage when nothing is left."""
    kept = " ".join("".join(each if each.isprintable() else " " for each in name).split())[:LONGEST_NAME].strip()
    if not kept:
        raise WrongUsage(item="a saved search", happened="it has no name", advice="write a name")
    return kept
