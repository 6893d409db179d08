"""Reasons."""


def explain(problem, evaluation, archetypes, labels):
    return ()
