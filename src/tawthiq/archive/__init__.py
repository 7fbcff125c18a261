"""Derived state: rows of captures, reports, readings and links, always rebuildable from the evidence (a Django application)."""
