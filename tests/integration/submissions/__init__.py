"""Submissions on a real database."""
