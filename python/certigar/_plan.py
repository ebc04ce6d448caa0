"""Parameters in the library's form, and its plans."""

from __future__ import annotations

import ctypes
import functools
import os
import time
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Optional, Protocol, Union

import numpy as np

from . import _structures as c
from ._call import Call
from ._library import Library, library
from ._numbers import exact_text, whole
from ._rows import Rows, vector_of
from .errors import CertigarError, NoMemoryError, NoValueError, ParameterError, StoppedError

Loss = Callable[[Optional[int]], float]
Progress = Callable[[int, int], Any]


class Stage(Protocol):
    """A pre-aggregation: adds itself to options of the library that have this f, and says how many rows it makes of n."""

    def add(self, lib: Library, options: ctypes.c_void_p, f: int) -> None: ...

    def rows(self, n: int) -> int: ...


Pre = Iterable[Union[str, Stage]]

RULES = ("average", "median", "trimmed-mean", "meamed", "krum", "multi-krum", "bulyan", "multi-bulyan", "mda", "cge", "monna", "geometric-median",
         "brsgd", "zeno", "centered-clipping", "caf", "smea")
PROFILES = ("paper", "byzfl", "lpd-py", "lpd-native", "krum2", "flower-legacy", "flower", "epfml", "torchjd", "fedml")

# The parameters that belong to one rule.
OWN = {"median": ("median",), "multi-krum": ("m",), "multi-bulyan": ("variant",), "monna": ("pivot",), "geometric-median": ("tolerance",),
       "brsgd": ("beta", "threshold"), "zeno": ("scores", "loss", "rho"), "centered-clipping": ("tau", "iterations", "centre")}
# Rules whose time is not told by the size of the matrix.
_LONG = ("mda", "geometric-median", "centered-clipping", "caf", "smea", "bulyan", "multi-bulyan")
_PROGRESS_SECONDS = 0.02  # between two calls of a user's progress, each of which another thread has to answer
_SMALL = 1 << 16  # values of a matrix that is aggregated in a few milliseconds


@dataclass
class Parameters:
    """What aggregate and check have in common. None stands for the default of the rule."""

    rule: str
    f: int = 0
    m: Optional[int] = None
    median: Optional[str] = None
    variant: Optional[str] = None
    pivot: Optional[int] = None
    beta: Any = None
    threshold: Any = None
    tau: Any = None
    iterations: Optional[int] = None
    centre: Any = None
    tolerance: Any = None
    scores: Any = None
    loss: Optional[Loss] = None
    rho: Any = None
    pre: Pre = ()
    profile: str = "paper"
    threads: Optional[int] = None
    level: str = "best"
    progress: Optional[Progress] = None

    def __post_init__(self) -> None:
        if not isinstance(self.rule, str):
            raise TypeError(f"rule must be text, not {type(self.rule).__name__}")
        if self.rule not in RULES:
            raise ParameterError(f"rule = {self.rule!r}, must be one of {', '.join(RULES)}")
        for rule, names in OWN.items():
            for name in names:
                if rule != self.rule and getattr(self, name) is not None and not (name == "m" and self.profile != "paper"):
                    raise ParameterError(f"{self.rule} takes no {name}; {rule} does")
        self.f = whole("f", self.f)


def choice(name: str, value: Any, names: tuple[str, ...]) -> int:
    """The place of a name among those there are."""
    if value not in names:
        raise ParameterError(f"{name} = {value!r}, must be one of {', '.join(names)}")
    return names.index(value)


def message_of(message: c.Message) -> str:
    text: bytes = message.text
    return text.decode("utf-8", "replace")


def error_of(status: int, text: str) -> CertigarError:
    kinds: dict[int, type[CertigarError]] = {c.BAD_PARAMETER: ParameterError, c.NO_MEMORY: NoMemoryError, c.STOPPED: StoppedError,
                                             c.NO_VALUE: NoValueError}
    return kinds.get(status, CertigarError)(text or f"the library returned status {status}")


def number_option(name: str, value: Any, setter: Callable[[bytes], int]) -> None:
    """A real parameter, set. The library says what a number is."""
    text = exact_text(name, value)
    if not setter(text):
        raise ParameterError(f"{name} = {text.decode()!r}, must be a number such as 0.1, 1/3, 1e-9 or 0x1.8p-20, with exponents from -9999 to 9999")


def _scores_of(value: Any, n: int) -> Any:
    """The n scores of zeno, as binary64 numbers; refused if that would round one."""
    given = np.asarray(value)
    if given.dtype.kind not in "fiu" or given.dtype.kind == "f" and given.dtype.itemsize > 8:
        raise TypeError(f"scores have values of type {given.dtype}, must be float64 or what it holds exactly")
    if given.shape != (n,):
        raise ParameterError(f"scores have the shape {given.shape}, must be ({n},): one for each row that the rule has")
    scores = np.ascontiguousarray(given, np.float64)
    if given.dtype.kind in "iu" and any(int(a) != int(b) for a, b in zip(scores, given)):
        raise ParameterError("scores are integers that float64 does not hold exactly")
    return scores


