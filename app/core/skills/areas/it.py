"""Skills of the area."""

SKILLS = """
python = Python | py
javascript = JavaScript | js; java script; ecmascript
java = Java
"""
