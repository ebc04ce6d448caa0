#!/usr/bin/env python3
"""The Python package: the same bits as the program, every form of input, refusals, callbacks, signals, layouts, judgements, packaging.

usage: test_python.py        needs NumPy (Debian: python3-numpy) and a built tree (make)
Ends with "N passed, M failed"; exit status 1 if a check failed. What needs a module that is not installed (torch, mypy, pytest, wheel) is skipped,
and counted.
"""
import ctypes
import gc
import importlib.util
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
import types
import warnings
import weakref
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
PROGRAM = BUILD / "certigar"
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "python"))
import certigar  # noqa: E402
import checks  # noqa: E402
from certigar import _library, _numbers, _plan, _structures, preaggregators, testing  # noqa: E402
from checks import check, finish  # noqa: E402
from with_numpy import np  # noqa: E402

skipped = []


def skip(what, count=1):
    skipped.extend([what] * count)


def refused(what, expected, said, function, /, *arguments, **named):
    """An exception of exactly this expected whose message holds what is to be said."""
    try:
        seen = function(*arguments, **named)
    except Exception as error:
        check(f"{what}: {expected.__name__} saying {said!r}", type(error) is expected and said in str(error), error)
        return error
    check(f"{what}: {expected.__name__} saying {said!r}", False, seen)
    return None


def same(a, b):
    """The same dtype, shape and bits."""
    return a.dtype == b.dtype and a.shape == b.shape and np.ascontiguousarray(a).tobytes() == np.ascontiguousarray(b).tobytes()


def silent(function, *arguments, **named):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", certigar.NotFiniteWarning)
        return function(*arguments, **named)


def sample(n=11, d=300, dtype=np.float32, seed=1, bad=0):
    """Rows with all magnitudes, ties and zeros of both signs; the first ones hold infinities and NaN."""
    source = np.random.default_rng(seed)
    near, small = source.normal(size=(n, d)), source.integers(-2, 3, (n, d)) * 1.0
    wide = near * np.exp2(source.integers(-60, 60, (1, d)))
    x = np.where(source.integers(0, 3, (1, d)) == 0, near, np.where(source.integers(0, 2, (1, d)) == 0, small, wide)).astype(dtype)
    x[:, 1] = np.where(source.integers(0, 2, n) == 0, 0.0, -0.0)
    x[4] = x[5]
    if bad > 0:
        x[0, 3], x[0, 4] = np.inf, np.nan
    if bad > 1:
        x[1, 3] = -np.inf
    return x


