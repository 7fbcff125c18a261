"""Pure: how many there may be whom no list names: overlap tables, multiple-systems estimation (docs/estimation.md).

`table_file` reads a table and `contract` writes an answer without any further package; `estimating` needs numpy and scipy,
which come with `pip install 'tawthiq[estimate]'` and are asked for by `require_numbers`.
"""

from importlib.util import find_spec

from tawthiq.records.errors import WrongUsage

_NEEDED = ("numpy", "scipy")


def require_numbers() -> None:
    """Raise WrongUsage with what to install where numpy or scipy is missing."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise WrongUsage(
            item="estimation",
            happened=f"it needs {' and '.join(missing)}, which is not installed",
            advice="install tawthiq[estimate]: pip install 'tawthiq[estimate]'",
        )
