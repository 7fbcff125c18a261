"""Which adapter a run uses: the one that was named, if the archive's settings hold it; and what a person must know before."""

from pathlib import Path

from tawthiq.pipeline.adapters.chat import ChatAdapter, completions
from tawthiq.pipeline.adapters.tagger import TaggerAdapter, loaded
from tawthiq.pipeline.adapters.wire import Post, check_reachable, is_loopback
from tawthiq.records.errors import AdapterUnavailable
from tawthiq.store.adapter_settings import CHAT, AdapterSettings

Adapter = ChatAdapter | TaggerAdapter


def chosen_adapter(name: str, held: tuple[AdapterSettings, ...], settings_file: Path) -> Adapter:
    """The adapter of that name, ready for work. Raises AdapterUnavailable when no such table is there or it cannot be used.

    What will not answer, or may not be asked, is refused here already, before a reading is dropped for a new one.
    """
    settings = next((adapter for adapter in held if adapter.name == name), None)
    if settings is None:
        named = ", ".join(adapter.name for adapter in held) or "none"
        raise AdapterUnavailable(
            item=str(settings_file),
            happened=f'there is no adapter "{name}" (there: {named})',
            advice=f"add a table [adapters.{name}]; docs/adapters.md shows one",
        )
    if settings.kind != CHAT:
        loaded(settings.model)
        return TaggerAdapter(settings)
    check_reachable(Post(completions(settings), b"", f"adapter {name}", settings.seconds, settings.allow_remote))
    return ChatAdapter(settings)


def leaves_the_machine(adapter: Adapter) -> str | None:
    """What of the archive leaves this machine and where to, in a sentence; None when nothing does."""
    if not isinstance(adapter, ChatAdapter) or not adapter.settings.allow_remote:
        return None
    address = completions(adapter.settings)
    if is_loopback(address.host):
        return None
    clear = "" if address.scheme == "https" else ", unencrypted, so that anyone on the way can read them"
    return (
        f"title and body of every report that is read are sent to {address.authority}{clear}; "
        "whoever runs it learns what this team reads"
    )
