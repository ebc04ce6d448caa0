"""certigar: Byzantine-resilient gradient aggregation, exact, and proved in part. The library libcertigar from Python, by ctypes.

    >>> import certigar, numpy as np
    >>> x = np.array([[1, 2], [3, 4], [5, 6], [7, 8], [1e30, -1e30]], np.float32)   # 5 rows (workers) of 2 values
    >>> certigar.trimmed_mean(x, f=1)
    array([5., 4.], dtype=float32)
    >>> output, certificate = certigar.krum(x, f=1, certificate=True)
    >>> certificate.selected
    (1,)

A function for each rule (certigar.rules), aggregate() for any of them; objects named as ByzFL's (certigar.aggregators, certigar.preaggregators);
check() and identify() judge what another implementation returned (certigar.checking); certigar.testing is for tests.
What every output bit must be is said in spec/rules.md. The shared library is looked for as certigar._library says; CERTIGAR_LIBRARY names another.
"""

from ._aggregate import aggregate
from ._certificate import Certificate
from ._numbers import Exact, Interval, Real
from ._plan import PROFILES, RULES
from ._version import __version__
from .aggregators import (CAF, CGE, MDA, SMEA, Average, BrSGD, Bulyan, CenteredClipping, GeometricMedian, Krum, Meamed, Median, MoNNA, MultiBulyan,
                          MultiKrum, TrMean, Zeno)
from .checking import Difference, Finding, check, identify
from .errors import CertigarError, LibraryError, NoMemoryError, NotFiniteWarning, NoValueError, ParameterError, StoppedError
from .preaggregators import ARC, NNM, Bucketing, Clipping
from .rules import (average, brsgd, bulyan, caf, centered_clipping, cge, geometric_median, krum, mda, meamed, median, monna, multi_bulyan, multi_krum,
                    smea, trimmed_mean, zeno)
from .zeno_server import ZenoServer

__all__ = [
    "ARC", "Average", "BrSGD", "Bucketing", "Bulyan", "CAF", "CGE", "CenteredClipping", "Certificate", "CertigarError", "Clipping", "Difference",
    "Exact", "Finding", "GeometricMedian", "Interval", "Krum", "LibraryError", "MDA", "Meamed", "Median", "MoNNA", "MultiBulyan", "MultiKrum", "NNM",
    "NoMemoryError", "NoValueError", "NotFiniteWarning", "PROFILES", "ParameterError", "RULES", "Real", "SMEA", "StoppedError", "TrMean", "Zeno",
    "ZenoServer", "__version__", "aggregate", "average", "brsgd", "bulyan", "caf", "centered_clipping", "cge", "check", "geometric_median",
    "identify", "krum", "mda", "meamed", "median", "monna", "multi_bulyan", "multi_krum", "smea", "trimmed_mean", "zeno",
]
