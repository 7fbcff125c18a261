"""Cases as pages show them: the sheet and its answers, sheets side by side, history, what is published."""
