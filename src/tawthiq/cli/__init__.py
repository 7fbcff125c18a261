"""The command line: one file a verb, each a thin edge over `pipeline`, `archive` and `casework`."""
