"""The jury on a real database."""
