"""`flask demo`: a programme as it stands two days after its jam, built through the services."""
