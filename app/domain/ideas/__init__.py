"""Ideas, comments, support and rankings."""
