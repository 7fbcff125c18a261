"""Incidents in the formats of other documentation programs, and reading theirs: FollowTheMoney, Uwazi, Bayanat."""
