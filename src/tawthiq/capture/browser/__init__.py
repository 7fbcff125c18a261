"""Visiting pages with a real browser: a gate in front of it, a recorder beside it, pictures of what it showed."""
