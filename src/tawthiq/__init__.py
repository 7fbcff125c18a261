"""Tawthiq (توثيق, "documentation"): reports of violence turned into records that stand up.

Every value in every record points to the exact characters, in a preserved and provably unchanged source, that say so,
and names who says so. The house and its import order are described in docs/architecture.md.
"""

__version__ = "0.1.0"
