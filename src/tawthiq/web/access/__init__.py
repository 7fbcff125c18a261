"""The pages of groups and restrictions, and the marks on restricted items."""
