"""Pure: copy families and incidents proposed from events, contradictions kept."""
