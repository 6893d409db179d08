"""Pure decisions: no framework, clock, storage or unseeded randomness."""
