"""The archive folder on disk: keeping evidence, logging it, reading it back, verifying it.

| module | owns |
|---|---|
| `folder`, `keeping` | `ArchiveFolder`, the one door for the rooms above; how an item is kept |
| `layout`, `settings`, `keys` | where things lie, what a team chooses, who signs |
| `files`, `locking`, `incoming` | durable writes, one writer at a time, runs at work |
| `journal`, `log`, `recovery` | the append-only log and how it outlives a crash |
| `warc_writing`, `warc_reading`, `events` | WARC records, and what is logged of them |
| `printing` | hostile names made fit to be shown |
| `verify`, `verify_keys`, `verify_log` | recomputing everything with no database |
| `proving` | one entry's proof as a file |
| `timestamps`, `verify_timestamps` | what authorities said of checkpoints: what waits, and whether it holds |
| `passphrases`, `unlocking`, `sealing` | sealed keys: who gives the passphrase, what is unlocked, how the key's file changes |
| `cosignatures`, `witnessing`, `verify_cosignatures` | what other teams signed of this log, and we of theirs |
| `backup`, `snapshot`, `backup_contents`, `restore`, `encrypting`, `tar_stream` | encrypted copies of the whole archive |
| `watch_list`, `watch_state` | what people want watched; when it was asked and is due |
| `fixity` | verification on schedule, recorded in the log |
| `place_packs` | gazetteers that a person added: outside the archive, mapped into memory |

The order in which files are written is documented in `folder`, `log` and docs/custody-format.md.
"""

from tawthiq.store.folder import ArchiveFolder
from tawthiq.store.stored import StoredRecord

__all__ = ["ArchiveFolder", "StoredRecord"]
