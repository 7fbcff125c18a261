"""Coverage-guided fuzzing of what reads hostile input (`make fuzz`; needs the extra `fuzz`)."""
