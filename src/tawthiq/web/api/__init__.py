"""The API for programs: read-only, versioned, closed without a token. What it answers and how it says so: docs/api.md."""
