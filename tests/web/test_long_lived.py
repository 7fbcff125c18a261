"""What a server keeps for good is frozen after its first requests, once."""

import gc

import pytest
from django.core.signals import request_finished

from tawthiq.web import long_lived


def test_what_is_there_is_frozen_after_the_first_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen: list[int] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(1))
    long_lived.spare_long_lived()
    try:
        for number in range(1, 30):
            request_finished.send(sender=None)
            assert len(frozen) == (number >= long_lived.SPARED_AFTER[0])
    finally:
        request_finished.disconnect(dispatch_uid="spare long-lived")
