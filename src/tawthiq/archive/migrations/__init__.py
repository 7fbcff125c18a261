"""Migrations of the archive app, from the first commit on."""
