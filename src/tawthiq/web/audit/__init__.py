"""The page of who did what: the custody log's entries in words, narrowed, and each with what it commits to."""
