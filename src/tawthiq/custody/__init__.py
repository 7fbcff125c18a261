"""Pure: digests, the Merkle log, checkpoints and their verification."""
