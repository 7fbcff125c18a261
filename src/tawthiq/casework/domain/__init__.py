"""Actions of people: each does one thing in one transaction."""
