"""The chat adapter: any server that speaks `POST .../chat/completions`, as Ollama, vLLM and llama.cpp do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tawthiq.capture.address import Address, parse
from tawthiq.pipeline.adapters.chat_answer import offers_of
from tawthiq.pipeline.adapters.chat_request import passages, request_body
from tawthiq.pipeline.adapters.wire import Post, post
from tawthiq.reading.actor_table import actors
from tawthiq.records.errors import AdapterUnavailable, TawthiqError
from tawthiq.records.proposal import AdapterIdentity, Offer
from tawthiq.records.reading import Document
from tawthiq.store.adapter_settings import AdapterSettings


@dataclass(frozen=True, slots=True)
class ChatAdapter:
    """A Proposer (records.proposal) over a model's server. It keeps no connection and no memory between documents."""

    settings: AdapterSettings

    @property
    def identity(self) -> AdapterIdentity:
        """Name and model as the settings give them."""
        return AdapterIdentity(self.settings.name, self.settings.model)

    def propose(self, document: Document) -> Sequence[Offer]:
        """The model's offers, passage by passage. Raises AdapterFailed and AdapterUnavailable as `wire.post` does."""
        item = f"{document.id} (adapter {self.settings.name})"
        address = completions(self.settings)
        found: list[Offer] = []
        for passage in passages(document, self.settings.characters):
            body = request_body(self.settings.model, document, passage, tuple(actors()))
            asked = Post(address, body, item, self.settings.seconds, self.settings.allow_remote)
            found += offers_of(post(asked), passage, item)
        return found


def completions(settings: AdapterSettings) -> Address:
    """Where requests go: the address of the settings and `/chat/completions`. Raises AdapterUnavailable when it is none."""
    try:
        base = parse(settings.address)
    except TawthiqError as error:
        raise AdapterUnavailable(
            item=f"adapter {settings.name}", happened=error.happened, advice="mend its address in tawthiq.toml"
        ) from error
    return replace(base, target=base.target.partition("?")[0].rstrip("/") + "/chat/completions")
