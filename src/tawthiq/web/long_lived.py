"""What a server keeps for good is left out of collections of garbage.

Vocabulary and tables of names are loaded by the first requests and never go. Looking through them again took 100 ms of one
request in ten over a large archive; frozen (`gc.freeze`), they are passed over.
"""

import gc
from itertools import count

from django.core.signals import request_finished

SPARED_AFTER = (20, 200)  # requests; by the first most tables are loaded, by the second all


def spare_long_lived() -> None:
    """From now on, freeze what is there once the first requests of this process were answered."""
    answered = count(1)

    def freeze(**_: object) -> None:
        if next(answered) in SPARED_AFTER:
            gc.collect()
            gc.freeze()

    request_finished.connect(freeze, weak=False, dispatch_uid="spare long-lived")
