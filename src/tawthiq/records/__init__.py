"""Frozen records and the error tree: the only home of types that rooms share. One module per noun."""
