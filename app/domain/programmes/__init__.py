"""Programmes, events, phases and roles."""
