"""From a chat server's answer to offers: every step checked, nothing guessed at.

An answer that is not whole, not JSON or not of the schema is refused as a whole; what its values are worth is judged later.
"""

import json
from typing import Any

from tawthiq.capture.names import shown
from tawthiq.pipeline.adapters.chat_request import Passage
from tawthiq.pipeline.adapters.wire import Answer
from tawthiq.records.errors import AdapterFailed, AdapterUnavailable
from tawthiq.records.proposal import ActorOffer, CountOffer, EventOffer, Offer, PersonOffer, PlaceOffer, Quote

NEVER = {401: "it asks for a key", 403: "it forbids the request", 404: "it knows no such path or model",
         405: "it takes no such request"}  # fmt: skip
_SHOWN = 160


class _Wrong(ValueError):
    """Why an answer is not of the form that was asked for."""


def offers_of(answer: Answer, passage: Passage, item: str) -> list[Offer]:
    """The offers of one answer. Raises AdapterFailed saying what is wrong with it, AdapterUnavailable where all would fail."""
    if answer.status in NEVER:
        raise AdapterUnavailable(
            item=item,
            happened=f"{NEVER[answer.status]} ({answer.status}: {_excerpt(answer.body)})",
            advice="check address and model in tawthiq.toml; no keys are sent, so let the server listen on this machine only",
        )
    try:
        return _offers(_content(answer), passage)
    except _Wrong as wrong:
        raise AdapterFailed(
            item=item,
            happened=str(wrong),
            advice="grammar's own reading stands; try another model or fewer `characters`",
        ) from wrong


def _content(answer: Answer) -> str:
    """The text of the model's message (OpenAI API, chat completion object)."""
    if answer.status != 200:
        raise _Wrong(f"the server answered {answer.status}: {_excerpt(answer.body)}")
    if answer.kind == "text/event-stream":
        raise _Wrong("the server streams its answer although it was asked not to")
    data = _parsed(answer.body, "the answer")
    choices = data.get("choices") if isinstance(data, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(choice, dict) or not isinstance(content, str):
        raise _Wrong("the answer is no chat completion: it holds no message")
    if choice.get("finish_reason") == "length":
        raise _Wrong("the model's answer was cut at its longest length")
    return content


def _parsed(text: bytes | str, what: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise _Wrong(f"{what} is nested too deeply") from error
    except ValueError as error:  # bad UTF-8, no JSON, or numbers of thousands of digits
        raise _Wrong(f"{what} is no JSON ({shown(str(error), 100)})") from error


def _offers(content: str, passage: Passage) -> list[Offer]:
    """The offers in a message's JSON. Lists may be missing; what is there must be of the schema."""
    data = _parsed(content, "the model's message")
    if not isinstance(data, dict):
        raise _Wrong("the model's message is no JSON object")
    found: list[Offer] = [PlaceOffer(_quote(entry, passage)) for entry in _list(data, "places")]
    found += [PersonOffer(_quote(entry, passage)) for entry in _list(data, "persons")]
    found += [_actor(entry, passage) for entry in _list(data, "actors")]
    found += [_event(entry, passage) for entry in _list(data, "events")]
    return found


def _event(entry: dict[str, Any], passage: Passage) -> EventOffer:
    place = entry.get("place")
    if place is not None and not isinstance(place, dict):
        raise _Wrong('"place" of an event is neither an object nor null')
    return EventOffer(
        quote=_quote(entry, passage),
        act=_text(entry, "act"),
        modality=_text(entry, "modality"),
        scope=_text(entry, "scope"),
        place=_quote(place, passage) if place else None,
        by=tuple(_actor(part, passage) for part in _list(entry, "by")),
        counts=tuple(_count(part, passage) for part in _list(entry, "counts")),
    )


def _actor(entry: dict[str, Any], passage: Passage) -> ActorOffer:
    return ActorOffer(_quote(entry, passage), _text(entry, "code"))


def _count(entry: dict[str, Any], passage: Passage) -> CountOffer:
    bounds = (_number(entry, "minimum"), _number(entry, "maximum"))
    return CountOffer(_quote(entry, passage), _text(entry, "harm"), _text(entry, "group"), *bounds)


def _quote(entry: dict[str, Any], passage: Passage) -> Quote:
    occurrence = _number(entry, "occurrence")
    return Quote(_text(entry, "text"), 1 if occurrence is None else occurrence, passage)


def _list(entry: dict[str, Any], key: str) -> list[dict[str, Any]]:
    values = entry.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise _Wrong(f'"{key}" is no list of objects')
    return values


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str):
        raise _Wrong(f'"{key}" is no text')
    return value


def _number(entry: dict[str, Any], key: str) -> int | None:
    value = entry.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise _Wrong(f'"{key}" is no whole number')


def _excerpt(body: bytes) -> str:
    """The beginning of a body, fit for a terminal."""
    return shown(body[: _SHOWN * 4].decode("utf-8", "replace"), _SHOWN)
