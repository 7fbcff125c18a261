"""Publication: files for others, made of records, bytes and paths that the rooms above hand in.

| module | owns | specification |
|---|---|---|
| `zip_layout` | the one layout of a package's ZIP file, byte for byte | PKWARE APPNOTE 6.3.10, stored members only |
| `zip_file` | writing and strictly reading that layout, as streams | the same |
| `url_keys`, `replay_index` | the index by which replay finds records | CDXJ 0.1.0 |
| `contents` | what goes into a package | docs/custody-format.md, "Evidence packages" |
| `package` | writing a package | WACZ 1.1.1 |
| `explanation` | what a package says of itself to people, in Arabic and English | |

Nothing here opens an archive: `pipeline.packaging` composes. Nothing here is signed; proofs come from the custody log.
"""
