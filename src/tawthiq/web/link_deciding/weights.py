"""The weights of links as a page shows them: shipped, learnt, and how many decided pairs taught each."""

from dataclasses import dataclass

from django.conf import settings

from tawthiq.casework.queries.link_lessons import STEP, lesson, taught_until
from tawthiq.linking.scoring import LIMIT, shipped_weights
from tawthiq.linking.teaching import LEAST, Lesson
from tawthiq.store.layout import Layout
from tawthiq.store.settings import read_settings
from tawthiq.web.link_deciding.reasons import Said, said


@dataclass(frozen=True, slots=True)
class Weight:
    """One value of one feature: its words with the shipped weight, the weight in use, and by how many pairs it was taught."""

    shipped: Said
    now: float
    pairs: int

    @property
    def moved(self) -> bool:
        """Whether the two differ at the second decimal."""
        return round(self.shipped.weight, 2) != round(self.now, 2)


@dataclass(frozen=True, slots=True)
class Weights:
    """The page: the lesson and its last act, whether learning is switched on, what it takes, weights in the table's order."""

    lesson: Lesson
    until: int
    learn: bool
    least: int
    step: int
    rows: list[Weight]


def weights() -> Weights:
    """What the page shows now."""
    folder = settings.ARCHIVE_FOLDER
    learn = folder is None or read_settings(Layout(folder).settings).learn
    found = lesson(learn=learn)
    rows = [
        Weight(said(*feature, weight), found.weights.get(feature, weight), found.taught.get(feature, 0))
        for feature, weight in shipped_weights().items()
        if feature != LIMIT
    ]
    return Weights(found, taught_until(), learn, LEAST, STEP, rows)
