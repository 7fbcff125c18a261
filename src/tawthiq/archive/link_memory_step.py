"""One step of linking: reports that are new, changed or touched take their place among the remembered ones.

Copies first, since a copied dispatch counts as one source; then the incidents of all parts that these reports touch. Everything
happens in one transaction: a run that is ended at any moment has taken a step or has not.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from tawthiq.archive import link_memory_copies as copies
from tawthiq.archive import link_memory_events as events
from tawthiq.archive.link_inputs import LinkInputs
from tawthiq.archive.link_memory_incidents import Replaced, TouchedParts, Way
from tawthiq.archive.link_memory_rows import chunks, put, select, take_out
from tawthiq.archive.link_memory_shingles import index
from tawthiq.archive.link_secret import link_secret
from tawthiq.archive.models import LinkedReport, RememberedReport, UnlinkedReport
from tawthiq.linking.occurrences import occurrences


@dataclass(frozen=True, slots=True)
class Stepped:
    """What a step did: reports that the memory did not know before, and incidents replaced."""

    added: int
    incidents: Replaced


def step(numbers: Collection[int], way: Way) -> Stepped:
    """Link reports that were read, read anew or erased, or that stand in a part or family where one was."""
    with transaction.atomic():
        inputs = LinkInputs()
        there = inputs.load(numbers)
        added = _remember(there, inputs, way)
        asked = {*there, *added.touched}
        parted = copies.family_anew({*copies.compare(asked, inputs, way.decided), *numbers}, asked, inputs)
        replaced = TouchedParts({*there, *parted}, inputs, way).relink()
        take_out(UnlinkedReport, ["number"], ((number,) for number in numbers))
        linked = {number for (number,) in select(LinkedReport, ["report_id"], "report_id", there)}
        put(LinkedReport, ((number,) for number in there if number not in linked))
        return Stepped(len(added.new), replaced)


@dataclass(frozen=True, slots=True)
class _Added:
    """Reports put into the memory, and others whose copies are to be found anew because of them."""

    new: list[int]
    touched: set[int]


def _remember(there: list[int], inputs: LinkInputs, way: Way) -> _Added:
    """Put those of the reports into the memory that it does not know."""
    known = {
        n for some in chunks(there) for n in RememberedReport.objects.filter(pk__in=some).values_list("pk", flat=True)
    }
    new = [number for number in there if number not in known]
    sizes, touched = index({number: inputs.shingled(number) for number in new})
    secret = link_secret()
    told = {number: occurrences(inputs.of(number), secret=secret) for number in new}
    events.remember(told, {number: inputs.document(number) for number in new}, sizes, way.statistics)
    inputs.load_texts(touched)
    return _Added(new, touched)
