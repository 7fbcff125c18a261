"""Dossiers: one incident as a document, HTML and PDF, in Arabic, English or both, with its proofs beside it.

`document` puts the sections of `part` together, `pages` writes HTML, `printing` has WeasyPrint make the PDF, `writing` makes
the folder. Sections take a `Part` and return Html; every text of a source goes through `markup`. The rules: docs/dossier.md.
"""
