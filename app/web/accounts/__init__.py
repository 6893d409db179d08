"""Registration, sign-in, and what belongs to an account rather than to a profile."""
