"""The taxonomy's data, one module for each area."""
