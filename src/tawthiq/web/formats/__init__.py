"""How dates and numbers are written, by language, where Django's own tables do not write them as our readers do."""
