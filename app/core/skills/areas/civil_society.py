"""Skills of the area."""

SKILLS = """
"""
