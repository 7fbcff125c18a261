"""Django app of derived state: captures, reports, readings and links as rows, and search over them.

Everything here follows from Evidence and may be dropped and rebuilt at any time (docs/architecture.md).
"""
