"""Pure: HTML or plain text to labelled zones with offsets."""
