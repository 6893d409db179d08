"""Rankings, shortlists and results."""
