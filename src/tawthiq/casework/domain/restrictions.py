"""Restricting items to groups, and lifting that. Each item that changes enters the custody log with the numbers of its groups.

Only what a person sees can be restricted by them, and only to groups that they are in, so that nobody hides an item from
themselves; groups of others that an item is restricted to already stay. An item that does not exist and one that the person
may not see are passed over alike. The reports are marked for linking in the same transaction: links follow at once where the
caller asks for it (`web.link_deciding.effect.take_effect`), else with the next linking.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from tawthiq.archive.link_memory import mark_documents, part_families
from tawthiq.archive.models import Capture
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.groups import at_desk, refusal
from tawthiq.casework.models import Group, ItemRestriction, User
from tawthiq.casework.queries.visibility import sight_of
from tawthiq.casework.rules import may_restrict

MOST_ITEMS = 1000  # items of one act
_AT_ONCE = 400


def restrict(folder: Path | None, identifiers: Collection[str], groups: Collection[Group], by: User) -> list[str]:
    """Have only these groups see these items; the identifiers of those that changed.

    Raises Refused for somebody who may not, for no group, for one that they are not in or that has nobody at the desk, and
    for more than `MOST_ITEMS` items.
    """
    _expect_allowed(by, identifiers)
    if not groups:
        raise refusal("no-group", "a restriction", "no group was chosen", "choose at least one group that you are in")
    for group in groups:
        _expect_usable(group, by)
    chosen, mine = {group.pk for group in groups}, sight_of(by).groups
    with transaction.atomic():
        before = _groups_now(seen := _seen(identifiers, by))
        after = {item: chosen | (before.get(item, set()) - mine) for item in seen}
        changed = [item for item in seen if before.get(item, set()) != after[item]]
        _replace(changed, after)
    _log(folder, custody.ITEM_RESTRICTED, by, {item: after[item] for item in changed})
    return changed


def lift(folder: Path | None, identifiers: Collection[str], by: User) -> list[str]:
    """Have everybody at the desk see these items again; the identifiers of those that changed.

    Raises Refused for somebody who may not, and for more than `MOST_ITEMS` items.
    """
    _expect_allowed(by, identifiers)
    with transaction.atomic():
        before = _groups_now(_seen(identifiers, by))
        changed = sorted(before)
        _replace(changed, {})
    _log(folder, custody.RESTRICTION_LIFTED, by, {item: before[item] for item in changed})
    return changed


def _expect_allowed(by: User, identifiers: Collection[str]) -> None:
    if not may_restrict(by):
        raise refusal("not-allowed", by.name, "only owners and editors restrict items", "ask one who sees the item")
    if len(identifiers) > MOST_ITEMS:
        raise refusal(
            "too-many",
            f"{len(identifiers)} items",
            f"more than {MOST_ITEMS} would change at once",
            "choose fewer, and do it in several steps",
        )


def _expect_usable(group: Group, by: User) -> None:
    if not group.members.filter(pk=by.pk).exists():
        raise refusal(
            "not-member", "a group", "you are not in it, and would not see the item any more", "choose another"
        )
    if not at_desk().filter(circles=group).exists():
        raise refusal(
            "nobody-left", group.name, "nobody who works at the desk is in it", "have an owner add members first"
        )


def _seen(identifiers: Iterable[str], by: User) -> list[str]:
    """Those of the items that exist and that the person sees, in order."""
    asked, sight = sorted(set(identifiers)), sight_of(by)
    found: list[str] = []
    for begin in range(0, len(asked), _AT_ONCE):
        rows = sight.captures(Capture.objects.filter(identifier__in=asked[begin : begin + _AT_ONCE]))
        found += rows.values_list("identifier", flat=True)
    return sorted(found)


def _groups_now(items: Collection[str]) -> dict[str, set[int]]:
    """The groups of those of the items that are restricted."""
    found: dict[str, set[int]] = {}
    listed = list(items)
    for begin in range(0, len(listed), _AT_ONCE):
        rows = ItemRestriction.objects.filter(item__in=listed[begin : begin + _AT_ONCE])
        for item, group in rows.values_list("item", "group"):
            found.setdefault(item, set()).add(group)
    return found


def _replace(changed: list[str], after: Mapping[str, set[int]]) -> None:
    """The rows of the items that change. The caller holds the transaction."""
    for begin in range(0, len(changed), _AT_ONCE):
        ItemRestriction.objects.filter(item__in=changed[begin : begin + _AT_ONCE]).delete()
    rows = [ItemRestriction(item=item, group_id=group) for item in changed for group in sorted(after.get(item, ()))]
    ItemRestriction.objects.bulk_create(rows, batch_size=_AT_ONCE)
    part_families(changed)
    mark_documents(changed)


def _log(folder: Path | None, kind: str, by: User, groups: Mapping[str, set[int]]) -> None:
    """One entry for each item, at one moment; the log is waited for once."""
    at = datetime.now(UTC)
    for left, item in zip(range(len(groups) - 1, -1, -1), sorted(groups), strict=True):
        facts = {"groups": sorted(groups[item])}
        custody.record(folder, kind, by.get_username(), subject=item, facts=facts, at=at, later=left > 0)
