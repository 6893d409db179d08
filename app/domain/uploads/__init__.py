"""Files that people add."""
