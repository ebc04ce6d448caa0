"""Pre-aggregations, named and called as ByzFL's (spec/rules.md, section 8).

Each may stand in `pre` of a rule, which is one pass of the library, or be called with n vectors: it then returns the new vectors as one matrix, in
the kind of its input, which it leaves as it was. str() of one is the text that says the same.
"""

from __future__ import annotations

import ctypes
from typing import Any, Callable, Optional, Union

import numpy as np

from ._aggregate import run
from ._certificate import Certificate
from ._library import Library
from ._numbers import Real, exact_text, whole
from ._plan import Parameters, Pre, Stage, number_option
from ._rows import Array, Rows
from .errors import ParameterError


def _run(array: Array, rule: str, f: int = 0, **own: Any) -> tuple[Array, Certificate]:
    return run(Rows(array), Parameters(rule, f, **own))


def _added(good: int) -> None:
    if not good:
        raise ParameterError("pre has more than 8 stages")


class NNM:
    """Nearest neighbour mixing (Allouah, Farhadkhani et al., AISTATS 2023): each row becomes the mean of the n-f rows nearest to it, itself first.
    Needs 2f < n. ByzFL's finds the row itself by its distance, so that equal rows decide otherwise.

    NNM(f)(vectors) returns n x d. In `pre`, f may be left out: it is the rule's."""

    def __init__(self, f: Optional[int] = None) -> None:
        self.f = None if f is None else whole("f", f)

    def __str__(self) -> str:
        return "nnm"

    def add(self, lib: Library, options: ctypes.c_void_p, f: int) -> None:
        _check_f("nnm", self.f, f)
        _added(lib.options_add_nnm(options))

    def rows(self, n: int) -> int:
        return n

    def __call__(self, vectors: Any) -> Any:
        rows = Rows(vectors, "vectors")
        made = np.empty((rows.n, rows.d), rows.dtype)
        for i in range(rows.n):
            made[i] = _run(rows.array, "monna", self.f or 0, pivot=i)[0]
        return rows.same_kind(made)


