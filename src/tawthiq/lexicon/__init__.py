"""Vocabulary as data: tables and the one loader that validates them."""
