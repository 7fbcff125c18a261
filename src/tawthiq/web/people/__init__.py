"""How pairs of persons are shown."""
