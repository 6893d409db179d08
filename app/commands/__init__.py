"""The `flask …` commands."""
