"""Judges what another implementation returned (spec/verdicts.md), and names the published definition that it follows (spec/profiles.md)."""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass
from typing import Any, Optional

from . import _structures as c
from ._certificate import Certificate, certificate_of, indices
from ._library import Library
from ._numbers import Exact, bound_of
from ._plan import PROFILES, Parameters, error_of, message_of, with_plan
from ._rows import Rows, vector_of

ACCEPTED = ("EXACT", "TIE", "ROUNDING")
_UNLIKE = 2**64 - 1  # ULPs where one of two values is not finite


@dataclass(frozen=True)
class Difference:
    """A coordinate in which a candidate differs: its value there and the one expected, also as words of the format; how many numbers of the format
    they are apart (None if one is not finite); and, exactly, the greatest that the error may be and the greatest that counts as rounding."""

    coordinate: int
    candidate: float
    expected: float
    candidate_word: int
    expected_word: int
    ulps: Optional[int]
    error: Exact
    bound: Exact


@dataclass(frozen=True)
class Finding:
    """What is known of a candidate.

    verdict         the first that holds of "EXACT", "TIE", "ROUNDING", "BREACH", "AMBIGUOUS", "PROFILE", "WRONG"
    reason          one sentence: what decided, with its numbers
    different       coordinates whose words differ from the rule's output; outside: those whose error is above the bound of rounding
    worst           the coordinates that differ most, at most 8
    ulps_count      66 counts of coordinates: that differ by 0 ULP, then by 2^(k-1) to 2^k - 1; the last one: where one value is not finite
    profile         a published definition other than the paper's that the candidate matches, if any; profile_exact: bit for bit
    profiles        all of them
    selected        the rows that the candidate is the mean of, if that could be found
    gap, resolution of AMBIGUOUS: the relative gap of the scores, and what the dtype can tell
    admissible      choices of exact ties that were tried, of at most admissible_cap; 0 if there is no tie
    honest          of BREACH by distance: the n-f rows for which the guarantee fails
    certificate     of the rule's own run
    """

    verdict: str
    reason: str
    different: int
    outside: int
    worst: tuple[Difference, ...]
    ulps_count: tuple[int, ...]
    profile: Optional[str]
    profile_exact: bool
    profiles: tuple[str, ...]
    selected: Optional[tuple[int, ...]]
    gap: Optional[Exact]
    resolution: Optional[Exact]
    admissible: int
    admissible_cap: int
    honest: Optional[tuple[int, ...]]
    certificate: Certificate

    @property
    def accepted(self) -> bool:
        """Whether the verdict is for the candidate: EXACT, TIE or ROUNDING."""
        return self.verdict in ACCEPTED


def _value(word: int, size: int) -> float:
    value: float = struct.unpack("=f" if size == 4 else "=d", struct.pack("=I" if size == 4 else "=Q", word))[0]
    return value


def _difference(found: c.Difference, size: int) -> Difference:
    return Difference(found.coordinate, _value(found.candidate, size), _value(found.expected, size), found.candidate, found.expected,
                      None if found.ulps == _UNLIKE else found.ulps, bound_of(found.error), bound_of(found.bound))


def _profile_name(lib: Library, profile: int) -> str:
    name: Optional[bytes] = lib.profile_name(profile)
    return name.decode() if name else f"profile {profile}"


def _finding_of(lib: Library, found: c.Finding, rows: Rows, p: Parameters, status: int, message: str) -> Finding:
    verdict = lib.verdict_name(found.verdict).decode()
    ambiguous = verdict == "AMBIGUOUS"
    return Finding(
        verdict=verdict, reason=found.reason.decode("utf-8", "replace"), different=found.different, outside=found.outside,
        worst=tuple(_difference(found.worst[i], rows.dtype.itemsize) for i in range(found.worst_count)), ulps_count=tuple(found.ulps_count),
        profile=_profile_name(lib, found.profile) if found.has_profile else None, profile_exact=bool(found.has_profile and found.profile_exact),
        profiles=tuple(_profile_name(lib, i) for i in range(len(PROFILES)) if found.profiles >> i & 1),
        selected=indices(found.selected, found.selected_count) if found.selection_known else None,
        gap=bound_of(found.gap) if ambiguous else None, resolution=bound_of(found.resolution) if ambiguous else None,
        admissible=found.admissible, admissible_cap=found.admissible_cap,
        honest=indices(found.honest, found.honest_count) if found.honest_count else None,
        certificate=certificate_of(found.expected, p.rule, p.profile, rows.n, rows.d, str(rows.dtype), status, message))


def check(rule: str, inputs: Any, candidate: Any, f: int = 0, **parameters: Any) -> Finding:
    """Judges a candidate for the output of a rule on n rows of d values.

    inputs      the rows, as for aggregate(); candidate: d values of their dtype, an array or a tensor
    parameters  as for aggregate(), but for certificate

    Raises what aggregate() raises; NoValueError, without a certificate, if the rule has no value for these rows; LibraryError if the library cannot
    judge."""
    from .preaggregators import stages_of

    rows, p = Rows(inputs, "inputs"), Parameters(rule, f, **parameters)
    values = vector_of("candidate", candidate, rows.d, rows.dtype)

    def use(lib: Library, plan: ctypes.c_void_p) -> Finding:
        found, message = c.Finding(), c.Message()
        status = lib.check_run(plan, rows.matrix(), values.ctypes.data, found, message)
        text = message_of(message)
        if status not in (c.OK, c.NOT_FINITE):
            raise error_of(status, text)
        return _finding_of(lib, found, rows, p, status, text)

    finding: Finding = with_plan(rows, p, stages_of(p.pre), use, long=True)
    return finding


def identify(rule: str, inputs: Any, candidate: Any, f: int = 0, **parameters: Any) -> tuple[str, ...]:
    """The published definitions that the candidate matches, bit for bit or within rounding: "paper" first, if it is the paper's. Empty if none."""
    finding = check(rule, inputs, candidate, f, **parameters)
    paper = ("paper",) if finding.accepted and parameters.get("profile", "paper") == "paper" else ()
    return paper + tuple(name for name in finding.profiles if name != "paper")
