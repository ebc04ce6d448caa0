#!/usr/bin/env python3
"""Rules over real numbers, and pre-aggregations: what they make of the same rows in another order, and of all values times a power of two.

usage: test_symmetries.py        needs NumPy (Debian: python3-numpy) and a built tree (make)
"""
import sys
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "python"))
from with_numpy import np  # noqa: E402: before certigar, since it may start another Python

import certigar  # noqa: E402
from checks import check, finish  # noqa: E402

FORMATS = [(np.float32, 100), (np.float64, 900)]   # and powers of two that leave all values here, and what is made of them, normal numbers
CASES = 12


def rows_of(dtype, seed):
    """Rows like Gaussian ones of several lengths, of two decimals; in every third case two are not finite."""
    source = np.random.default_rng(seed)
    n, d = int(source.integers(9, 14)), int(source.integers(2, 40))
    x = (np.round(source.normal(size=(n, d)), 2) * source.integers(1, 4, (n, 1)) / np.sqrt(d)).astype(dtype)
    if seed % 3 == 2:
        x[1, 0], x[5, d - 1] = np.nan, -np.inf
    return x, source


def bits(x):
    return np.ascontiguousarray(x).tobytes()


def run(rule, x, k=0, **parameters):
    """f = 2; with a radius of 3/2 times 2^k, where there is one, which cuts some of the rows, and a centre of fourths of 2^k."""
    tau = f"0x3p{k - 1}"
    if rule == "centered-clipping":
        parameters.update(tau=tau, iterations=4, centre=np.full(x.shape[1], 2.0**(k - 2), x.dtype))
    parameters["pre"] = [f"clip:tau={tau}" if name == "clip" else name for name in parameters.get("pre", [])]
    return certigar.aggregate(rule, x, 2, certificate=True, **parameters)


CHAINS = [["nnm"], ["clip"], ["arc"], ["nnm", "clip"], ["arc", "nnm"], ["clip", "arc", "nnm"]]
BUCKETS = [["bucketing:s=2"], ["bucketing:s=2,seed=3", "nnm"], ["clip", "bucketing:s=1,seed=7", "arc"]]
REAL = ["geometric-median", "centered-clipping", "caf", "smea"]


def in_the_new_order(rows, order):
    """Places of rows after row order[i] has become row i."""
    return tuple(sorted(int(i) for i in np.flatnonzero(np.isin(order, rows))))


# ---- other orders ----

def within(what, dtype, x, a, b, ulps):
    """That two outputs differ by no more ULPs of the greatest finite magnitude in their column."""
    finite = np.where(np.isfinite(x), np.abs(x), 0).max(axis=0)
    far = np.abs(a.astype(np.longdouble) - b.astype(np.longdouble)) > ulps * np.spacing(np.maximum(finite, np.finfo(dtype).tiny))
    check(f"{what}: at most {ulps} ULPs away", not far.any(), np.flatnonzero(far))


def test_real_rules_in_another_order():
    for dtype, _ in FORMATS:
        for seed in range(CASES):
            x, source = rows_of(dtype, seed)
            order = source.permutation(len(x))
            for rule in REAL:
                what = f"{rule}, {dtype.__name__}, seed {seed}, in another order"
                (a, known), (b, moved) = run(rule, x), run(rule, x[order])
                check(f"{what}: rows", moved.selected == in_the_new_order(known.selected, order), (known.selected, moved.selected, order))
                check(f"{what}: status", moved.status == known.status and moved.nonfinite_outputs == known.nonfinite_outputs)
                if rule == "geometric-median":   # both are near the least sum of distances
                    for one, other in ((known, moved), (moved, known)):
                        check(f"{what}: the gaps agree", one.objective[0] - one.gap <= other.objective[1], (one, other))
                        check(f"{what}: the gap is small", one.gap <= one.objective[1] / 10**4, one)
                elif rule == "smea":
                    check(f"{what}: the bits", bits(a) == bits(b), (a, b))
                else:   # one ULP each
                    within(what, dtype, x, a, b, 2)


