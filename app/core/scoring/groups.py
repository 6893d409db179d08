"""Which submissions and jurors hang together: the connected components of the review graph."""

from collections.abc import Iterable

from app.core.scoring.types import Group


def find_groups(pairs: Iterable[tuple[str, str]]) -> tuple[Group, ...]:
    """Return the connected components of the graph of submissions and jurors.

    Two submissions can be compared only when a chain of shared jurors joins them: within a
    component severity and quality are told apart, across components they are not.

    Parameters
    ----------
    pairs : iterable of (submission id, juror id)

    Returns
    -------
    tuple of Group
        Most submissions first, then most jurors, then by first appearance.
    """
    jurors_of: dict[str, list[str]] = {}
    submissions_of: dict[str, list[str]] = {}
    for submission, juror in pairs:
        jurors_of.setdefault(submission, []).append(juror)
        submissions_of.setdefault(juror, []).append(submission)
    reached: set[str] = set()
    groups: list[Group] = []
    for start in jurors_of:
        if start not in reached:
            submissions, jurors = _reach(start, jurors_of, submissions_of)
            reached |= submissions
            groups.append(
                Group(
                    tuple(name for name in jurors_of if name in submissions),
                    tuple(name for name in submissions_of if name in jurors),
                )
            )
    groups.sort(key=lambda group: (-len(group.submission_ids), -len(group.juror_ids)))
    return tuple(groups)


def _reach(
    start: str, jurors_of: dict[str, list[str]], submissions_of: dict[str, list[str]]
) -> tuple[set[str], set[str]]:
    """Return the submissions and jurors that can be reached from one submission."""
    submissions, jurors, waiting = {start}, set[str](), [start]
    while waiting:
        for juror in jurors_of[waiting.pop()]:
            if juror not in jurors:
                jurors.add(juror)
                found = [name for name in submissions_of[juror] if name not in submissions]
                submissions.update(found)
                waiting.extend(found)
    return submissions, jurors
