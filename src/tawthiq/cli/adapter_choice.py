"""The adapter that `--adapter NAME` names: looked up in the archive's settings, and the person told what leaves the machine."""

from pathlib import Path

import click

from tawthiq.pipeline.adapters.chosen import Adapter, chosen_adapter, leaves_the_machine
from tawthiq.store.adapter_settings import AdapterSettings
from tawthiq.store.layout import Layout


def ready_adapter(name: str, held: tuple[AdapterSettings, ...], archive: Path) -> Adapter:
    """The adapter, checked; a warning goes to standard error where reports leave this machine.

    Raises AdapterUnavailable as `chosen_adapter` does.
    """
    adapter = chosen_adapter(name, held, Layout(archive).settings)
    warning = leaves_the_machine(adapter)
    if warning:
        click.echo(f"warning: adapter {name}: {warning}", err=True)
    return adapter
