"""Charts: numbers in, SVG out. Nothing here asks the database, so that files for others can hold the same pictures."""
