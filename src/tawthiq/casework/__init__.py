"""What people decide: users, roles, decisions, incidents under review (a Django application)."""