class Bucketing:
    """Bucketing (Karimireddy, He, Jaggi 2022): the means of s rows at a time, ceil(n/s) rows, in the order of the input, or permuted by a seed from
    0 to 2^64-1. Needs 1 <= s <= n. ByzFL's permutes by the global random generator.

    Bucketing(s, seed)(vectors) returns ceil(n/s) x d."""

    def __init__(self, s: int = 1, seed: Optional[int] = None) -> None:
        self.s = whole("s", s, 1)
        self.seed = None if seed is None else whole("seed", seed, 0, 2**64 - 1)

    def __str__(self) -> str:
        return f"bucketing:s={self.s}" + ("" if self.seed is None else f",seed={self.seed}")

    def add(self, lib: Library, options: ctypes.c_void_p, f: int) -> None:
        _added(lib.options_add_bucketing(options, self.s, None if self.seed is None else ctypes.c_uint64(self.seed)))

    def rows(self, n: int) -> int:
        return -(-n // self.s)

    def __call__(self, vectors: Any) -> Any:
        rows = Rows(vectors, "vectors")
        if self.s > rows.n:
            raise ParameterError(f"bucketing: s = {self.s} with n = {rows.n} rows, must be 1 to {rows.n}")
        order = list(range(rows.n)) if self.seed is None else permutation(rows.n, self.seed)
        made = np.empty((self.rows(rows.n), rows.d), rows.dtype)
        for b in range(len(made)):
            made[b] = _run(rows.array[order[b * self.s:(b + 1) * self.s]], "average")[0]
        return rows.same_kind(made)


class Clipping:
    """Clipping: a row whose norm is above c > 0 is scaled down to it. ByzFL's rounds the norm, the factor and the products, overwrites its input, and
    takes only a float; here c is exact, and any real parameter.

    Clipping(c)(vectors) returns n x d."""

    def __init__(self, c: Real = 2) -> None:
        self.c = c
        exact_text("c", c)

    def __str__(self) -> str:
        return f"clip:tau={exact_text('c', self.c).decode()}"

    def add(self, lib: Library, options: ctypes.c_void_p, f: int) -> None:
        def setter(text: bytes) -> int:
            probe = lib.options_new()  # tells a text that is no number from a stage too many
            good = lib.options_set_tau(probe, text)
            lib.options_free(probe)
            if good:
                _added(lib.options_add_clip(options, text))
            return int(good)
        number_option("c", self.c, setter)

    def rows(self, n: int) -> int:
        return n

    def __call__(self, vectors: Any) -> Any:
        rows = Rows(vectors, "vectors")
        made = rows.array.astype(rows.dtype)
        for i in np.flatnonzero(np.isfinite(rows.array).all(axis=1)):
            made[i] = _run(rows.array[i:i + 1], "median", pre=[self])[0]  # of one row the median keeps the bits
        return rows.same_kind(made)


class ARC:
    """Adaptive robust clipping (Allouah et al. 2024): as Clipping, to the norm that comes next after the k = floor(2f(n-f)/n) greatest. Needs 2f < n.
    ByzFL's takes k by floating-point numbers, which differs first for n = 242, f = 33, and overwrites its input.

    ARC(f)(vectors) returns n x d. In `pre`, f may be left out: it is the rule's."""

    def __init__(self, f: Optional[int] = None) -> None:
        self.f = None if f is None else whole("f", f)

    def __str__(self) -> str:
        return "arc"

    def add(self, lib: Library, options: ctypes.c_void_p, f: int) -> None:
        _check_f("arc", self.f, f)
        _added(lib.options_add_arc(options))

    def rows(self, n: int) -> int:
        return n

    def __call__(self, vectors: Any) -> Any:
        rows, f = Rows(vectors, "vectors"), self.f or 0
        if 2 * f >= rows.n:
            raise ParameterError(f"arc: f = {f} with n = {rows.n} rows, but n > 2f is needed: f must be 0 to {(rows.n - 1) // 2}")
        made = rows.array.astype(rows.dtype)
        least = _least(made, 2 * f * (rows.n - f) // rows.n)
        bound = made[_greatest(made, least)]
        if np.isfinite(bound).all():
            for i in sorted(set(range(rows.n)) - set(least)):
                if np.isfinite(made[i]).all():
                    made[i] = _cut(made[i], bound)
        return rows.same_kind(made)


def _least(array: Array, k: int) -> tuple[int, ...]:
    """All rows but the k of greatest norm: 2k < n, as cge needs."""
    return _run(array, "cge", k)[1].selected or ()


def _greatest(array: Array, rows: tuple[int, ...]) -> int:
    """The row of greatest norm among these: the one that cge leaves out, with a zero row so that there are three or more."""
    padded = np.concatenate([array[list(rows)], np.zeros((2, array.shape[1]), array.dtype)])
    kept = _run(padded, "cge", 1)[1].selected or ()
    left = next(i for i in range(len(padded)) if i not in kept)
    return rows[left] if left < len(rows) else rows[0]  # all are zero


def _cut(row: Array, bound: Array) -> Array:
    """A finite row of no lesser norm than bound's, cut to that: arc of the row twice and bound three times, with f = 2, cuts to the third greatest
    norm; zeno then keeps the first of the buckets of two. The mean of equal values is their value, but for the sign of zeros: one that was cut to
    zero keeps the sign of what it was."""
    if _run(np.stack([bound, row, np.zeros_like(row)]), "cge", 1)[1].margin == 0:
        return row
    cut = _run(np.stack([row, row, bound, bound, bound]), "zeno", 2, pre=[ARC(), Bucketing(2)], scores=[1.0, 0.0, 0.0])[0]
    kept: Array = np.where((cut == 0) & (row != 0), np.copysign(cut, row), cut)
    return kept


def _check_f(name: str, own: Optional[int], f: int) -> None:
    if own is not None and own != f:
        raise ParameterError(f"{name}: f = {own} before a rule with f = {f}, must be the same, or left out: or call it by itself")


def permutation(n: int, seed: int) -> list[int]:
    """The permutation of bucketing (spec/rules.md, section 8): Fisher-Yates with words of SplitMix64, redrawn where they would favour some."""
    order, state, mask = list(range(n)), seed, 2**64 - 1
    for i in range(n - 1, 0, -1):
        while True:
            state = state + 0x9E3779B97F4A7C15 & mask
            z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & mask
            z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
            x = z ^ z >> 31
            if x < 2**64 - 2**64 % (i + 1):
                break
        j = x % (i + 1)
        order[i], order[j] = order[j], order[i]
    return order


_PLAIN: dict[str, Callable[[], Stage]] = {"nnm": NNM, "arc": ARC}


def _parsed(text: str) -> Stage:
    """A stage as the program takes it: nnm, arc, clip:tau=T, bucketing:s=S[,seed=X]."""
    name, _, rest = text.partition(":")
    pairs = [part.partition("=") for part in rest.split(",")] if rest else []
    values = {key: value for key, _, value in pairs}
    if len(values) == len(pairs):
        if name in _PLAIN and not values:
            return _PLAIN[name]()
        if name == "clip" and set(values) == {"tau"}:
            return Clipping(values["tau"])
        if name == "bucketing" and {"s"} <= set(values) <= {"s", "seed"} and all(value.isascii() and value.isdigit() for value in values.values()):
            return Bucketing(**{key: int(value) for key, value in values.items()})
    raise ParameterError(f"pre: {text!r}, must be nnm, bucketing:s=S, bucketing:s=S,seed=X, clip:tau=T or arc")


def _stage_of(stage: Union[str, Stage]) -> Stage:
    if isinstance(stage, str):
        return _parsed(stage)
    if not isinstance(stage, (NNM, Bucketing, Clipping, ARC)):
        raise TypeError(f"pre holds a {type(stage).__name__}, must hold text, NNM, Bucketing, Clipping or ARC")
    return stage


def stages_of(pre: Pre) -> list[Stage]:
    """What `pre` of a rule holds, as objects."""
    if isinstance(pre, str) or hasattr(pre, "add"):
        raise TypeError("pre must be a list of pre-aggregations, not one alone")
    return [_stage_of(stage) for stage in pre]
