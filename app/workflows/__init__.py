"""Commands that write to several nouns, each in one commit."""
