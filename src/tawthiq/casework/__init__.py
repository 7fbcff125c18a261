"""Django app of people's state: users and their roles now; reviews and decisions later."""
