"""A function for each rule. What each returns, bit for bit, is said in spec/rules.md.

All take x, n rows of d values, and f, the declared number of Byzantine rows, as aggregate() does, and its keywords: certificate, pre, profile,
threads, level, progress. They return what aggregate() returns, and raise what it raises. Needs, if nothing else is said: 2f < n.
"""

from __future__ import annotations

from typing import Any, Optional

from ._aggregate import aggregate
from ._numbers import Real
from ._plan import Loss


def average(x: Any, f: int = 0, **common: Any) -> Any:
    """The mean of each column. No resilience (Blanchard et al. 2017, Lemma 1)."""
    return aggregate("average", x, f, **common)


def median(x: Any, f: int = 0, *, kind: Optional[str] = None, **common: Any) -> Any:
    """The middle value of each column (Yin et al. 2018, Definition 1). kind: the median of an even number of values, "midpoint" (default), "lower" or
    "upper"."""
    return aggregate("median", x, f, median=kind, **common)


def trimmed_mean(x: Any, f: int = 0, **common: Any) -> Any:
    """The mean of each column without its f lowest and f highest values (Yin et al. 2018, Definition 2)."""
    return aggregate("trimmed-mean", x, f, **common)


def meamed(x: Any, f: int = 0, **common: Any) -> Any:
    """The mean of the n-f values of each column that are closest to its median (Xie et al. 2018, Definition 3)."""
    return aggregate("meamed", x, f, **common)


def krum(x: Any, f: int = 0, **common: Any) -> Any:
    """The row whose squared distances from its nearest n-f-2 others have the least sum, bit for bit (Blanchard et al. 2017). Needs n >= 2f+3."""
    return aggregate("krum", x, f, **common)


def multi_krum(x: Any, f: int = 0, *, m: Optional[int] = None, **common: Any) -> Any:
    """The mean of the m rows of least score, scores as in krum (Blanchard et al. 2017). Needs n >= 2f+3 and 1 <= m <= n-f-2, its default."""
    return aggregate("multi-krum", x, f, m=m, **common)


def bulyan(x: Any, f: int = 0, **common: Any) -> Any:
    """Krum n-2f times, each time without its winners so far; then, in each column, the mean of the n-4f values of the winners that are closest to
    their median (El Mhamdi, Guerraoui, Rouault 2018). Needs n >= 4f+3."""
    return aggregate("bulyan", x, f, **common)


def multi_bulyan(x: Any, f: int = 0, *, variant: Optional[str] = None, **common: Any) -> Any:
    """The n-2f-2 rows of multi-krum, then as bulyan (variant "one-pass", default); or the means of as many rounds of multi-krum ("iterated")
    (El Mhamdi, Guerraoui 2019). Needs n >= 4f+3."""
    return aggregate("multi-bulyan", x, f, variant=variant, **common)


def mda(x: Any, f: int = 0, **common: Any) -> Any:
    """The mean of the n-f rows whose greatest distance is least (El Mhamdi et al. 2018)."""
    return aggregate("mda", x, f, **common)


def cge(x: Any, f: int = 0, **common: Any) -> Any:
    """The mean of the n-f rows of least norm (Gupta, Liu, Vaidya 2020)."""
    return aggregate("cge", x, f, **common)


def monna(x: Any, f: int = 0, *, pivot: Optional[int] = None, **common: Any) -> Any:
    """The mean of the row pivot (0 to n-1, default 0) and of the n-f-1 rows nearest to it (Farhadkhani et al. 2023)."""
    return aggregate("monna", x, f, pivot=pivot, **common)


def geometric_median(x: Any, f: int = 0, *, tolerance: Optional[Real] = None, **common: Any) -> Any:
    """A point whose distances to the finite rows have the least sum, within certificate.gap (Chen, Su, Xu 2017). tolerance > 0, by default 1e-9 for
    float64 and 1e-5 for float32: the gap at which the search may end, as a share of the sum of the distances to the nearer half of the rows."""
    return aggregate("geometric-median", x, f, tolerance=tolerance, **common)


def brsgd(x: Any, f: int = 0, *, beta: Optional[Real] = None, threshold: Optional[Real] = None, **common: Any) -> Any:
    """The mean of the rows with most marks for being where the majority is, of those near the median (Li et al., Algorithm 2). beta: the share of the
    rows that is looked at, 0 < beta <= 1/2 (default 1/2); threshold > 0 or "inf" (default): half the greatest distance to the median that is allowed,
    the sum of absolute differences. Raises NoValueError if no row is left."""
    return aggregate("brsgd", x, f, beta=beta, threshold=threshold, **common)


def zeno(x: Any, f: int = 0, *, scores: Any = None, loss: Optional[Loss] = None, rho: Optional[Real] = None, **common: Any) -> Any:
    """The mean of the n-f rows of greatest score (Xie, Koyejo, Gupta 2019). Needs f < n, and one of
    scores    n numbers, one for each row that the rule has after pre-aggregations
    loss      a function of None, the loss at the model, then of each row's number in turn, the loss after a step along it; with rho >= 0 (default 0)
              the score of row i is loss(None) - loss(i) - rho norm(row i)^2, exactly. It is called in the thread that called zeno.
    A NaN as a score ranks last."""
    return aggregate("zeno", x, f, scores=scores, loss=loss, rho=rho, **common)


def centered_clipping(x: Any, f: int = 0, *, tau: Optional[Real] = None, iterations: Optional[int] = None, centre: Any = None,
                      **common: Any) -> Any:
    """A centre (d finite values of the rows' dtype, default zeros) moved, `iterations` times (1 to 10^6, default 1), by the mean of the differences
    of the finite rows to it, each cut to the length tau > 0 (default 100) (Karimireddy, He, Jaggi 2021). Nothing is kept between calls."""
    return aggregate("centered-clipping", x, f, tau=tau, iterations=iterations, centre=centre, **common)


def caf(x: Any, f: int = 0, **common: Any) -> Any:
    """The covariance-bound agnostic filter (Allouah, Guerraoui, Stephan 2025): a mean reached by taking weight from rows along the direction of
    greatest variance."""
    return aggregate("caf", x, f, **common)


def smea(x: Any, f: int = 0, **common: Any) -> Any:
    """The mean of the n-f rows whose covariance has the least greatest eigenvalue (Allouah, Guerraoui et al., ICML 2023)."""
    return aggregate("smea", x, f, **common)
