"""Custody: digests, the Merkle log, checkpoints and their proofs, all pure.

| module | owns | specification |
|---|---|---|
| `entry` | an event, salted and hashed into the 32 bytes that the log holds | docs/custody-format.md |
| `merkle` | tree hashes, inclusion and consistency proofs | RFC 6962 section 2.1 |
| `tiles` | the tree as files: tile paths and bytes, the growing right edge | C2SP tlog-tiles |
| `note` | signed notes and Ed25519 verifier keys | C2SP signed-note |
| `checkpoint` | the signed head of the log | C2SP tlog-checkpoint |
| `cosignature` | what other teams sign of a checkpoint | C2SP tlog-cosignature |
| `witnessing` | requests for cosignatures, and whether to give one | C2SP tlog-witness |
| `age` | files locked with a passphrase | C2SP age |
| `timestamps` | queries to timestamp authorities, and what a reply proves | RFC 3161 |
| `der`, `set_order`, `signing_certificate` | what a strict reader of replies lacks | X.690, RFC 5652, RFC 5035 |
| `opentimestamps` | proofs by calendars and Bitcoin blocks | OpenTimestamps |
| `proof` | one text file that proves one entry offline | C2SP tlog-proof |
| `meaning` | what a passing check proves and leaves open, in English and Arabic | docs/custody-format.md |

Bytes come in and go out; files, clocks and locks belong to `tawthiq.store`. Whatever is malformed raises a TawthiqError.
"""
