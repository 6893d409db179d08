"""Ranking and shortlist of an event by the core.

Imported where it runs: SciPy comes with it, and web workers stay light without it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.core.scoring import (
    Disconnected,
    Group,
    Juror,
    JurorInfluence,
    RankedSubmission,
    Ranking,
    Rating,
    Submission,
    measure_influence,
    rank_submissions,
    weighted_score,
)
from app.core.shortlist import (
    Ballot,
    Candidate,
    Decision,
    Impossible,
    Pin,
    PinAction,
    Policy,
    Shortlist,
    choose_shortlist,
)
from app.domain.funding.outcomes import (
    Inputs,
    JuryGroup,
    Line,
    Outcome,
    Settings,
    SeveralGroups,
    Unfundable,
)

# The contract of the headless command: enough worlds to tell 40 % from 50 %.
N_DRAWS = 200


def compute_shortlist(
    inputs: Inputs, budget_cents: int, policy: str, settings: Settings
) -> Outcome:
    """Return ranking and shortlist; raises SeveralGroups and Unfundable."""
    submissions = [
        Submission(str(each.id), track=each.track, region=each.region)
        for each in inputs.submissions
    ]
    ratings = [_rating(inputs, index) for index in range(len(inputs.ratings))]
    ranking = rank_submissions(
        submissions,
        ratings,
        [Juror(str(j.id), organisation=j.organisation, region=j.region) for j in inputs.jurors],
        scale=(inputs.rubric.scale_min, inputs.rubric.scale_max),
        override=bool(settings.override),
    )
    if isinstance(ranking, Disconnected):
        raise SeveralGroups(tuple(_named(group, inputs) for group in ranking.groups))
    question = _Question(inputs, budget_cents, Policy(policy), settings, ratings)
    shortlist = question.choose(
        {row.submission_id: (row.rank, row.score) for row in ranking.rows}, ranking
    )
    decisions = {each.submission_id: each for each in shortlist.decisions}
    means = _criteria_means(inputs)
    return Outcome(
        lines=tuple(
            _line(row, decisions[row.submission_id], means.get(row.submission_id, []))
            for row in ranking.rows
        ),
        report=_describe(inputs, ranking, shortlist, question.measure(submissions, ranking)),
    )


def _rating(inputs: Inputs, index: int) -> Rating:
    given = inputs.ratings[index]
    marks = tuple(float(mark) for mark in given.marks)
    return Rating(
        str(given.submission_id), str(given.juror_id), weighted_score(marks, given.weights), marks
    )


class _Question:
    """What the shortlist is asked, again and again under other scores."""

    def __init__(
        self,
        inputs: Inputs,
        budget_cents: int,
        policy: Policy,
        settings: Settings,
        ratings: list[Rating],
    ) -> None:
        self.inputs, self.budget_cents, self.policy = inputs, budget_cents, policy
        self.ratings = ratings
        self.pins = [
            Pin(str(key), PinAction.IN, each.reason, each.amount_cents)
            for key, each in settings.partial.items()
        ]
        by_juror: dict[str, dict[str, float]] = {}
        for rating in ratings:
            by_juror.setdefault(rating.juror_id, {})[rating.submission_id] = rating.score
        self.ballots = [Ballot(juror_id, scores) for juror_id, scores in by_juror.items()]

    def choose(
        self, places: Mapping[str, tuple[int | None, float | None]], ranking: Ranking | None = None
    ) -> Shortlist:
        """Return the shortlist for ranks and scores; with a ranking also how sure it is."""
        answer = choose_shortlist(
            [
                Candidate(str(each.id), *places.get(str(each.id), (None, None)), each.ask_cents)
                for each in self.inputs.submissions
            ],
            self.budget_cents,
            self.policy,
            pins=self.pins,
            ballots=self.ballots,
            draws=_worlds(ranking) if ranking else None,
        )
        if isinstance(answer, Impossible):
            raise Unfundable(tuple((each.code, dict(each.values)) for each in answer.reasons))
        return answer

    def measure(
        self, submissions: list[Submission], ranking: Ranking
    ) -> tuple[JurorInfluence, ...]:
        """Return what the choice would be without each juror.

        In rank order the policy itself is asked. The others solve an integer programme each time,
        too slow for a page with many jurors: there, who stands among the first places is asked.
        """
        is_quick = self.policy is Policy.RANK
        return measure_influence(
            submissions, self.ratings, ranking, self._funded_under if is_quick else None
        )

    def _funded_under(self, scores: Mapping[str, float]) -> tuple[str, ...]:
        if any(pin.submission_id not in scores for pin in self.pins):
            # Without that juror a project funded by decision would have no score at all.
            return ()
        best_first = sorted(scores, key=lambda name: (-scores[name], name))
        places = {name: (rank, scores[name]) for rank, name in enumerate(best_first, start=1)}
        return self.choose(places).funded


def _worlds(ranking: Ranking) -> dict[str, Any]:
    return {
        name: ranking.draws.scores[:N_DRAWS, column]
        for column, name in enumerate(ranking.draws.submission_ids)
    }


def _named(group: Group, inputs: Inputs) -> JuryGroup:
    titles = {str(each.id): each.title for each in inputs.submissions}
    pseudonyms = {str(each.id): each.pseudonym for each in inputs.jurors}
    return JuryGroup(
        tuple(titles[key] for key in group.submission_ids),
        tuple(pseudonyms[key] for key in group.juror_ids),
    )


def _criteria_means(inputs: Inputs) -> dict[str, list[float]]:
    sheets: dict[str, list[tuple[int, ...]]] = {}
    for rating in inputs.ratings:
        sheets.setdefault(str(rating.submission_id), []).append(rating.marks)
    return {
        key: [sum(marks) / len(marks) for marks in zip(*rows, strict=True)]
        for key, rows in sheets.items()
    }


def _line(row: RankedSubmission, decision: Decision, means: list[float]) -> Line:
    return Line(
        submission_id=int(row.submission_id),
        rank=row.rank,
        score=row.score,
        raw_mean=row.raw_mean,
        reviews=row.reviews,
        lo90=row.lo90,
        hi90=row.hi90,
        rank_lo=row.rank_lo,
        rank_hi=row.rank_hi,
        disagreement=row.disagreement,
        criteria_means=means,
        p_funded=decision.p_funded,
        is_funded=decision.is_funded,
        amount_cents=decision.amount_cents,
        reason_code=decision.reason.code,
        reason_values=dict(decision.reason.values),
    )


def _describe(
    inputs: Inputs,
    ranking: Ranking,
    shortlist: Shortlist,
    influence: tuple[JurorInfluence, ...],
) -> dict[str, Any]:
    """Return the report: plain data, ids as text, everything that explains the order."""
    rubric = inputs.rubric
    return {
        "inputs_sha256": inputs.sha256,
        "submissions": len(inputs.submissions),
        "scored": len(ranking.draws.submission_ids),
        "sheets": len(inputs.ratings),
        "jurors": len({each.juror_id for each in inputs.ratings}),
        "rubric": {
            "sha256": rubric.sha256,
            "frozen_at": rubric.frozen_at.isoformat() if rubric.frozen_at else None,
            "policy": rubric.policy,
            "scale": [rubric.scale_min, rubric.scale_max],
            "reviews_per_submission": rubric.reviews_per_submission,
            "criteria": [{"name": each.name, "weight": each.weight} for each in rubric.weighted],
        },
        "groups": [
            {"submissions": list(each.submission_ids), "jurors": list(each.juror_ids)}
            for each in ranking.groups
        ],
        "severities": [asdict(each) for each in ranking.severities],
        "outlying": [asdict(each) for each in ranking.outlying],
        "biases": [{**asdict(each), "is_notable": each.is_notable} for each in ranking.biases],
        "influence_by": "policy" if shortlist.policy is Policy.RANK else "places",
        "top": ranking.top,
        "influence": [
            {
                "juror_id": each.juror_id,
                "entered": list(each.entered),
                "left": list(each.left),
                "largest_shift": each.largest_shift,
            }
            for each in influence
        ],
        "ties_drawn": sum(tie.decided_by == "draw" for tie in ranking.ties),
        "notes": [{"code": note.code, "values": dict(note.values)} for note in ranking.warnings],
        "warnings": [{"code": w.code, "values": dict(w.values)} for w in shortlist.warnings],
    }
