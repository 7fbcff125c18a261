"""Honest numbers: incidents counted in one pass over redacted records, with what is and is not counted, drawn and written down.

`count` reckons (pure); `write` makes the folder that is handed out. A page over the same functions shows the same numbers.
"""

from tawthiq.publication.statistics.counting import count
from tawthiq.publication.statistics.folder import write

__all__ = ["count", "write"]
