"""Matching runs, teams and members."""
