"""The rules as objects, named as ByzFL's and with its parameters: Krum(f)(vectors).

`vectors` are n rows of d values, as for aggregate(); the result is in their kind and dtype. (ByzFL turns every tensor into float32.) The definitions
are those of the papers (spec/rules.md); with profile="byzfl", for the rules where ByzFL's differs, they are ByzFL's, every decision in them exact.
More keywords of aggregate(), such as threads or pre, may be given to each; with certificate=True a call returns (output, Certificate).
"""

from __future__ import annotations

from typing import Any, Optional

from ._aggregate import aggregate
from ._numbers import Real, whole
from ._plan import Loss
from .errors import ParameterError


class Aggregator:
    """A rule with its parameters."""

    rule = ""

    def __init__(self, f: int = 0, **common: Any) -> None:
        self.f = whole("f", f)
        self._common = common

    def _own(self) -> dict[str, Any]:
        return {}

    def __call__(self, vectors: Any) -> Any:
        return aggregate(self.rule, vectors, self.f, **self._own(), **self._common)


class Average(Aggregator):
    """The mean. As ByzFL's, but exact and rounded once."""

    rule = "average"

    def __init__(self, **common: Any) -> None:
        super().__init__(0, **common)


class Median(Aggregator):
    """The middle value of each column. Differs from ByzFL's by being exact, and where there are NaN: these come last in the order here."""

    rule = "median"

    def __init__(self, **common: Any) -> None:
        super().__init__(0, **common)


class TrMean(Aggregator):
    """The mean of each column without its f lowest and f highest values. As ByzFL's, but exact and rounded once."""

    rule = "trimmed-mean"


class Meamed(Aggregator):
    """The mean of the n-f values of each column closest to its median. ByzFL's leaves open which of two equally close values it takes."""

    rule = "meamed"


class Krum(Aggregator):
    """The row of least score, n >= 2f+3. The score is over the nearest n-f-2 others; ByzFL's is over n-f-1 of them, and needs n > 2f only."""

    rule = "krum"


class MultiKrum(Aggregator):
    """The mean of the m rows of least score, by default n-f-2, its greatest. ByzFL's takes n-f rows, by scores over the nearest n-f-1 others."""

    rule = "multi-krum"

    def __init__(self, f: int = 0, m: Optional[int] = None, **common: Any) -> None:
        super().__init__(f, **common)
        self.m = m

    def _own(self) -> dict[str, Any]:
        return {"m": self.m}


class MDA(Aggregator):
    """The mean of the n-f rows whose greatest distance is least. As ByzFL's, but that its distances are rounded, which decides near ties."""

    rule = "mda"


class MoNNA(Aggregator):
    """The mean of row idx and of the n-f-1 rows nearest to it. ByzFL's finds row idx by its distance, so that equal rows decide otherwise."""

    rule = "monna"

    def __init__(self, f: int = 0, idx: int = 0, **common: Any) -> None:
        super().__init__(f, **common)
        self.idx = whole("idx", idx)

    def _own(self) -> dict[str, Any]:
        return {"pivot": self.idx}


class GeometricMedian(Aggregator):
    """The geometric median itself, within a certified gap of at most `tolerance`. ByzFL's is T = 3 steps of Weiszfeld's iteration from the zero
    vector with the floor nu = 0.1 under distances: nu and T are taken with profile="byzfl" alone, and at these values, its defaults."""

    rule = "geometric-median"

    def __init__(self, nu: Optional[float] = None, T: Optional[int] = None, *, tolerance: Optional[Real] = None, profile: str = "paper",
                 **common: Any) -> None:
        super().__init__(0, profile=profile, **common)
        if profile == "paper" and (nu is not None or T is not None):
            raise ParameterError("geometric-median takes no nu or T: it is not an iteration that is cut off; profile='byzfl' is ByzFL's")
        if nu not in (None, 0.1) or T not in (None, 3):
            raise ParameterError(f"geometric-median: nu = {nu}, T = {T}, must be 0.1 and 3 with profile={profile!r}")
        self.nu, self.T, self.tolerance = nu, T, tolerance

    def _own(self) -> dict[str, Any]:
        return {"tolerance": self.tolerance}


class CenteredClipping(Aggregator):
    """A centre m (default zeros) moved L times by the mean of the differences to it, each cut to the length tau. As in ByzFL and in the paper, what a
    call returns is the centre of the next; m is it. ByzFL's refuses every m that is given, and lets a row that is not finite spoil the result."""

    rule = "centered-clipping"

    def __init__(self, m: Any = None, L: int = 1, tau: Real = 100, **common: Any) -> None:
        super().__init__(0, **common)
        self.m, self.L, self.tau = m, whole("L", L), tau

    def _own(self) -> dict[str, Any]:
        return {"centre": self.m, "iterations": self.L, "tau": self.tau}

    def __call__(self, vectors: Any) -> Any:
        result = super().__call__(vectors)
        self.m = result[0] if isinstance(result, tuple) else result
        return result


class CAF(Aggregator):
    """The covariance-bound agnostic filter. ByzFL's finds the direction of greatest variance by power iteration from a random vector."""

    rule = "caf"


class SMEA(Aggregator):
    """The mean of the n-f rows whose covariance has the least greatest eigenvalue. As ByzFL's, but that its eigenvalues are rounded."""

    rule = "smea"


class Bulyan(Aggregator):
    """Krum n-2f times, then the mean of the values around the median, n >= 4f+3. Not in ByzFL."""

    rule = "bulyan"


class MultiBulyan(Aggregator):
    """The rows of multi-krum, then the mean of the values around the median, n >= 4f+3; variant "one-pass" or "iterated". Not in ByzFL."""

    rule = "multi-bulyan"

    def __init__(self, f: int = 0, variant: str = "one-pass", **common: Any) -> None:
        super().__init__(f, **common)
        self.variant = variant

    def _own(self) -> dict[str, Any]:
        return {"variant": self.variant}


class CGE(Aggregator):
    """The mean of the n-f rows of least norm. Not in ByzFL."""

    rule = "cge"


class BrSGD(Aggregator):
    """The mean of the rows with most marks, 0 < beta <= 1/2, within threshold of the median. Not in ByzFL."""

    rule = "brsgd"

    def __init__(self, f: int = 0, beta: Real = "1/2", threshold: Real = "inf", **common: Any) -> None:
        super().__init__(f, **common)
        self.beta, self.threshold = beta, threshold

    def _own(self) -> dict[str, Any]:
        return {"beta": self.beta, "threshold": self.threshold}


class Zeno(Aggregator):
    """The mean of the n-f rows of greatest score: Zeno(f)(vectors, scores=...), or Zeno(f, rho)(vectors, loss=...). Not in ByzFL."""

    rule = "zeno"

    def __init__(self, f: int = 0, rho: Optional[Real] = None, **common: Any) -> None:
        super().__init__(f, **common)
        self.rho = rho

    def __call__(self, vectors: Any, scores: Any = None, loss: Optional[Loss] = None) -> Any:
        return aggregate(self.rule, vectors, self.f, rho=self.rho, scores=scores, loss=loss, **self._common)
