"""aggregate: any rule on any rows."""

from __future__ import annotations

import ctypes
import warnings
from typing import Any, Literal, Optional, Union, overload

import numpy as np

from . import _structures as c
from ._certificate import Certificate, certificate_of
from ._library import Library
from ._plan import Loss, Parameters, Pre, Progress, error_of, message_of, with_plan
from ._rows import Rows
from .errors import NotFiniteWarning, NoValueError


def run(rows: Rows, parameters: Parameters) -> tuple[Any, Certificate]:
    """The output, as an array, and its certificate."""
    from .preaggregators import stages_of

    output = np.empty(rows.d, rows.dtype)

    def use(lib: Library, plan: ctypes.c_void_p) -> Certificate:
        found, message = c.Certificate(), c.Message()
        status = lib.plan_run(plan, rows.matrix(), output.ctypes.data, found, message)
        text = message_of(message)
        if status not in (c.OK, c.NOT_FINITE, c.NO_VALUE):
            raise error_of(status, text)
        certificate = certificate_of(found, parameters.rule, parameters.profile, rows.n, rows.d, str(rows.dtype), status, text)
        if status == c.NO_VALUE:
            raise NoValueError(text, certificate)
        return certificate

    return output, with_plan(rows, parameters, stages_of(parameters.pre), use)


@overload
def aggregate(rule: str, x: Any, f: int = 0, *, certificate: Literal[False] = False, m: Optional[int] = None, median: Optional[str] = None,
              variant: Optional[str] = None, pivot: Optional[int] = None, beta: Any = None, threshold: Any = None, tau: Any = None,
              iterations: Optional[int] = None, centre: Any = None, tolerance: Any = None, scores: Any = None, loss: Optional[Loss] = None,
              rho: Any = None, pre: Pre = (), profile: str = "paper", threads: Optional[int] = None, level: str = "best",
              progress: Optional[Progress] = None) -> Any: ...


@overload
def aggregate(rule: str, x: Any, f: int = 0, *, certificate: Literal[True], m: Optional[int] = None, median: Optional[str] = None,
              variant: Optional[str] = None, pivot: Optional[int] = None, beta: Any = None, threshold: Any = None, tau: Any = None,
              iterations: Optional[int] = None, centre: Any = None, tolerance: Any = None, scores: Any = None, loss: Optional[Loss] = None,
              rho: Any = None, pre: Pre = (), profile: str = "paper", threads: Optional[int] = None, level: str = "best",
              progress: Optional[Progress] = None) -> tuple[Any, Certificate]: ...


@overload
def aggregate(rule: str, x: Any, f: int = 0, *, certificate: bool, **parameters: Any) -> Union[Any, tuple[Any, Certificate]]: ...


def aggregate(rule: str, x: Any, f: int = 0, *, certificate: bool = False, **parameters: Any) -> Union[Any, tuple[Any, Certificate]]:
    """Aggregates n rows of d values each into one row of d values, by any rule.

    x            n x d: a NumPy array of float32 or float64, of any strides and byte order; a torch tensor of these on the CPU; or a list or tuple of
                 n vectors, each such an array or tensor. It is never written to, and read where it is, but for a list of vectors that do not lie at
                 equal distances in memory, which is copied.
    rule         its name: "average", "median", "trimmed-mean", "meamed", "krum", "multi-krum", "bulyan", "multi-bulyan", "mda", "cge", "monna",
                 "geometric-median", "brsgd", "zeno", "centered-clipping", "caf", "smea" (spec/rules.md defines them); there is a function for each
    f            the declared number of Byzantine rows
    certificate  whether to return (output, Certificate)
    pre          pre-aggregations, applied in this order before the rule: objects of NNM, Bucketing, Clipping, ARC, or text as for the program:
                 "nnm", "bucketing:s=2,seed=7", "clip:tau=1/2", "arc"; at most eight
    profile      whose definition of the rule: "paper" (spec/rules.md), or a published implementation's (spec/profiles.md): "byzfl", "lpd-py",
                 "lpd-native", "krum2", "flower-legacy", "flower", "epfml", "torchjd", "fedml"
    threads      1 to 1024, by default as many as are useful; level: "best", "baseline", "x86-64-v3" or "x86-64-v4". They change no result.
    progress     progress(done, total), in coordinates, called soon at first, then 50 times a second at most; a result that is true stops the work
                 (StoppedError)

    Parameters of one rule, at the default of the rule if they are not given: m (multi-krum), median ("midpoint", "lower" or "upper"; median),
    variant ("one-pass" or "iterated"; multi-bulyan), pivot (monna), tolerance (geometric-median), beta, threshold (brsgd), scores or loss and rho
    (zeno), tau, iterations, centre (centered-clipping); see the functions. Real parameters are exact: text such as "0.1" (one tenth) or "1/3", int,
    Fraction and Decimal are what they say, and the float 0.1 is the binary64 number 3602879701896397/2^55.

    Returns a new array or tensor, as the rows were, of their dtype, in this processor's byte order.
    Warns with NotFiniteWarning if a coordinate of the output is not finite or more than f rows are not; with certificate=True, certificate.status
    says so instead.
    Raises ParameterError (a ValueError) for what is out of range, TypeError for what is of a wrong type, NoValueError if the rule has no value for
    these rows, StoppedError, NoMemoryError, LibraryError; what a callback raised; and KeyboardInterrupt, which stops the work.
    """
    rows = Rows(x)
    output, known = run(rows, Parameters(rule, f, **parameters))
    if certificate:
        return rows.same_kind(output), known
    if known.status != "ok":
        warnings.warn(f"{rule}: {known.message}", NotFiniteWarning, stacklevel=_depth())
    return rows.same_kind(output)


def _depth() -> int:
    """How far above this function's caller the first frame outside this package is, for warnings."""
    import sys

    depth, frame = 2, sys._getframe(2)
    while frame is not None and frame.f_globals.get("__package__") == __package__ and frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    return depth
