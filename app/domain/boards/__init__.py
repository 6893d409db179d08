"""Jam boards and their log."""
