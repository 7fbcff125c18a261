"""The desk at which people decide about links: tellings side by side, what speaks for and against, what is in force."""
