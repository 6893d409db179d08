"""People, sign-in, profiles and consents."""
