"""Registering, signing in and out, passwords and addresses."""
