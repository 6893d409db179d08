"""Panels, rubrics, assignments and sheets."""
