"""Migrations of the casework app, from the first commit on."""
