"""What both searches are asked: which reports are neither shown nor counted."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tawthiq.archive.models import Capture


@dataclass(frozen=True, slots=True)
class Hidden:
    """The numbers of reports that are neither shown nor counted; None for none."""

    numbers: QuerySet[Capture, int] | None

    def condition(self, column: str) -> tuple[str, tuple[Any, ...]]:
        """The condition on a column of report numbers that leaves them out, with its values; empty where none is hidden."""
        if self.numbers is None:
            return "", ()
        question, values = self.numbers.query.sql_with_params()
        return f"AND {column} NOT IN ({question})", values