class _Options:
    """The library's options of one call, with what they point to."""

    def __init__(self, lib: Library, rows: Rows, parameters: Parameters, stages: list[Stage], call: Call[Any]) -> None:
        self._lib = lib
        self._kept: list[Any] = []
        self.address = ctypes.c_void_p(lib.options_new())
        if not self.address:
            raise NoMemoryError("no memory for options")
        try:
            self._set_common(rows, parameters, stages, call)
            self._set_own(rows, parameters, stages)
            if parameters.loss is not None:
                self._set_loss(parameters.loss, parameters.rho, call)
            if parameters.progress is not None or parameters.loss is not None or call.apart:
                self._set_progress(parameters.progress, call)
        except BaseException:
            self.free()
            raise

    def free(self) -> None:
        address, self.address = self.address, ctypes.c_void_p()
        self._lib.options_free(address)

    def _set_common(self, rows: Rows, p: Parameters, stages: list[Stage], call: Call[Any]) -> None:
        lib, options = self._lib, self.address
        lib.options_set_f(options, p.f)
        lib.options_set_threads(options, _threads(p.threads, rows))
        lib.options_set_level(options, choice("level", p.level, c.LEVELS))
        if choice("profile", p.profile, PROFILES) != 0:
            profile = ctypes.c_int()
            if not lib.profile_from_name(p.profile.encode(), profile):
                raise ParameterError(f"profile = {p.profile!r} is none that this library has")
            lib.options_set_profile(options, profile)
        for stage in stages:
            stage.add(lib, options, p.f)

    def _set_own(self, rows: Rows, p: Parameters, stages: list[Stage]) -> None:
        lib, options = self._lib, self.address
        if p.m is not None:
            lib.options_set_m(options, whole("m", p.m, 1))
        if p.pivot is not None:
            lib.options_set_pivot(options, whole("pivot", p.pivot))
        if p.median is not None:
            lib.options_set_median(options, choice("median", p.median, c.MEDIAN_KINDS))
        if p.variant is not None:
            lib.options_set_variant(options, choice("variant", p.variant, c.VARIANTS))
        if p.iterations is not None:
            lib.options_set_iterations(options, whole("iterations", p.iterations))
        for name in ("beta", "threshold", "tau", "tolerance"):
            value, setter = getattr(p, name), getattr(lib, "options_set_" + name)
            if value is not None:
                number_option(name, value, functools.partial(setter, options))
        if p.centre is not None:
            self._kept.append(vector_of("centre", p.centre, rows.d, rows.dtype))
            lib.options_set_centre(options, self._kept[-1].ctypes.data)
        if p.scores is not None:
            n = rows.n
            for stage in stages:
                n = stage.rows(n)
            self._kept.append(_scores_of(p.scores, n))
            lib.options_set_scores(options, self._kept[-1].ctypes.data)

    def _set_loss(self, loss: Loss, rho: Any, call: Call[Any]) -> None:
        def callback(_: Any, row: int) -> float:
            return float(call.ask(lambda: float(loss(None if row == c.SIZE_MAX else row)), 0.0))
        kept = c.Loss(callback)
        self._kept.append(kept)
        number_option("rho", 0 if rho is None else rho, lambda text: int(self._lib.options_set_loss(self.address, text, kept, None)))

    def _set_progress(self, progress: Optional[Progress], call: Call[Any]) -> None:
        due = 0.0

        def callback(_: Any, done: int, total: int) -> int:
            nonlocal due
            if progress is None or call.stopped or time.monotonic() < due and done < total:
                return int(call.stopped)
            due = time.monotonic() + _PROGRESS_SECONDS
            return int(call.ask(functools.partial(_truth, progress, done, total), True))
        self._kept.append(c.Progress(callback))
        self._lib.options_set_progress(self.address, self._kept[-1], None)


def _truth(progress: Progress, done: int, total: int) -> bool:
    return bool(progress(done, total))


def _threads(threads: Optional[int], rows: Rows) -> int:
    """As many as asked for; else as there are cores for this process, but none with less than 2^18 values to read."""
    if threads is not None:
        return whole("threads", threads, 1)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, 1024, rows.n * rows.d >> 18))


def with_plan(rows: Rows, parameters: Parameters, stages: list[Stage], use: Callable[[Library, ctypes.c_void_p], Any],
              long: bool = False) -> Any:
    """use(library, plan), which may take long, with a plan for these rows and parameters that is gone afterwards. Raises
    what the library refuses, what a callback raised, and KeyboardInterrupt."""
    lib = library()
    called_back = parameters.loss is not None or parameters.progress is not None
    call: Call[Any] = Call(apart=long or called_back or bool(stages) or parameters.rule in _LONG or rows.n * rows.d > _SMALL)

    def work() -> Any:
        rule, plan, message = ctypes.c_int(), ctypes.c_void_p(), c.Message()
        if not lib.rule_from_name(parameters.rule.encode(), rule):
            raise ParameterError(f"{lib.path} has no rule {parameters.rule}")
        options = _Options(lib, rows, parameters, stages, call)
        try:
            status = lib.plan_new(plan, rule, rows.c_dtype, rows.n, options.address, message)
            if status != c.OK:
                raise error_of(status, message_of(message))
            return use(lib, plan)
        finally:
            lib.plan_free(plan)
            options.free()

    return call.run(work)
