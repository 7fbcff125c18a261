"""Django's PostgreSQL backend with SQLite's habits, so that both databases keep one archive alike."""
