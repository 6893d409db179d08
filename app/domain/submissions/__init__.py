"""What teams hand in."""
