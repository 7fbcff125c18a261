"""Pure: who says that who did what to whom, where, when and how many."""
