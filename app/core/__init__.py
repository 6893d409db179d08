"""Pure decisions: no framework, clock, randomness or storage; facts are arguments."""