def program(rule, arguments, x, folder):
    """What the program says: the output and the certificate."""
    np.save(folder / "x.npy", x)
    command = [PROGRAM, "aggregate", rule, *map(str, arguments), folder / "x.npy", "-o", folder / "out.npy", "--json", folder / "out.json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode not in (0, 4):
        raise SystemExit(f"{shlex.join(map(str, command))}: {done.stderr}\n{checks.passed} passed, {checks.failed + 1} failed")
    return np.load(folder / "out.npy"), json.loads((folder / "out.json").read_text())


def hexadecimal(bound):
    """A bound as the program prints it, as an exact number."""
    if bound in ("inf", "-inf"):
        return float(bound)
    sign, whole, digits, exponent = re.fullmatch(r"(-?)0x(\d)(?:\.([0-9a-f]+))?p([+-]\d+)", bound).groups()
    digits = digits or ""
    value = Fraction(int(whole + digits, 16), 16 ** len(digits)) * Fraction(2) ** int(exponent)
    return -value if sign else value


# ---- the same bits as the program ----

def cases(d, dtype):
    """(rule, f, keywords, the program's arguments)"""
    scores, centre = [3.5, float("nan"), -1e300, 2.0, 2.0, 7.25, 0.0, -0.0, 1.0, float("inf"), 5.0], (np.arange(d) % 7 - 3).astype(dtype)
    yield "average", 2, {}, []
    for kind in ("midpoint", "lower", "upper"):
        yield "median", 3, {"median": kind}, ["--median", kind]
    for f in (0, 2, 5):
        yield "trimmed-mean", f, {}, []
        yield "meamed", f, {}, []
    for f in (1, 4):
        yield "krum", f, {}, []
        yield "multi-krum", f, {}, []
    yield "multi-krum", 2, {"m": 3}, ["-m", 3]
    yield "bulyan", 2, {}, []
    yield "multi-bulyan", 2, {}, []
    yield "multi-bulyan", 2, {"variant": "iterated"}, ["--param", "variant=iterated"]
    yield "mda", 3, {}, []
    yield "cge", 3, {}, []
    yield "monna", 3, {"pivot": 5}, ["--param", "pivot=5"]
    yield "geometric-median", 2, {}, []
    yield "geometric-median", 2, {"tolerance": "1/100"}, ["--param", "tolerance=1/100"]
    yield "brsgd", 2, {}, []
    yield "brsgd", 2, {"beta": Fraction(1, 3), "threshold": Decimal("1e30")}, ["--param", "beta=1/3,threshold=1e30"]
    yield "zeno", 4, {"scores": scores}, ["--param", "scores=scores.npy"]
    yield "centered-clipping", 2, {}, []
    yield "centered-clipping", 2, {"tau": "0.1", "iterations": 3, "centre": centre}, ["--param", "tau=0.1,iterations=3,centre=centre.npy"]
    yield "caf", 2, {}, []
    yield "smea", 2, {}, []
    yield "krum", 2, {"pre": ["nnm"]}, ["--pre", "nnm"]
    yield "median", 1, {"pre": [certigar.Bucketing(2, 7), certigar.Clipping("3/2")]}, ["--pre", "bucketing:s=2,seed=7", "--pre", "clip:tau=3/2"]
    yield "average", 1, {"pre": [certigar.ARC(1), "bucketing:s=3", certigar.NNM()]}, ["--pre", "arc", "--pre", "bucketing:s=3", "--pre", "nnm"]
    np.save("scores.npy", np.array(scores))
    np.save("centre.npy", centre)


def the_same_bits(folder):
    for dtype, bad in ((np.float32, 0), (np.float64, 0), (np.float32, 2)):
        x = sample(dtype=dtype, bad=bad)
        list(cases(x.shape[1], dtype))
        for rule, f, keywords, arguments in cases(x.shape[1], dtype):
            what = f"{rule}, f = {f}, {keywords}, {np.dtype(dtype)}, {bad} bad rows"
            expected, facts = program(rule, ["-f", f, *arguments], x, folder)
            output, found = certigar.aggregate(rule, x, f, certificate=True, **keywords)
            check(f"{what}: the bits of the program", same(output, expected), (output, expected))
            lists = {key: None if facts[key] is None else tuple(facts[key]) for key in ("nonfinite_rows", "selected")}
            check(f"{what}: rows", found.nonfinite_rows == lists["nonfinite_rows"] and found.selected == lists["selected"], found)
            check(f"{what}: counts", all(getattr(found, key) == facts[key] for key in (
                "rule", "n", "d", "dtype", "nonfinite_outputs", "ties", "iterations", "exact_evaluations", "status")), (found, facts))
            measures = found.selected is not None or any(not stage.startswith("bucketing") for stage in facts["parameters"].get("pre", []))
            check(f"{what}: exact distances", facts["exact_distances"] == (found.exact_distances if measures else None), found)
            scores = facts["scores"] and tuple(tuple(map(hexadecimal, score)) for score in facts["scores"])
            check(f"{what}: scores", found.scores == scores, (found.scores, scores))
            margin = facts["margin"]
            good = margin is None and found.margin is None or margin == "inf" and found.margin == float("inf") or (
                isinstance(margin, float) and isinstance(found.margin, Fraction) and 0 <= found.margin - Fraction(margin) <= found.margin / 2**51)
            check(f"{what}: margin", good, (found.margin, margin))
            gap = facts["gap"] and hexadecimal(facts["gap"])
            objective = facts["objective"] and tuple(map(hexadecimal, facts["objective"]))
            check(f"{what}: gap", found.gap == gap and found.objective == objective, found)


def functions_are_aggregate():
    x, d = sample(), 300
    centre = (np.arange(d) % 5).astype(np.float32)
    named = {"median": {"kind": "lower"}, "multi_krum": {"m": 2}, "multi_bulyan": {"variant": "iterated"}, "monna": {"pivot": 4},
             "geometric_median": {"tolerance": 1e-3}, "brsgd": {"beta": "1/4", "threshold": "1e30"}, "zeno": {"scores": range(11)},
             "centered_clipping": {"tau": 2, "iterations": 2, "centre": centre}}
    for rule in certigar.RULES:
        name = rule.replace("-", "_")
        own = named.get(name, {})
        general = {"median" if key == "kind" else key: value for key, value in own.items()}
        ours = getattr(certigar, name)(x, 2, threads=2, **own)
        check(f"certigar.{name} is aggregate({rule!r})", same(ours, certigar.aggregate(rule, x, 2, **general)), ours)
        check(f"certigar.{name} has a docstring", bool(getattr(certigar, name).__doc__))
        check(f"certigar.{name} returns its certificate", getattr(certigar, name)(x, 2, certificate=True, **own)[1].rule == rule)


def objects_are_functions():
    x, centre = sample(), np.ones(300, np.float32)
    pairs = [(certigar.Average(), "average", 0, {}), (certigar.Median(), "median", 0, {}), (certigar.TrMean(2), "trimmed-mean", 2, {}),
             (certigar.Meamed(f=2), "meamed", 2, {}), (certigar.Krum(3), "krum", 3, {}), (certigar.MultiKrum(2), "multi-krum", 2, {}),
             (certigar.MultiKrum(2, m=3), "multi-krum", 2, {"m": 3}), (certigar.MDA(2), "mda", 2, {}),
             (certigar.MoNNA(2, 3), "monna", 2, {"pivot": 3}),
             (certigar.MoNNA(f=2, idx=1), "monna", 2, {"pivot": 1}), (certigar.CAF(2), "caf", 2, {}), (certigar.SMEA(2), "smea", 2, {}),
             (certigar.GeometricMedian(), "geometric-median", 0, {}),
             (certigar.GeometricMedian(tolerance="0.01"), "geometric-median", 0, {"tolerance": "0.01"}),
             (certigar.Bulyan(2), "bulyan", 2, {}), (certigar.MultiBulyan(1), "multi-bulyan", 1, {}), (certigar.CGE(2), "cge", 2, {}),
             (certigar.MultiBulyan(1, "iterated"), "multi-bulyan", 1, {"variant": "iterated"}),
             (certigar.BrSGD(1, beta="0.3"), "brsgd", 1, {"beta": "0.3"}),
             (certigar.CenteredClipping(L=2, tau=3.5), "centered-clipping", 0, {"iterations": 2, "tau": 3.5}),
             (certigar.CenteredClipping(centre, 1, "1e-3"), "centered-clipping", 0, {"centre": centre, "tau": "1e-3"})]
    for made, rule, f, own in pairs:
        check(f"{type(made).__name__} is {rule} {own}", same(made(x), certigar.aggregate(rule, x, f, **own)))
    check("Zeno is zeno", same(certigar.Zeno(3)(x, scores=range(11)), certigar.zeno(x, 3, scores=range(11))))
    clipping = certigar.CenteredClipping(tau=1)
    near = np.random.default_rng(6).normal(size=(11, 300))
    first, second = clipping(near), clipping(near)
    check("CenteredClipping keeps its centre", same(second, certigar.centered_clipping(near, tau=1, centre=first)) and not same(first, second),
          (first, second))
    check("an object returns a certificate", certigar.Krum(2, certificate=True)(x)[1].selected is not None)
    refused("GeometricMedian(nu)", certigar.ParameterError, "nu or T", certigar.GeometricMedian, 0.1)
    refused("GeometricMedian(nu, T), byzfl", certigar.ParameterError, "must be 0.1 and 3", certigar.GeometricMedian, 0.2, 3, profile="byzfl")
    refused("Krum(-1)", certigar.ParameterError, "f = -1", certigar.Krum, -1)


def called_pre_aggregations():
    """Called by themselves they make the rows that the library makes before a rule."""
    for dtype in (np.float32, np.float64):
        for seed, bad in ((1, 0), (2, 1), (3, 0), (4, 2)):
            x = sample(11, 40, dtype, seed, bad)
            before = x.copy()
            for made, text, f in ((certigar.NNM(3), "nnm", 3), (certigar.Bucketing(3), "bucketing:s=3", 1),
                                  (certigar.Bucketing(4, 9), "bucketing:s=4,seed=9", 1),
                                  (certigar.Clipping("7/3"), "clip:tau=7/3", 2), (certigar.Clipping("1e-30"), "clip:tau=1e-30", 2),
                                  (certigar.ARC(2), "arc", 2),
                                  (certigar.ARC(5), "arc", 5), (certigar.ARC(0), "arc", 0)):
                rows = made(x)
                for rule, own in (("median", {"median": "lower"}), ("average", {}), ("trimmed-mean", {})):
                    f_rule = min(f, (len(rows) - 1) // 2) if text.startswith("bucketing") else f
                    one, two = silent(certigar.aggregate, rule, rows, f_rule, **own), silent(certigar.aggregate, rule, x, f_rule, pre=[text], **own)
                    check(f"{text} called, then {rule}, f = {f}, seed {seed}, {np.dtype(dtype)}", same(one, two), (one, two))
            check("pre-aggregations leave their input as it was", same(x, before))
    tiny = np.array([[1e-45, -1e-45, 3, -0.0, 4], [-0.0, 0.0, 1, 0, 0], [0.5, 0, 0, 0, 0]], np.float32)
    cut = certigar.ARC(1)(tiny)
    check("ARC keeps the signs of what it cuts to zero", np.signbit(cut[0]).tolist() == [False, True, False, False, False] and cut[0][0] == 0, cut)
    check("ARC leaves the rows below its norm as they are", same(cut[1:], tiny[1:]), cut)
    level = np.array([[3, -0.0], [-0.0, 3], [0, 3], [3, 0], [-3, -0.0]], np.float32)
    check("ARC leaves rows of equal norm as they are", same(certigar.ARC(2)(level), level), certigar.ARC(2)(level))
    check("ARC of zeros", same(certigar.ARC(1)(np.zeros((3, 2), np.float32)), np.zeros((3, 2), np.float32)))
    check("Clipping leaves a NaN's bits", same(certigar.Clipping(1)(np.array([[0x7F800001, 0]], np.uint32).view(np.float32)),
                                                np.array([[0x7F800001, 0]], np.uint32).view(np.float32)))
    check("the permutation of spec/rules.md", preaggregators.permutation(10, 7) == [8, 1, 5, 9, 0, 4, 3, 2, 6, 7])
    for text in ("nnm:s=1", "bucketing", "bucketing:s=2,s=3", "bucketing:s=-2", "clip", "clip:tau=1,x=2", "unknown", ""):
        refused(f"pre {text!r}", certigar.ParameterError, "must be nnm, bucketing", certigar.average, x, pre=[text])
    refused("pre, clip of no number", certigar.ParameterError, "must be a number such as", certigar.average, x, pre=["clip:tau=one"])
    refused("pre, clip to nothing", certigar.ParameterError, "clip: tau = 0", certigar.average, x, pre=["clip:tau=0"])
    refused("nine stages", certigar.ParameterError, "more than 8", certigar.average, x, pre=["nnm"] * 9)
    refused("nine stages of clip", certigar.ParameterError, "more than 8", certigar.average, x, pre=["clip:tau=1"] * 9)
    refused("a stage of another f", certigar.ParameterError, "f = 2 before a rule with f = 1", certigar.average, x, 1, pre=[certigar.NNM(2)])
    refused("pre is no list", TypeError, "must be a list", certigar.average, x, pre="nnm")
    refused("pre holds a number", TypeError, "holds a int", certigar.average, x, pre=[3])
    refused("Bucketing(0)", certigar.ParameterError, "s = 0", certigar.Bucketing, 0)
    refused("Bucketing(12) of 11", certigar.ParameterError, "must be 1 to 11", certigar.Bucketing(12), x)
    refused("ARC(6) of 11", certigar.ParameterError, "f must be 0 to 5", certigar.ARC(6), x)
    refused("NNM(6) of 11", certigar.ParameterError, "f must be 0 to 5", certigar.NNM(6), x)


# ---- input ----

def apart(x):
    """The rows in arrays of their own that lie at unequal distances, as arrays copied one after the other need not."""
    copies = {i: x[i].copy() for i in (1, 0, *range(2, len(x)))}
    return [copies[i] for i in range(len(x))]


def forms(x):
    """The same rows in other forms, by name."""
    n, d = x.shape
    yield "Fortran order", np.asfortranarray(x)
    yield "the other byte order", x.astype(x.dtype.newbyteorder())
    yield "the other byte order, Fortran", np.asfortranarray(x.astype(x.dtype.newbyteorder()))
    wide = np.full((3 * n, 2 * d), np.nan, x.dtype)
    wide[1::3, ::-2] = x
    yield "strides, one negative", wide[1::3, ::-2]
    yield "rows from last to first", np.ascontiguousarray(x[::-1])[::-1]
    raw = np.zeros(x.nbytes + 1, np.uint8)
    raw[1:] = np.frombuffer(x.tobytes(), np.uint8)
    yield "unaligned", raw[1:].view(x.dtype).reshape(n, d)
    locked = x.copy()
    locked.setflags(write=False)
    yield "read-only", locked
    yield "a list of the rows of a matrix", list(x)
    yield "a tuple of the rows of a matrix, backwards", tuple(x[::-1].copy()[::-1])
    yield "a list of arrays", apart(x)
    yield "a list of arrays of both byte orders", [row.astype(row.dtype.newbyteorder()) if i % 2 else row.copy() for i, row in enumerate(x)]
    yield "a list of strided arrays", [np.repeat(row, i % 3 + 1)[:: i % 3 + 1] for i, row in enumerate(x)]
    yield "a memmap", np.memmap(tempfile.TemporaryFile(), x.dtype, "w+", shape=x.shape)


def every_form():
    for dtype in (np.float32, np.float64):
        x = sample(dtype=dtype, bad=1)
        x[0, 4:6] = np.array([0x7F80BEEF, 0xFFC0BEEF], np.uint32).view(np.float32) if dtype == np.float32 else np.nan
        for name, form in forms(x):
            if isinstance(form, np.memmap):
                form[...] = x
            for rule, f in (("krum", 2), ("trimmed-mean", 1), ("monna", 2)):
                out = silent(certigar.aggregate, rule, form, f)
                check(f"{rule} of {name}, {np.dtype(dtype)}", same(out, silent(certigar.aggregate, rule, x, f)), out)
    row = np.arange(5, dtype=np.float32)
    repeated = np.lib.stride_tricks.as_strided(row, (7, 5), (0, 4))
    check("strides of zero", same(certigar.krum(repeated, 2), row))
    check("a list of one array seven times", same(certigar.krum([row] * 7, 2), row))
    check("one row", same(certigar.median(row[None]), row))
    check("one row in a list", same(certigar.median([row]), row))
    check("the result is in this processor's order", certigar.average(row[None].astype(">f4")).dtype.isnative)
    big, out = np.zeros((5, 3), np.float32), certigar.average(np.zeros((5, 3), np.float32))
    check("the result is an array of its own", not np.shares_memory(big, out) and out.flags.writeable and out.flags.owndata)


def no_copies():
    x = np.random.default_rng(3).normal(size=(16, 1 << 19)).astype(np.float32)   # 32 MiB
    output, parts = x.shape[1] * 4, apart(x)
    inputs = {"a matrix": x, "Fortran order": np.asfortranarray(x), "the other byte order": x.astype(">f4"),
              "every other row": np.repeat(x, 2, axis=0)[::2], "a list of its rows": list(x)}
    for name, form in inputs.items():
        tracemalloc.start()
        certigar.median(form)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        check(f"{name} is not copied: memory", peak < output + (1 << 20), peak)
    tracemalloc.start()
    certigar.median(parts)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    check("a list of arrays that lie apart is copied once", x.nbytes + output < peak < x.nbytes + output + (1 << 20), peak)


def refusals():
    x, error = sample(), certigar.ParameterError
    check("a ParameterError is a ValueError", issubclass(error, ValueError) and issubclass(certigar.NoMemoryError, MemoryError))
    refused("no rows", error, "n = 0 rows", certigar.average, np.zeros((0, 4), np.float32))
    refused("no coordinates", error, "0 coordinates", certigar.average, np.zeros((4, 0), np.float32))
    refused("an empty list", error, "no rows", certigar.average, [])
    refused("empty rows", error, "0 coordinates", certigar.average, [np.zeros(0, np.float32)] * 3)
    refused("one dimension", error, "1 dimensions, must have 2", certigar.average, x[0])
    refused("three dimensions", error, "3 dimensions, must have 2", certigar.average, x[None])
    refused("matrices in a list", error, "x[0] has 2 dimensions", certigar.average, [x, x])
    refused("rows of two lengths", error, "must be the same", certigar.average, [x[0], x[1][:-1]])
    refused("rows of two dtypes", error, "must be the same", certigar.average, [x[0], x[1].astype(np.float64)])
    for dtype in (np.float16, np.int32, np.complex64, object, np.longdouble):
        refused(f"dtype {dtype}", error, "must be float32 or float64", certigar.average, np.ones((3, 3), dtype))
    refused("lists of numbers", TypeError, "x[0] must be a NumPy array or a torch tensor, not list", certigar.average, [[1.0, 2.0], [3.0, 4.0]])
    refused("None", TypeError, "not NoneType", certigar.average, None)
    refused("a masked array", TypeError, "masked", certigar.average, np.ma.masked_array(x))
    refused("no such rule", error, "must be one of average, median", certigar.aggregate, "krumm", x)
    refused("no rule at all", TypeError, "rule must be text", certigar.aggregate, 4, x)
    refused("krum with f too great", error, "krum: f = 5 with n = 11 rows, but n >= 2f+3 is needed: f must be 0 to 4", certigar.krum, x, f=5)
    refused("median with f too great", error, "f must be 0 to 5", certigar.median, x, f=6)
    for f in (2**63, 2**64 - 1):
        refused(f"f = {f}", error, f"f = {f} with n = 11", certigar.krum, x, f=f)
    refused("f = 2^64", error, "f = 18446744073709551616, must be 0 to", certigar.krum, x, f=2**64)
    refused("f = -1", error, "f = -1", certigar.krum, x, f=-1)
    for f in (1.0, True, "1", None):
        refused(f"f = {f!r}", TypeError, "f must be an integer", certigar.krum, x, f=f)
    check("f of NumPy", same(certigar.krum(x, np.int8(2)), certigar.krum(x, 2)))
    refused("m = 0", error, "m = 0", certigar.multi_krum, x, 2, m=0)
    refused("m too great", error, "m = 8 with n = 11 rows and f = 2, must be 1 to n-f-2 = 7", certigar.multi_krum, x, 2, m=8)
    refused("pivot too great", error, "pivot = 11 with n = 11 rows, must be 0 to 10", certigar.monna, x, 2, pivot=11)
    refused("krum takes no m", error, "krum takes no m", certigar.aggregate, "krum", x, 2, m=1)
    refused("krum takes no tau", error, "krum takes no tau", certigar.aggregate, "krum", x, 2, tau=1)
    refused("an unknown keyword", TypeError, "unexpected keyword", certigar.krum, x, 2, taste=1)
    refused("median kind", error, "must be one of midpoint, lower, upper", certigar.median, x, kind="mid")
    refused("variant", error, "must be one of one-pass, iterated", certigar.multi_bulyan, x, 1, variant="two")
    refused("level", error, "must be one of best", certigar.median, x, level="sse2")
    refused("profile", error, "must be one of paper, byzfl", certigar.median, x, profile="bizfl")
    for threads in (0, 1025):
        refused(f"threads = {threads}", error, f"threads = {threads}, must be", certigar.median, x, threads=threads)
    refused("iterations = 0", error, "iterations = 0, must be 1 to 1000000", certigar.centered_clipping, x, iterations=0)
    refused("centre, d - 1 values", error, "shape (299,), must be (300,)", certigar.centered_clipping, x, centre=x[0][:-1])
    refused("centre of another dtype", error, "must be float32", certigar.centered_clipping, x, centre=x[0].astype(np.float64))
    refused("centre that is not finite", error, "centre", certigar.centered_clipping, x, centre=np.full(300, np.nan, np.float32))
    centre = np.ones(600, ">f4")[::2]
    ones = certigar.centered_clipping(x, centre=np.ones(300, np.float32))
    check("a centre of any strides and byte order", same(certigar.centered_clipping(x, centre=centre), ones))
    refused("zeno without scores", error, "neither scores nor a loss", certigar.zeno, x, 2)
    refused("zeno with both", error, "both scores and a loss", certigar.zeno, x, 2, scores=range(11), loss=lambda row: 0)
    refused("scores, one too few", error, "must be (11,)", certigar.zeno, x, 2, scores=range(10))
    refused("scores of rows before bucketing", error, "must be (6,)", certigar.zeno, x, 2, scores=range(11), pre=["bucketing:s=2"])
    refused("scores that float64 does not hold", error, "does not hold exactly", certigar.zeno, x, 2, scores=[2**53 + 1, *range(10)])
    refused("scores of text", TypeError, "must be float64", certigar.zeno, x, 2, scores=["a"] * 11)
    refused("iterations of a float", TypeError, "iterations must be an integer", certigar.centered_clipping, x, iterations=1.5)


def real_parameters():
    for value, exact in ((3, 3), (Fraction(-1, 3), Fraction(-1, 3)), (Decimal("1.50E-7"), Fraction(3, 2 * 10**7)), (0.1, Fraction(0.1)), (-0.0, 0),
                         (5e-324, Fraction(5e-324)), (sys.float_info.max, Fraction(sys.float_info.max)),
                         (np.float32(0.1), Fraction(float(np.float32(0.1)))),
                         (np.int16(-7), -7), (2**300, 2**300), (-3 * 2**400, -3 * 2**400), (Fraction(3, 2**200), Fraction(3, 2**200)),
                         (np.float64(2.5), Fraction(5, 2))):
        text = _numbers.exact_text("tau", value).decode()
        read = Fraction(text) if "x" not in text else Fraction(int(text.partition("p")[0], 16)) * Fraction(2) ** int(text.partition("p")[2])
        check(f"{value!r} is taken exactly, as {text}", read == exact and len(text) <= 63, read)
    check("infinities", [_numbers.exact_text("tau", value) for value in (float("inf"), Decimal("inf"), -float("inf"))] == [b"inf", b"inf", b"-inf"])
    for value in (float("nan"), Decimal("nan"), Fraction(1, 3**150), Fraction(10**70, 7), "1" * 64, "1\0", "\u0661"):
        refused(f"tau = {value!r}", certigar.ParameterError, "must be a number", _numbers.exact_text, "tau", value)
    for value in (True, None, b"1", 1j, [1], np.longdouble(1)):
        refused(f"tau = {value!r}", TypeError, "must be text, int, float, Fraction or Decimal", _numbers.exact_text, "tau", value)
    x = np.array([[0.0],
                  [0.2]])   # brsgd looks at row 1, whose distance to the median is half of the float 0.2: 2T is as much for T = 0.05, less for "0.05"
    check("a float is the binary64 number", certigar.brsgd(x, threshold=0.05)[0] == 0.2)
    for value in ("0.05", Fraction(1, 20), Decimal("0.05")):
        error = refused(f"threshold {value!r} is one twentieth", certigar.NoValueError, "no row is selected", certigar.brsgd, x, threshold=value)
        check("what is known comes with it", error is not None and error.certificate.status == "no value" and error.certificate.selected == (), error)
    refused("tau of words", certigar.ParameterError, "tau = 'ten', must be a number such as", certigar.centered_clipping, x, tau="ten")
    refused("tau = 0", certigar.ParameterError, "centered-clipping: tau = 0, must be a number > 0", certigar.centered_clipping, x, tau=0)
    refused("beta above a half", certigar.ParameterError, "beta = 0.51", certigar.brsgd, x, beta="0.51")


def warned():
    x = sample(bad=2)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        certigar.median(x, 2)
        quiet = len(caught)
        certigar.median(x, 1)
        certigar.aggregate("median", x, 1)
        certigar.Krum(1)(x)
        certigar.median(x, 1, certificate=True)
    check("no warning while at most f rows are not finite", quiet == 0, caught)
    check("a warning if more are",
          [w.category for w in caught] == [certigar.NotFiniteWarning] * 3 and "2 rows are not finite, more than f = 1" in str(caught[0].message),
          [str(w.message) for w in caught])
    check("the warning names the caller's line", {w.filename for w in caught} == {__file__}, [w.filename for w in caught])
    found = certigar.median(x, 1, certificate=True)[1]
    check("the certificate says it", found.status == "not finite" and found.message and found.nonfinite_rows == (0, 1), found)
    try:
        found.status = "ok"
        check("the certificate is frozen", False)
    except AttributeError:
        check("the certificate is frozen", True)
    refused("no row is finite", certigar.NoValueError, "no row is finite", certigar.geometric_median, np.full((3, 2), np.nan))


# ---- callbacks, threads, signals ----

class Marked(Exception):
    pass


def elsewhere(function):
    """What function() returns or raises in another thread."""
    box = []

    def work():
        try:
            box.append(function())
        except BaseException as error:
            box.append(error)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return box[0]


def callbacks():
    x = sample(11, 200000)
    seen, threads = [], set()

    def progress(done, total):
        seen.append((done, total))
        threads.add(threading.get_ident())
    certigar.krum(x, 2, progress=progress, threads=2)
    ordered = all(0 < done <= total == 400000 for done, total in seen) and seen == sorted(seen)
    check("progress is told, in order", ordered and len(seen) > 0, seen[:5])
    sluggish = []
    certigar.krum(np.tile(x, (2, 10)), 2, threads=1, progress=lambda *_: sluggish.append(time.monotonic()))
    pauses = [after - before for before, after in zip(sluggish, sluggish[1:])]
    check("progress is told again and again, but not all the time", len(pauses) > 3 and sum(pauses) / len(pauses) > 0.015, pauses)
    check("progress is called in the calling thread", threads == {threading.get_ident()})
    refused("progress that stops", certigar.StoppedError, "stopped after", certigar.krum, x, 2, progress=lambda done, total: True)
    mark = Marked("here")

    def fails(*_):
        raise mark
    for name, run in (("progress", lambda: certigar.krum(x, 2, progress=fails)), ("loss", lambda: certigar.zeno(x, 2, loss=fails)),
                      ("loss of a small matrix", lambda: certigar.zeno(x[:, :5], 2, loss=fails))):
        for where, of in (("the main thread", lambda run=run: run()), ("another", lambda run=run: elsewhere(run))):
            try:
                found = of()
            except Marked as error:
                found = error
            check(f"what {name} raises in {where} comes out", found is mark, found)
    refused("loss that returns no number", TypeError, "", certigar.zeno, x, 2, loss=lambda row: None)
    asked, losses = [], {None: 10.0, **{i: float((i * 7) % 11) for i in range(11)}}

    def loss(row):
        asked.append((row, threading.get_ident()))
        return losses[row]
    out = certigar.zeno(x, 4, loss=loss, rho="1/1000")
    check("loss is asked in order, in the calling thread", asked == [(row, threading.get_ident()) for row in (None, *range(11))], asked)
    exact = [Fraction(losses[None]) - Fraction(losses[i]) - Fraction(1, 1000) * sum(Fraction(float(v)) ** 2 for v in x[i, :9]) for i in range(11)]
    kept = sorted(sorted(range(11), key=lambda i: -exact[i])[:7])
    found = certigar.zeno(x[:, :9], 4, loss=loss, rho="1/1000", certificate=True)[1]
    check("zeno's scores from losses", found.selected == tuple(kept)
          and all(low <= value <= high for value, (low, high) in zip(exact, found.scores)), found)
    check("zeno in another thread", same(elsewhere(lambda: certigar.zeno(x, 4, loss=loss, rho="1/1000")), out))


def nothing_leaks():
    """After an exception neither rows nor callbacks are kept, and memory does not grow."""
    def once():
        x = sample(7, 60000)

        def fails(*_):
            raise Marked
        for run in (lambda: certigar.krum(x, 1, progress=fails), lambda: certigar.zeno(x, 1, loss=fails), lambda: certigar.krum(x, 9)):
            try:
                run()
            except (Marked, certigar.ParameterError):
                pass
        return weakref.ref(x), weakref.ref(fails)
    refs = once()
    gc.collect()
    check("rows and callbacks are let go", [ref() for ref in refs] == [None, None])

    def resident():
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    for _ in range(10):
        once()
    before = resident()
    for _ in range(100):
        once()
    gc.collect()
    check("memory does not grow", resident() - before < 8 << 20, resident() - before)
    check("no thread is left", not [thread for thread in threading.enumerate() if thread.name == "certigar"])


def signal_at_work(number):
    """Sends a signal to this process soon after the library has begun."""
    while not [thread for thread in threading.enumerate() if thread.name == "certigar"]:
        time.sleep(0.001)
    time.sleep(0.05)
    os.kill(os.getpid(), number)


def interrupts():
    values = np.random.default_rng(4).normal(size=(1 << 22) + 40).astype(np.float32)
    x = np.lib.stride_tricks.sliding_window_view(values, 1 << 22)[:40]  # rows that overlap: much work, little memory
    began = time.monotonic()
    certigar.krum(x, 5, threads=1)
    whole = time.monotonic() - began
    reached = []
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs this may have it ignored

    def alarm(number, frame):
        raise Marked
    before = signal.signal(signal.SIGALRM, alarm)
    for name, number, kind, keywords in (("Ctrl-C", signal.SIGINT, KeyboardInterrupt, {}), ("a signal's exception", signal.SIGALRM, Marked, {}),
                                         ("Ctrl-C with progress", signal.SIGINT, KeyboardInterrupt, {"progress": lambda *_: reached.append(1)})):
        caught, began = None, time.monotonic()
        timer = threading.Thread(target=signal_at_work, args=(number,))
        try:
            timer.start()
            certigar.krum(x, 5, threads=1, **keywords)
        except BaseException as error:
            caught = error
        seconds = time.monotonic() - began
        timer.join()
        check(f"{name} comes out at once", type(caught) is kind and seconds < whole * 2 / 3, (caught, seconds, whole))
        check(f"{name} ends the work", not [thread for thread in threading.enumerate() if thread.name == "certigar"])
    signal.signal(signal.SIGALRM, before)
    signal.signal(signal.SIGINT, kept)
    check("the next call works", same(certigar.krum(x[:9, :99], 2), certigar.krum(x[:9, :99], 2, threads=3)))


def many_threads():
    x = sample(11, 5000)
    expected = {rule: certigar.aggregate(rule, x, 2, threads=1) for rule in ("median", "krum", "bulyan", "mda", "meamed")}
    for threads in (2, 3, 16):
        for rule, out in expected.items():
            check(f"{rule} with {threads} threads", same(certigar.aggregate(rule, x, 2, threads=threads), out))
    wrong = []

    def work():
        for rule, out in list(expected.items()) * 5:
            if not same(certigar.aggregate(rule, x, 2), out):
                wrong.append(rule)
    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    check("eight threads of Python at once", not wrong, wrong)


def zeno_server():
    source = np.random.default_rng(5)
    for dtype in (np.float32, np.float64):
        server = certigar.ZenoServer(6, "0.1", Fraction(1, 7), Decimal("0.05"), dtype)
        g = source.normal(size=6).astype(dtype)
        check("before a gradient nothing is accepted", server.accepts(g) is False)
        server.set_gradient(g)
        for _ in range(40):
            u = (g * source.normal() + source.normal(size=6)).astype(dtype)
            exact = [(Fraction(float(a)), Fraction(float(b))) for a, b in zip(g, u)]
            product, square = sum(a * b for a, b in exact), sum(b * b for _, b in exact)
            accepted = Fraction(1, 10) * product - Fraction(1, 7) * square >= -Fraction(1, 10) * Fraction(1, 20)
            check("zeno++", server.accepts(u) is accepted, u)
        check("a NaN is not accepted", server.accepts(np.full(6, np.nan, dtype)) is False)
        refused("a row too long", certigar.ParameterError, "shape (7,), must be (6,)", server.accepts, np.zeros(7, dtype))
        refused("another dtype", certigar.ParameterError, "as the rows are", server.accepts,
                np.zeros(6, np.float32 if dtype == np.float64 else np.float64))
    refused("gamma = 0", certigar.ParameterError, "gamma", certigar.ZenoServer, 3, 0, 0, 0)
    refused("gamma of words", certigar.ParameterError, "gamma", certigar.ZenoServer, 3, "x", 0, 0)
    refused("dtype of a server", certigar.ParameterError, "must be float32 or float64", certigar.ZenoServer, 3, 1, 0, 0, np.int32)


# ---- torch ----

def tensors():
    try:
        import torch
    except ImportError:
        skip("torch: tensors", 11)
        return
    for dtype in (np.float32, np.float64):
        x = sample(dtype=dtype)
        t = torch.from_numpy(x)
        for name, form in (("a tensor", t), ("a tensor with a gradient", t.clone().requires_grad_()), ("a transposed tensor", t.T.contiguous().T),
                           ("a list of tensors", [row.clone() for row in t])):
            out = certigar.krum(form, 2)
            good = isinstance(out, torch.Tensor) and out.device.type == "cpu" and same(out.numpy(), certigar.krum(x, 2))
            check(f"{name}, {np.dtype(dtype)}", good, out)
    out = certigar.NNM(2)(t)
    check("NNM of a tensor", isinstance(out, torch.Tensor) and same(out.numpy(), certigar.NNM(2)(x)))
    out = certigar.centered_clipping(t, centre=torch.ones(300, dtype=torch.float64))
    check("a tensor as centre", same(out.numpy(), certigar.centered_clipping(x, centre=np.ones(300))))
    refused("half", certigar.ParameterError, "torch.float16, must be float32 or float64", certigar.krum, t.half(), 2)
    refused("bfloat16", certigar.ParameterError, "torch.bfloat16", certigar.krum, t.bfloat16(), 2)
    refused("a device", certigar.ParameterError, "on meta, must be on the CPU: call .cpu()", certigar.krum, t.to("meta"), 2)
    refused("sparse", certigar.ParameterError, "must be strided", certigar.krum, t.to_sparse(), 2)
    refused("arrays and tensors", TypeError, "mixes", certigar.krum, [t[0], x[1]], 0)
    tracemalloc.start()
    big = torch.zeros((16, 1 << 19))
    certigar.median(big)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    check("a tensor is not copied", peak < 4 * (1 << 19) + (1 << 20), peak)


# ---- the headers ----

def header(name):
    return re.sub(r"/\*.*?\*/", " ", (ROOT / "src" / name).read_text(), flags=re.S)


def layouts(folder):
    """A C program prints what the compiler makes of the headers."""
    structures = {"certigar_message": "Message", "certigar_matrix": "Matrix", "certigar_bound": "Bound", "certigar_interval": "Interval",
                  "certigar_certificate": "Certificate", "certigar_difference": "Difference", "certigar_finding": "Finding",
                  "certigar_comparison": "Comparison"}
    text = header("certigar.h") + header("certigar_check.h")
    bodies = dict(re.findall(r"^typedef struct (\w+) \{(.*?)\n\}", text, re.M | re.S))
    check("every structure of the headers is known", set(bodies) == set(structures), set(bodies) ^ set(structures))
    lines, expected = [], {}
    for name, ours in structures.items():
        structure = getattr(_structures, ours)
        lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
        expected[name] = ctypes.sizeof(structure)
        for field, kind in structure._fields_:
            lines.append(f'printf("{name}.{field} %zu\\n", offsetof({name}, {field}) * 1000 + sizeof((({name} *)0)->{field}));')
            expected[f"{name}.{field}"] = getattr(structure, field).offset * 1000 + ctypes.sizeof(kind)
    numbers = {"CERTIGAR_OK": _structures.OK, "CERTIGAR_NOT_FINITE": _structures.NOT_FINITE, "CERTIGAR_BAD_PARAMETER": _structures.BAD_PARAMETER,
               "CERTIGAR_NO_MEMORY": _structures.NO_MEMORY, "CERTIGAR_STOPPED": _structures.STOPPED, "CERTIGAR_NO_VALUE": _structures.NO_VALUE,
               "CERTIGAR_FLOAT32": _structures.FLOAT32, "CERTIGAR_FLOAT64": _structures.FLOAT64, "CERTIGAR_NUMBER_MAX": _numbers.NUMBER_MAX,
               "CERTIGAR_WORST_MAX": _structures.WORST_MAX, "CERTIGAR_REASON_MAX": _structures.REASON_MAX}
    for prefix, names in (("", _structures.MEDIAN_KINDS), ("", _structures.VARIANTS), ("LEVEL_", _structures.LEVELS), ("", certigar.PROFILES),
                          ("", certigar.RULES)):
        numbers |= {f"CERTIGAR_{prefix}{name.upper().replace('-', '_')}": i for i, name in enumerate(names)}
    for name, value in numbers.items():
        lines.append(f'printf("{name} %d\\n", (int){name});')
        expected[name] = value
    source = "#include <certigar.h>\n#include <certigar_check.h>\n#include <stdio.h>\nint main(void)\n{\n" + "\n".join(lines) + "\nreturn 0;\n}\n"
    (folder / "layout.c").write_text(source)
    subprocess.run([os.environ.get("CC", "gcc"), "-std=c11", f"-I{ROOT / 'src'}", folder / "layout.c", "-o", folder / "layout"], check=True)
    printed = dict(line.split() for line in subprocess.run([folder / "layout"], capture_output=True, text=True, check=True).stdout.splitlines())
    for name, value in expected.items():
        check(f"{name} is what the compiler says", int(printed[name]) == value, (printed[name], value))
    for name, body in bodies.items():
        number = sum(1 + line.count(",") for line in body.split(";")[:-1])
        check(f"{name} has {number} fields", number == len(getattr(_structures, structures[name])._fields_))


def prototypes():
    """Every function of the headers is bound, with as many arguments, but for the shortcuts for contiguous rows."""
    text = header("certigar.h") + header("certigar_check.h")
    found = {name: arguments for name, arguments in re.findall(r"^[a-z][\w \*]*?[ \*]certigar_(\w+)\(([^;]*)\);", text, re.M)}
    for name in ("aggregate_f32", "aggregate_f64", "check_f32", "check_f64"):
        check(f"certigar_{name} is in the headers", found.pop(name, None) is not None)
    check("the functions of the headers are those bound", set(found) == set(_library._PROTOTYPES), set(found) ^ set(_library._PROTOTYPES))
    for name, arguments in found.items():
        count = 0 if arguments.strip() == "void" else arguments.count(",") + 1
        check(f"certigar_{name} has {count} arguments", len(_library._PROTOTYPES[name][1]) == count, arguments)
    version = re.search(r'CERTIGAR_VERSION "(.*)"', (ROOT / "src/certigar.h").read_text()).group(1)
    check("the package has the library's version", certigar.__version__ == version, certigar.__version__)
    loaded = _library.library()
    check("the library of this tree is used", Path(loaded.path) == BUILD / "libcertigar.so", loaded.path)
    names = [loaded.rule_name(i) for i in range(len(certigar.RULES) + 1)]
    check("the rules are those of the library", names == [*(rule.encode() for rule in certigar.RULES), None], names)


# ---- judgements ----

STUB = r"""
#include <certigar_check.h>
#include <stdlib.h>
#include <string.h>
/* The library with a judge that only compares bits, and fills every field. */
static size_t bytes = 8, rows[] = {2, 5}, honest[] = {1, 3, 4};
const char *certigar_verdict_name(certigar_verdict v)
{
  static const char *const names[] = {"EXACT", "TIE", "ROUNDING", "BREACH", "AMBIGUOUS", "PROFILE", "WRONG"};
  return names[v];
}
const char *certigar_profile_name(certigar_profile p)
{
  static const char *const names[] = {"paper", "byzfl", "lpd-py", "lpd-native", "krum2", "flower-legacy", "flower", "epfml", "torchjd", "fedml"};
  return p < 10 ? names[p] : NULL;
}
certigar_status certigar_check_run(certigar_plan *plan, const certigar_matrix *input, const void *candidate, certigar_finding *finding,
                                   certigar_message *message)
{
  void *out = calloc(input->d, 8);
  memset(finding, 0, sizeof *finding);
  bytes = input->column_stride == 4 ? 4 : 8;
  certigar_status status = certigar_plan_run(plan, input, out, &finding->expected, message);
  int differs = memcmp(out, candidate, input->d * bytes) != 0;
  free(out);
  strcpy(finding->reason, "because");
  if (!differs) return status;
  *finding = (certigar_finding){.verdict = CERTIGAR_VERDICT_AMBIGUOUS, .reason = "not the same", .different = 7, .outside = 6, .worst_count = 2,
    .worst = {{3, 0x3f800000, 0x40000000, 5, {3, -1, 0, 0}, {1, 0, 0, 0}}, {4, 0x7f800000, 0, UINT64_MAX, {0, 0, 1, 0}, {0, 0, 0, 0}}},
    .ulps_count = {[0] = 10, [65] = 11}, .has_profile = 1, .profile_exact = 1, .profile = CERTIGAR_BYZFL, .profiles = 1u << 1 | 1u << 9,
    .selected_count = 2, .selected = rows, .selection_known = 1, .gap = {1, -3, 0, 0}, .resolution = {1, -2, 0, 0}, .admissible = 12,
    .admissible_cap = 13, .honest_count = 3, .honest = honest, .expected = finding->expected};
  return status;
}
"""

STUBBED = r"""
import sys, numpy as np, certigar
from fractions import Fraction
x = np.arange(77, dtype=np.float32).reshape(11, 7)
x[0] += 1
good = certigar.krum(x, 2)
found = certigar.check("krum", x, good, f=2)
assert found.verdict == "EXACT" and found.accepted and found.reason == "because" and found.profile is None and found.selected is None, found
assert found.gap is None and found.honest is None and found.certificate == certigar.krum(x, 2, certificate=True)[1], found
assert certigar.identify("krum", x, good, f=2) == ("paper",)
found = certigar.check("krum", x, good[::-1], f=2)
first, second = found.worst
assert (found.verdict, found.accepted, found.reason, found.different, found.outside) == ("AMBIGUOUS", False, "not the same", 7, 6), found
assert (first.coordinate, first.candidate, first.expected, first.candidate_word, first.ulps, first.error, first.bound) == (
    3, 1.0, 2.0, 0x3F800000, 5, Fraction(3, 2), 1), first
assert (second.candidate, second.ulps, second.error) == (float("inf"), None, float("inf")), second
assert found.ulps_count[0] == 10 and found.ulps_count[65] == 11 and sum(found.ulps_count) == 21 and len(found.ulps_count) == 66
assert (found.profile, found.profile_exact, found.profiles, found.selected) == ("byzfl", True, ("byzfl", "fedml"), (2, 5))
assert (found.gap, found.resolution, found.admissible, found.admissible_cap, found.honest) == (Fraction(1, 8), Fraction(1, 4), 12, 13, (1, 3, 4))
assert certigar.identify("krum", x, good[::-1], f=2) == ("byzfl", "fedml")
print("fine")
"""

CONFORMS = r"""
import numpy as np, os, sys
import certigar
from certigar.testing import ConformanceError, assert_conforms, matrices
import warnings; warnings.simplefilter("ignore")
folder = sys.argv[1]
ours = lambda x: certigar.krum(x, 2)
assert len(assert_conforms("krum", ours, f=2)) == 20
def message(function, **named):
    try:
        assert_conforms("krum", function, f=2, directory=folder, **named)
    except AssertionError as error:
        assert isinstance(error, ConformanceError)
        return error
    raise SystemExit("accepted")
x = np.arange(55, dtype=np.float32).reshape(11, 5)
def spoils(x):
    x[:] = 0
    return x[0] + 1
error = message(spoils, inputs=x)
assert "again: certigar check krum -f 2" in str(error) and "0x1.bp+5" in str(error) and error.finding is not None, str(error)
assert np.array_equal(np.load(os.path.join(folder, "input.npy")), x)
assert np.array_equal(np.load(os.path.join(folder, "candidate.npy")), np.ones(5, "f4"))
assert x[10, 4] == 54
def crashes(x):
    raise ZeroDivisionError("zero")
error = message(crashes)
assert "NO RESULT" in str(error) and "ZeroDivisionError: zero" in str(error) and error.finding is None
assert isinstance(error.__cause__, ZeroDivisionError)
assert "must be float32" in str(message(lambda x: ours(x).astype("f8"), inputs={"mine": x}))
assert "shape (4,), must be (5,)" in str(message(lambda x: ours(x)[:4], inputs=[x, x]))
assert "not list" in str(message(lambda x: [1.0], inputs=x))
assert "0x1.b" not in str(message(spoils, inputs=np.arange(220, dtype=np.float32).reshape(11, 20)))
try:
    assert_conforms("krum", ours, f=6, inputs=x)
except certigar.ParameterError as error:
    assert "krum: f = 6" in str(error)
again = message(lambda x: x[0] * 0 + 0.5, inputs=x, pre=["nnm", certigar.Bucketing(1, 3)], profile="paper")
assert "--pre nnm --pre bucketing:s=1,seed=3" in str(again), str(again)
print("fine")
"""


def script(what, text, arguments=(), **environment):
    done = subprocess.run([sys.executable, "-B", "-c", text, *map(str, arguments)], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "PYTHONPATH": str(ROOT / "python"), **environment})
    check(what, done.returncode == 0 and done.stdout.endswith("fine\n"), done.stdout + done.stderr)


def stubbed(folder):
    """What check returns, field by field, and the helper for tests, over a judge whose answers are known."""
    (folder / "stub.c").write_text(STUB)
    subprocess.run([os.environ.get("CC", "gcc"), "-std=c11", "-shared", "-fPIC", f"-I{ROOT / 'src'}", folder / "stub.c", "-Wl,--whole-archive",
                    BUILD / "libcertigar.a",
                    "-Wl,--no-whole-archive", "-Wl,--allow-multiple-definition", "-lmpfr", "-lgmp", "-pthread", "-o", folder / "stub.so"], check=True)
    script("every field of a finding", STUBBED, CERTIGAR_LIBRARY=str(folder / "stub.so"))
    script("assert_conforms", CONFORMS, [folder], CERTIGAR_LIBRARY=str(folder / "stub.so"))
    if importlib.util.find_spec("pytest") is None:
        skip("pytest: the fixture")
        return
    suite = folder / "suite"
    suite.mkdir()
    (suite / "conftest.py").write_text('pytest_plugins = ["certigar.pytest_plugin"]\n')
    (suite / "test_it.py").write_text("import certigar\ndef test_good(certigar_conforms):\n    certigar_conforms('median', certigar.median)\n"
                                      "def test_bad(certigar_conforms):\n    certigar_conforms('median', lambda x: x[0])\n")
    done = subprocess.run([sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={folder / 'pytest'}", suite],
                          capture_output=True, text=True, timeout=300,
                          env={**os.environ, "PYTHONPATH": str(ROOT / "python"), "CERTIGAR_LIBRARY": str(folder / "stub.so")})
    check("the fixture of pytest", "1 failed, 1 passed" in done.stdout and "certigar check median -f 0" in done.stdout and
          (folder / "pytest/test_bad0/candidate.npy").exists(), done.stdout + done.stderr)


def judged():
    if not _library.library().has("check_run"):
        refused("check by a library without it", certigar.LibraryError, "has no certigar_check_run", certigar.check, "median", sample(), sample()[0])
        skip("the library's own judge", 3)
        return
    x = sample(11, 40)
    for rule in certigar.RULES:
        own = {"scores": range(11)} if rule == "zeno" else {}
        finding = certigar.check(rule, x, certigar.aggregate(rule, x, 2, **own), f=2, **own)
        check(f"{rule}: its own output conforms", finding.verdict == "EXACT", finding)
    for rule in ("average", "median", "krum"):
        finding = certigar.check(rule, x, np.full(40, 1e30, np.float32), f=2)
        check(f"{rule}: 1e30 everywhere does not", not finding.accepted and finding.different == 40, finding)


# ---- library, command, packaging ----

def commands(folder):
    def run(*arguments, **environment):
        return subprocess.run([sys.executable, "-B", "-m", "certigar", *arguments], capture_output=True, text=True, timeout=60, cwd=folder,
                              env={**os.environ, "PYTHONPATH": str(ROOT / "python"), **environment})
    done = run("--version")
    check("--version", (done.returncode, done.stdout) == (0, f"certigar {certigar.__version__}\n"), done)
    done = run("--help")
    check("--help", done.returncode == 0 and done.stdout.startswith("usage: python -m certigar") and not done.stderr, done)
    done = run()
    check("no command", done.returncode == 2 and done.stderr.startswith("usage:") and not done.stdout, done)
    done = run("nothing")
    check("an unknown command", done.returncode == 2 and "no command 'nothing'" in done.stderr, done)
    done = run("library")
    check("library", done.returncode == 0 and f"library: {BUILD / 'libcertigar.so'}" in done.stdout, done)
    check("library --help", run("library", "--help").returncode == 0)
    check("library with arguments", run("library", "x").returncode == 2)
    done = run("library", CERTIGAR_LIBRARY="/nonexistent.so")
    check("a library that is not there", done.returncode == 1 and "CERTIGAR_LIBRARY" in done.stderr and "/nonexistent.so" in done.stderr, done)
    script("the package is imported without a library",
           "import certigar, numpy\ntry:\n certigar.median(numpy.ones((3, 2)))\nexcept certigar.LibraryError as e:\n print(e)\n"
           "print('fine')", CERTIGAR_LIBRARY="/nonexistent.so")
    script("another library is said to be none",
           "import certigar, numpy\ntry:\n certigar.median(numpy.ones((3, 2)))\nexcept certigar.LibraryError as e:\n"
           " assert 'has no certigar_' in str(e), e\nprint('fine')", CERTIGAR_LIBRARY="libm.so.6")
    script("torch is not imported",
           "import certigar, numpy, sys\ncertigar.median(numpy.ones((3, 2)))\nassert 'torch' not in sys.modules\nprint('fine')")


def installed(folder):
    subprocess.run(["make", "-s", "-o", "build", "-C", ROOT, "install", f"DESTDIR={folder}/stage", "PREFIX=/usr"], check=True,
                   stdout=subprocess.DEVNULL)
    where = folder / "stage/usr/lib/python3/dist-packages"
    here = sorted(path.name for path in (ROOT / "python/certigar").glob("*.py"))
    check("make install installs every module",
          sorted(path.name for path in (where / "certigar").glob("*.py")) == here and (where / "certigar/py.typed").exists())
    text = ("import certigar, numpy, sys\nfrom certigar._library import library\ncertigar.median(numpy.ones((3, 2)))\n"
            "assert library().path == sys.argv[1], library().path\nprint('fine')")
    script("the installed package uses the installed library", text, [folder / "stage/usr/lib/libcertigar.so.0"], PYTHONPATH=str(where))
    if importlib.util.find_spec("wheel") is None or importlib.util.find_spec("setuptools") is None:
        skip("setuptools and wheel: a wheel")
        return
    shutil.copytree(ROOT / "python", folder / "python", ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
    done = subprocess.run([sys.executable, "-B", "-c", "import setuptools.build_meta as b, sys; print(b.build_wheel(sys.argv[1]))", folder],
                          capture_output=True, text=True,
                          cwd=folder / "python", timeout=120)
    wheels = list(folder.glob("certigar-*.whl"))
    check("a wheel is built", len(wheels) == 1 and wheels[0].name == f"certigar-{certigar.__version__}-py3-none-any.whl", done.stdout + done.stderr)
    shutil.unpack_archive(wheels[0], folder / "unpacked", "zip")
    files = sorted(path.name for path in (folder / "unpacked/certigar").iterdir())
    check("the wheel holds every module", files == sorted([*here, "py.typed"]), files)
    points = next((folder / "unpacked").glob("*.dist-info")) / "entry_points.txt"
    check("the wheel names the plugin of pytest", "certigar.pytest_plugin = certigar.pytest_plugin" in points.read_text())
    script("the package of the wheel uses what CERTIGAR_LIBRARY names", text, [BUILD / "libcertigar.so"], PYTHONPATH=str(folder / "unpacked"),
           CERTIGAR_LIBRARY=str(BUILD / "libcertigar.so"))


def typed(folder):
    if importlib.util.find_spec("mypy") is None:
        skip("mypy: the types")
        return
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", folder / "mypy", "-p", "certigar"], capture_output=True,
                          text=True, cwd=ROOT / "python",
                          timeout=300)
    check("mypy --strict", done.returncode == 0, done.stdout + done.stderr)


def examples():
    import doctest

    result = doctest.testmod(certigar)
    check("the examples of the docstring", result.failed == 0 and result.attempted > 0, result)
    before = os.getcwd()
    os.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "docs/python.md"), module_relative=False)
    os.chdir(before)
    check("the examples of docs/python.md", result.failed == 0 and result.attempted > 0, result)
    for name in certigar.__all__:
        thing = getattr(certigar, name)
        check(f"{name} has a docstring", not isinstance(thing, (type, types.FunctionType)) or bool(thing.__doc__))
    gradients = np.load(ROOT / "data/fashion-lenet-gradients-n20.npy")
    found = certigar.krum(gradients, f=4, certificate=True)[1]
    check("the winner of the README", found.selected == (11,) and 0.0346 < found.margin < 0.0347, found.margin)
    check("matrices are the same each time", all(same(a, b) for a, b in zip(testing.matrices(f=2).values(), testing.matrices(f=2).values())))
    check("the rules of the plan", set(_plan.OWN) <= set(certigar.RULES))


def main():
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        before = os.getcwd()
        os.chdir(folder)
        for part in (prototypes, layouts, the_same_bits, functions_are_aggregate, objects_are_functions, called_pre_aggregations, every_form,
                     no_copies, refusals,
                     real_parameters, warned, callbacks, nothing_leaks, interrupts, many_threads, zeno_server, tensors, stubbed, judged, commands,
                     installed, typed, examples):
            started = time.monotonic()
            part(*([folder] if part.__code__.co_argcount else []))
            if time.monotonic() - started > 5:
                print(f"{part.__name__}: {time.monotonic() - started:.1f} s", flush=True)
        os.chdir(before)
    for what in sorted(set(skipped)):
        print(f"skipped: {what} ({skipped.count(what)})")
    print(f"{time.monotonic() - began:.0f} s")
    finish()


if __name__ == "__main__":
    main()
