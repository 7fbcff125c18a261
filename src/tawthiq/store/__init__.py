"""The archive folder on disk: evidence files, the log's files, keys, locks and recovery."""
