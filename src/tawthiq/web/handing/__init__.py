"""Handing out in the pages: the same files as the verbs make, after a look at what leaves. The rules: docs/api.md."""
