"""Adapters, off by default: models that may offer values about a document. What they offer is judged by `reading.proposals`.

The only place besides `capture` that opens a connection, and only to an address of the archive's settings (docs/adapters.md).
"""
