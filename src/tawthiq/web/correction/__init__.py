"""The desk at which a person corrects a page: drafts, lines, marks, dates; pure but for `effect`."""
