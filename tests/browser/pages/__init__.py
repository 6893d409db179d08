"""Pages as the people who use them know them: where things stand and what can be done there."""
