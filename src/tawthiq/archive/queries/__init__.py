"""Questions that pages and commands ask of the rows; each answers with a constant number of queries."""
