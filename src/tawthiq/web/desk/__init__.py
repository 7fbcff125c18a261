"""The desk: the preserved text beside the reading, and people's decisions about it."""
