"""Actors and places of people's own, in the pages: what is shown of them, and the forms by which they are decided about."""
