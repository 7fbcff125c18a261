"""A new field key where the old one is lost for good: only by whoever says how many protected fields are lost with it.

Nothing is deleted: fields of the old key open again should its file be found, with what was sealed since lost in its turn.
"""

from pathlib import Path

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.field_key import field_keys, lock_of, write_ring
from tawthiq.casework.domain.field_key_cipher import FieldKeys
from tawthiq.casework.domain.sealed_columns import sealed_fields
from tawthiq.records.errors import WrongUsage
from tawthiq.store.layout import FIELD_KEY, Layout


def begin_anew(folder: Path, losing: int | None, by: str) -> int:
    """Make a new field key, knowing that `losing` protected fields stay closed; how many there are.

    The database of the archive is open. Raises WrongUsage where the key file is there, or where another number of fields is
    lost than was said, and as `field_keys` does.
    """
    layout = Layout(folder)
    with lock_of(layout).held():
        if layout.field_key.exists():
            raise WrongUsage(
                item=FIELD_KEY,
                happened="it is there; nothing has to be begun anew",
                advice="for another key run: tawthiq key rotate; a damaged one, or another archive's, is moved away first",
            )
        lost = sealed_fields()
        if losing != lost:
            raise WrongUsage(
                item=FIELD_KEY,
                happened=f"it is missing, and {lost} protected fields open with it alone",
                advice="put it back from a backup of this archive; only where there is none, give these fields up for good: "
                f"tawthiq key anew --losing {lost}",
            )
        write_ring(layout, FieldKeys.fresh())
    facts = {"key": field_keys(folder).current.name, "lost": lost}
    custody.record(folder, custody.FIELD_KEY_BEGUN, by, subject="keys/fields.key", facts=facts)
    return lost
