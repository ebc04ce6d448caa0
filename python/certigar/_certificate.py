"""What is known of a result besides its bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from . import _structures as c
from ._numbers import Exact, Interval, bound_of, interval_of

_NO_MARGIN = ("geometric-median", "centered-clipping", "caf", "smea")


@dataclass(frozen=True)
class Certificate:
    """What certigar knows of a result (spec/rules.md, section 5). Numbers that need not be integers are exact: a fractions.Fraction, or an infinity
    as a float. Rows are numbered from 0, after pre-aggregations if there are any; `nonfinite_rows` are rows of the input.

    rule, profile, n, d, dtype  what was aggregated: n rows of d values of dtype "float32" or "float64"
    status              "ok"; "not finite": a coordinate of the output is not finite, or more than f rows are not; "no value": there is no output
    message             what was not finite; empty if the status is "ok"
    nonfinite_rows      rows that hold a NaN or an infinity, ascending
    nonfinite_outputs   how many coordinates of the output are not finite
    ties                coordinates with a tie, and selections with one
    selected            rows that the output is made of, ascending; None for a rule that selects none
    scores              an interval for each row's exact score; None for a rule without scores
    margin              no more than |second - first| / |first|, first the last score kept and second the first left out; 0 exactly if there is a
                        tie; None for a rule that makes no choice by scores
    gap, objective      geometric-median: the sum of the distances to the finite rows is in `objective`, and at most `gap` above the least
    iterations          geometric-median: how many were made
    exact_distances     distances and norms that were computed exactly; exact_evaluations: means that took the wide accumulator
    """

    rule: str
    profile: str
    n: int
    d: int
    dtype: str
    status: str
    message: str
    nonfinite_rows: tuple[int, ...]
    nonfinite_outputs: int
    ties: int
    selected: Optional[tuple[int, ...]]
    scores: Optional[tuple[Interval, ...]]
    margin: Optional[Exact]
    gap: Optional[Exact]
    objective: Optional[Interval]
    iterations: Optional[int]
    exact_distances: int
    exact_evaluations: int


def indices(pointer: Any, count: int) -> tuple[int, ...]:
    return tuple(pointer[:count]) if pointer else ()


def status_name(status: int) -> str:
    return {c.OK: "ok", c.NOT_FINITE: "not finite", c.NO_VALUE: "no value"}[status]


def certificate_of(found: c.Certificate, rule: str, profile: str, n: int, d: int, dtype: str, status: int, message: str) -> Certificate:
    """The library's certificate, copied."""
    median = rule == "geometric-median" and status != c.NO_VALUE
    return Certificate(
        rule=rule, profile=profile, n=n, d=d, dtype=dtype, status=status_name(status), message=message,
        nonfinite_rows=indices(found.nonfinite_rows, found.nonfinite_row_count), nonfinite_outputs=found.nonfinite_outputs, ties=found.ties,
        selected=indices(found.selected, found.selected_count) if found.selected else None,
        scores=tuple(interval_of(found.scores[i]) for i in range(found.score_count)) if found.scores else None,
        margin=bound_of(found.margin) if found.selected and rule not in _NO_MARGIN else None,
        gap=bound_of(found.gap) if median else None, objective=interval_of(found.objective) if median else None,
        iterations=found.iterations if median else None,
        exact_distances=found.exact_distances, exact_evaluations=found.exact_evaluations)
