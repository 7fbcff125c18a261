"""What the decisions in force teach the weights of links, from the present readings; a few queries for any number of them.

Weights change with every `STEP`th act and not with each: new weights mean that everything is linked anew. Between two lessons
the decisions made since hold as ever, they only have not taught yet. Restricted reports teach nothing: whoever may not see
them shall not find them in the weights.
"""

from tawthiq.archive.link_memory import stamp
from tawthiq.archive.models import Event, LinkStatistics
from tawthiq.archive.queries.link_pairs import Comparing
from tawthiq.casework.queries.compartments import compartments
from tawthiq.casework.queries.link_decisions import all_in_force, fitted, last_act
from tawthiq.linking.scoring import Weights, shipped_weights
from tawthiq.linking.teaching import Lesson, example
from tawthiq.linking.teaching import lesson as taught
from tawthiq.records.incident import EventReference

STEP = 25  # acts
_EARLIER = 3  # lessons before the last one that may still be in use
_AT_ONCE = 400


def taught_until() -> int:
    """The number of the act after which decisions were last counted; 0 before the first lesson."""
    return last_act() // STEP * STEP


def lesson(*, learn: bool = True, until: int | None = None) -> Lesson:
    """The lesson of the decisions that were in force after the act `until`, the last one that counts when it is left out.

    Pairs that linking has not seen yet teach nothing; with `learn` False nothing does.
    """
    made = all_in_force(taught_until() if until is None else until).decisions
    restricted = (
        compartments({anchor.document for each in made for anchor in (each.first, each.second)}) if made else {}
    )
    open_to_all = [each for each in made if restricted.keys().isdisjoint((each.first.document, each.second.document))]
    decided = fitted(open_to_all)
    pairs = [(pair, True) for pair in decided.together] + [(pair, False) for pair in decided.apart]
    keys = _keys({reference for pair, _ in pairs for reference in pair})
    comparing = Comparing.of(keys.values())
    found = []
    for (one, other), together in pairs:
        weighed = comparing.pair(keys.get(one, -1), keys.get(other, -1))
        told = example(weighed.features, together) if weighed else None
        found += [told] if told else []
    return taught(found, learn=learn)


def weights_in_use(*, learn: bool = True) -> Weights | None:
    """The weights with which the last full linking was made; None where none of the last lessons gives them."""
    row = LinkStatistics.objects.only("stamp").first()
    if row is None:
        return None
    if row.stamp == stamp(shipped_weights()):
        return shipped_weights()
    last = taught_until()
    lessons = (lesson(learn=learn, until=last - back * STEP) for back in range(_EARLIER + 1) if last > back * STEP)
    return next((found.weights for found in lessons if row.stamp == stamp(found.weights)), None)


def _keys(references: set[EventReference]) -> dict[EventReference, int]:
    """The keys of the rows of events."""
    documents = sorted({reference.document for reference in references})
    found: dict[EventReference, int] = {}
    for begin in range(0, len(documents), _AT_ONCE):
        rows = Event.objects.filter(report__capture__identifier__in=documents[begin : begin + _AT_ONCE])
        for document, order, key in rows.values_list("report__capture__identifier", "order", "key"):
            found[EventReference(document, order)] = key
    return found
