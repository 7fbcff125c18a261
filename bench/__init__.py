"""Speed, measured beside peers in the same run; never a timed test."""
