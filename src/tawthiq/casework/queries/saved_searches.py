"""The saved searches that a person finds: their own and those of the team."""

from django.db.models import Q, QuerySet

from tawthiq.casework.models import SavedSearch, SavedSearchOpening, User


def saved_searches(user: User) -> QuerySet[SavedSearch]:
    """One's own searches and the team's, by name, each with its maker."""
    found = SavedSearch.objects.filter(Q(user=user) | Q(team=True, user__is_active=True), removed=None)
    return found.select_related("user").order_by("name", "number")


def seen_until(user: User) -> dict[int, int]:
    """For each search that this person has opened, the highest key that they have seen."""
    return dict(SavedSearchOpening.objects.filter(user=user).values_list("search_id", "seen"))