def test_pre_aggregations_in_another_order():
    """Unless there is a tie: of infinite distances, or of rows that were mixed into the same one."""
    judged = 0
    for dtype, _ in FORMATS:
        for seed in range(CASES):
            x, source = rows_of(dtype, seed)
            order = source.permutation(len(x))
            for pre in CHAINS:
                for rule in ("average", "median", "krum", "cge"):
                    what = f"{pre}, {rule}, {dtype.__name__}, seed {seed}, in another order"
                    (a, known), (b, moved) = run(rule, x, pre=pre), run(rule, x[order], pre=pre)
                    if known.ties > 0:
                        continue
                    judged += 1
                    check(f"{what}: the bits", bits(a) == bits(b), (a, b))
                    check(f"{what}: the counts", all(getattr(known, name) == getattr(moved, name) for name in (
                        "status", "ties", "margin", "nonfinite_outputs", "exact_evaluations")), (known, moved))
                    if known.selected is not None:
                        check(f"{what}: rows", moved.selected == in_the_new_order(known.selected, order), (known.selected, moved.selected, order))
    check("most have no tie", judged > len(FORMATS) * CASES * len(CHAINS) * 4 / 2, judged)


# ---- other scales ----

def check_scaled(what, rule, x, k, **parameters):
    (a, known), (b, scaled) = run(rule, x, **parameters), run(rule, np.ldexp(x, k), k, **parameters)
    what = f"{what}, times 2^{k}"
    check(f"{what}: the bits", bits(np.ldexp(a, k)) == bits(b), (a, b))
    check(f"{what}: the rows and counts", all(getattr(known, name) == getattr(scaled, name) for name in (
        "selected", "status", "ties", "nonfinite_rows", "nonfinite_outputs", "iterations")), (known, scaled))
    if rule == "geometric-median":
        factor = Fraction(2)**k
        check(f"{what}: gap and objective", scaled.gap == known.gap * factor and scaled.objective == tuple(o * factor for o in known.objective),
              (known, scaled))


def test_scales():
    for dtype, most in FORMATS:
        for seed in range(CASES):
            x, _ = rows_of(dtype, seed)
            for k in (-most, -most // 3, -1, 1, most // 2, most):
                for rule in REAL:
                    check_scaled(f"{rule}, {dtype.__name__}, seed {seed}", rule, x, k)
                for pre in CHAINS + BUCKETS:
                    check_scaled(f"{pre}, {dtype.__name__}, seed {seed}", ("average", "median", "geometric-median")[seed % 3], x, k, pre=pre)


def test_zeno_with_losses_and_other_scales():
    """rho times a squared norm stays as it is when rho is divided by the square of the factor."""
    for dtype, most in FORMATS:
        for seed in range(CASES):
            x, source = rows_of(dtype, seed)
            finite = np.where(np.isfinite(x), x, 0).astype(np.float64)
            rho = Fraction(1, 3) if seed % 2 else Fraction(2)
            losses = float(rho) * (finite**2).sum(axis=1) * source.choice([1, 1 + 2.0**-52, 0.5], len(x))   # nearly equal scores

            def loss(row, losses=losses):
                return 0.0 if row is None else -losses[row]
            for k in (-80, -3, 1, 60):   # rho is a text of 63 characters at most
                a, known = certigar.zeno(x, 2, loss=loss, rho=rho, certificate=True)
                b, scaled = certigar.zeno(np.ldexp(x, k), 2, loss=loss, rho=rho / Fraction(4)**k, certificate=True)
                what = f"zeno, {dtype.__name__}, seed {seed}, times 2^{k}"
                check(f"{what}: the bits", bits(np.ldexp(a, k)) == bits(b), (a, b))
                check(f"{what}: rows and margin", (known.selected, known.ties, known.margin) == (scaled.selected, scaled.ties, scaled.margin))


for test in (test_real_rules_in_another_order, test_pre_aggregations_in_another_order, test_scales, test_zeno_with_losses_and_other_scales):
    test()
finish()
