"""How sure the shortlist is: the share of score draws in which each candidate is funded."""

from collections.abc import Mapping, Sequence

import numpy as np

from app.core.shortlist.case import Case
from app.core.shortlist.ledger import Ledger
from app.core.shortlist.policies import Voters, choose_greedily
from app.core.shortlist.types import Ballot, FloatArray, Policy


def estimate_chances(
    case: Case, policy: Policy, draws: Mapping[str, FloatArray], ballots: Sequence[Ballot]
) -> FloatArray:
    """Return the share of draws in which the greedy form of a policy funds each, shape (n,).

    Parameters
    ----------
    case : Case
    policy : Policy
    draws : mapping of submission id to scores, all of one shape (draws,)
        Equally likely worlds. A scored submission without draws keeps its score.
    ballots : sequence of Ballot
    """
    count = len(next(iter(draws.values())))
    known = zip(case.ids, case.scores, strict=True)
    worlds = np.stack([draws.get(name, np.full(count, score)) for name, score in known])
    worlds[np.isneginf(case.scores)] = -np.inf
    voters = Voters(case, ballots) if policy is Policy.SHARES else None
    start = Ledger(case, is_exact=False)
    funded = np.zeros(len(case.ids))
    for world in worlds.T:
        funded += choose_greedily(case.with_scores(world), policy, start.copy(), voters)
    return funded / count
