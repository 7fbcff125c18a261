"""Steps that lead from evidence to readings, with jobs, progress and resume."""
