"""How clusters of documents are scored, for outsiders that read the output of linking in different ways.

B-cubed (Bagga and Baldwin 1998) is taken over documents; the truth gives each document one incident, its leading subject. But
an incident lists every document that tells it, also in passing, so a document may stand in several incidents. Whoever scores
clusters must choose: the incident of the document's leading event (`leading`), the first or last one in the output that lists
it (`first`, `last`), the one with most documents (`largest`), or documents that share any incident put together (`any`).
"""

from collections.abc import Callable, Iterable, Mapping

from tawthiq.records.links import Links

Neighbours = Mapping[str, set[str]]
Labels = dict[str, str]


def neighbours(groups: Iterable[Iterable[str]], every: Iterable[str]) -> dict[str, set[str]]:
    """Each document with those that share a group with it, itself included."""
    found = {identifier: {identifier} for identifier in every}
    for group in groups:
        members = set(group)
        for identifier in members & found.keys():
            found[identifier] |= members
    return found


def b_cubed(found: Neighbours, gold: Neighbours, over: Iterable[str]) -> tuple[float, float, float]:
    """Precision, recall and F of documents."""
    documents = sorted(over)
    precision = sum(len(found[d] & gold[d]) / len(found[d]) for d in documents) / len(documents)
    recall = sum(len(found[d] & gold[d]) / len(gold[d]) for d in documents) / len(documents)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Every pair inside a group, in order."""
    return {(a, b) for group in groups for a in sorted(group) for b in sorted(group) if a < b}


def precision_recall(found: set[tuple[str, str]], gold: set[tuple[str, str]]) -> tuple[float, float]:
    """Of pairs; 1 where there is nothing to find or nothing was found."""
    right = len(found & gold)
    return (right / len(found) if found else 1.0, right / len(gold) if gold else 1.0)


def leading(links: Links) -> Labels:
    """The incident of each document's leading event: the first of its linked events."""
    first: dict[str, tuple[int, str]] = {}
    for incident in links.incidents:
        for event in incident.events:
            told = (event.event, incident.id)
            first[event.document] = min(told, first.get(event.document, told))
    return {document: incident for document, (_, incident) in first.items()}


def first_listed(links: Links) -> Labels:
    """The first incident in the output that lists each document."""
    return {document: incident.id for incident in reversed(links.incidents) for document in incident.documents}


def last_listed(links: Links) -> Labels:
    """The last incident in the output that lists each document."""
    return {document: incident.id for incident in links.incidents for document in incident.documents}


def largest(links: Links) -> Labels:
    """The incident with most documents that lists each document, the first among equals."""
    by_size = sorted(links.incidents, key=lambda incident: len(incident.documents))
    most: Labels = {}
    for incident in sorted(by_size, key=lambda incident: -len(incident.documents)):
        for document in incident.documents:
            most.setdefault(document, incident.id)
    return most


CHOICES: Mapping[str, Callable[[Links], Labels]] = {
    "leading": leading,
    "first": first_listed,
    "last": last_listed,
    "largest": largest,
}


def groups_of(labels: Labels) -> list[set[str]]:
    """The documents under each label."""
    groups: dict[str, set[str]] = {}
    for document, label in labels.items():
        groups.setdefault(label, set()).add(document)
    return list(groups.values())
