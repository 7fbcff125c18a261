"""Questions that pages and commands ask of people's state; each answers with a constant number of queries."""
