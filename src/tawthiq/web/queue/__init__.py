"""The queue in pages: what waits for a person, worked through one item after the other."""
