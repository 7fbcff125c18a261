"""Importing tables in the pages: keeping the file, saying what its columns hold, the dry run, letting the rows in."""
