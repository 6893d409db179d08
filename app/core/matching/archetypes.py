"""Archetypes: kinds of skill profiles among the people. They seed and explain, never are teams."""

import numpy as np
from numpy.typing import NDArray

from app.core.matching.features import Features, IntArray
from app.core.matching.types import Archetype

_MOST = 6
_MINI_BATCH_ABOVE = 5_000


def find_archetypes(features: Features, seed: int) -> tuple[IntArray, tuple[Archetype, ...]]:
    """Cluster the people's skill levels (and nothing else about them).

    Parameters
    ----------
    features : Features
    seed : int
        For the clustering's random starts.

    Returns
    -------
    labels : [N] int
        Archetype of each person.
    archetypes : tuple of Archetype
        Each named by the skills in which it most exceeds everyone's mean. People without any
        skill levels form an archetype of their own name, "open to anything".

    Notes
    -----
    scikit-learn's KMeans, MiniBatchKMeans above 5,000 people (Sculley, WWW 2010).
    """
    levels = np.asarray(features.levels / np.float32(4), np.float32)
    distinct = len(np.unique(levels[:5_000], axis=0)) if levels.shape[1] else 1
    count = min(_MOST, distinct)
    if count < 2:
        return np.zeros(len(levels), np.int64), (_describe(features, np.arange(len(levels))),)
    labels = _cluster(levels, count, seed)
    found = [np.flatnonzero(labels == label) for label in range(count)]
    found = [members for members in found if len(members)]
    renumbered = np.zeros(len(levels), np.int64)
    for number, members in enumerate(found):
        renumbered[members] = number
    return renumbered, tuple(_describe(features, members) for members in found)


def _cluster(levels: NDArray[np.float32], count: int, seed: int) -> IntArray:
    # scikit-learn takes a second to import, which no web worker should pay.
    from sklearn.cluster import KMeans, MiniBatchKMeans  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    kind = KMeans if len(levels) <= _MINI_BATCH_ABOVE else MiniBatchKMeans
    model = kind(count, n_init=3, random_state=seed % 2**32)
    # More threads add up partial sums in any order, and the teams would hang on the last bit.
    with threadpool_limits(limits=1):
        return np.asarray(model.fit_predict(levels), np.int64)


def _describe(features: Features, members: IntArray) -> Archetype:
    """Name an archetype after up to three skills that set its members apart."""
    inside = features.levels[members].mean(0) if len(features.skills) else np.zeros(0)
    lead = inside - features.levels.mean(0) if len(features.skills) else inside
    telling = [int(i) for i in np.argsort(-lead, kind="stable")[:3] if inside[i] >= 0.5]
    telling = telling or [int(i) for i in np.argsort(-inside, kind="stable")[:1] if inside[i] > 0]
    skills = tuple(features.skills[i] for i in telling)
    labels = features.problem.skill_labels
    name = ", ".join(labels.get(key, key) for key in skills) or "open to anything"
    return Archetype(name, skills, len(members))
