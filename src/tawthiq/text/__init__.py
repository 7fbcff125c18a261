"""Pure: offsets, Arabic folding, tokens, numbers, dates and sentences."""
