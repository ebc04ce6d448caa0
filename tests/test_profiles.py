#!/usr/bin/env python3
"""Profiles of the library against tests/exact_profiles.py, which is written from spec/profiles.md; what they refuse; where they part; and answers that
are theirs within rounding (tests/exact_bounds.py) or not.

usage: test_profiles.py [--cases N] [--seed S] [LIBRARY]     LIBRARY: build/libcertigar.so
"""
import argparse
import ctypes
import random
from pathlib import Path

import exact_bounds
import exact_profiles as exact
from checks import check, finish
from exact_rules import Format
from exact_selection import mean_of
from test_check import Finding, near_matrix
from test_selection import Source

ROOT = Path(__file__).resolve().parent.parent
RULES = ("average", "median", "trimmed-mean", "meamed", "krum", "multi-krum", "bulyan", "multi-bulyan", "mda", "cge", "monna", "geometric-median",
         "brsgd", "zeno", "centered-clipping", "caf", "smea")
PROFILES = ("paper", "byzfl", "lpd-py", "lpd-native", "krum2", "flower-legacy", "flower", "epfml", "torchjd", "fedml")
REFUSED = {("byzfl", "caf"), ("byzfl", "smea"), ("fedml", "centered-clipping")}
AVERAGES = {(p, "average") for p in PROFILES if p != "lpd-native"}
READ_ONLY = AVERAGES | {("flower", "trimmed-mean")}  # as in other profiles, whose rows of exact.TABLE serve
UNROUNDED = {("krum2", "geometric-median"), ("fedml", "geometric-median")}
OK, NOT_FINITE, BAD_PARAMETER, NO_VALUE = 0, 1, 2, 5
DIFFERENT, PROFILE = 3, 5  # a match, a verdict


class Matrix(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("n", ctypes.c_size_t), ("d", ctypes.c_size_t), ("row_stride", ctypes.c_ssize_t),
                ("column_stride", ctypes.c_ssize_t), ("byte_swapped", ctypes.c_int), ("read", ctypes.c_void_p), ("context", ctypes.c_void_p)]


class Comparison(ctypes.Structure):
    _fields_ = [("match", ctypes.c_int), ("different", ctypes.c_size_t), ("worst_ulps", ctypes.c_uint64), ("worst", ctypes.c_size_t)]


class Library:
    def __init__(self, path):
        self.lib = ctypes.CDLL(str(path))
        pointer, size = ctypes.c_void_p, ctypes.c_size_t
        self.lib.certigar_options_new.restype = pointer
        for name, kinds in {"free": [], "set_f": [size], "set_m": [size], "set_iterations": [size], "set_tau": [ctypes.c_char_p], "set_profile": [ctypes.c_int],
                            "set_threads": [size], "add_nnm": [], "add_arc": [], "add_clip": [ctypes.c_char_p]}.items():
            getattr(self.lib, f"certigar_options_{name}").argtypes = [pointer, *kinds]
        for bits in (32, 64):
            getattr(self.lib, f"certigar_aggregate_f{bits}").argtypes = [ctypes.c_int, pointer, size, size, pointer, pointer, pointer]
        self.lib.certigar_plan_new.argtypes = [pointer, ctypes.c_int, ctypes.c_int, size, pointer, pointer]
        self.lib.certigar_plan_free.argtypes = [pointer]
        for name in ("compare", "check"):
            getattr(self.lib, f"certigar_{name}_run").argtypes = [pointer] * 5
        for i, name in enumerate(PROFILES):
            self.lib.certigar_profile_name.restype = ctypes.c_char_p
            assert self.lib.certigar_profile_name(i).decode() == name

    def run(self, fmt, profile, rule, rows, f=0, m=0, stage=None, threads=1):
        """(status, words, message)"""
        n, d, kind = len(rows), len(rows[0]), ctypes.c_uint32 if fmt.bits == 32 else ctypes.c_uint64
        words, out, message = (kind * (n * d))(*[w for row in rows for w in row]), (kind * d)(), ctypes.create_string_buffer(256)
        options = self.lib.certigar_options_new()
        for name, value in (("f", f), ("m", m), ("threads", threads), ("profile", PROFILES.index(profile))):
            getattr(self.lib, f"certigar_options_set_{name}")(options, value)
        if rule == "centered-clipping":
            self.lib.certigar_options_set_tau(options, b"1.5")
        if stage:
            getattr(self.lib, f"certigar_options_add_{stage[0]}")(options, *stage[1:])
        status = getattr(self.lib, f"certigar_aggregate_f{fmt.bits}")(RULES.index(rule), words, n, d, options, out, message)
        self.lib.certigar_options_free(options)
        return status, list(out), message.value.decode()


    def options_of(self, profile, rule, f, m):
        options = self.lib.certigar_options_new()
        for name, value in (("f", f), ("m", m), ("profile", PROFILES.index(profile))):
            getattr(self.lib, f"certigar_options_set_{name}")(options, value)
        if rule == "centered-clipping":
            self.lib.certigar_options_set_tau(options, b"1.5")
        return options

    def judge(self, fmt, profile, rule, rows, y, f, m):
        """What certigar_compare_run says of a candidate and this profile, and certigar_check_run of all: None where the parameters are refused."""
        n, d, kind = len(rows), len(rows[0]), ctypes.c_uint32 if fmt.bits == 32 else ctypes.c_uint64
        words, candidate = (kind * (n * d))(*[w for row in rows for w in row]), (kind * d)(*y)
        size = fmt.bits // 8
        matrix = Matrix(data=ctypes.addressof(words), n=n, d=d, row_stride=d * size, column_stride=size)
        found = []
        for function, structure in (("compare", Comparison), ("check", Finding)):
            plan, result = ctypes.c_void_p(), structure()
            options = self.options_of(profile if function == "compare" else "paper", rule, f, m)
            status = self.lib.certigar_plan_new(ctypes.byref(plan), RULES.index(rule), int(fmt.bits == 64), n, options, None)
            if status == OK:
                status = getattr(self.lib, f"certigar_{function}_run")(plan, ctypes.byref(matrix), candidate, ctypes.byref(result), None)
            self.lib.certigar_plan_free(plan)
            self.lib.certigar_options_free(options)
            found.append(result if status in (OK, NOT_FINITE) else None)
        return found


def moderate(source, fmt, n, f, d):
    """Values about 1, sometimes with rows that are not finite: for rules over the reals."""
    rows = [[source.integer(fmt, source.random.randint(-1 << 20, 1 << 20), (149 if fmt.bits == 32 else 1074) - 19) for _ in range(d)] for _ in range(n)]
    if source.random.random() < 0.4:
        for i in source.random.sample(range(n), source.random.randint(1, n)):
            for c in source.random.sample(range(d), source.random.randint(1, d)):
                rows[i][c] = source.random.choice((fmt.infinity, fmt.sign | fmt.infinity, source.nan(fmt)))
    return rows


def agrees(fmt, rule, rows, got, expected):
    """Bit for bit, NaN as one word. Rules over the reals: where rows cancel, as near 0 as the text says; centered clipping within one ULP of the
    greatest value of the column."""
    if rule not in ("geometric-median", "centered-clipping"):
        return got == expected
    for x, y, column in zip(got, expected, zip(*rows)):
        if x == y:
            continue
        if not (fmt.is_finite(x) and fmt.is_finite(y)):
            return False
        greatest = max((fmt.magnitude(w) for w in column if fmt.is_finite(w)), default=0)
        allowed = fmt.magnitude_value(greatest + 1) - fmt.magnitude_value(greatest)  # an ULP
        if rule == "geometric-median":
            allowed = 1 + (4 * fmt.magnitude_value(greatest) >> 150)
        if abs(fmt.value(x) - fmt.value(y)) > allowed:
            return False
    return True


def compare(library, source, fmt, key, seed):
    profile, rule = key
    least_n, least_f, needs_m, definition = exact.TABLE[key]
    r = source.random
    f = least_f + r.choice((0, 0, 1, 1, 2))
    if profile.startswith("flower") and rule.endswith("krum"):
        f = r.choice((0, 1, 2, 3, 9))
    n, d = least_n(f) + r.choice((0, 0, 1, 2, 3, 4)), r.choice((1, 2, 3))
    m = r.randint(1, n if profile != "krum2" else n - f - 2) if needs_m else 0
    real = rule in ("geometric-median", "centered-clipping")
    rows = (moderate if real else source.matrix)(*((source, fmt) if real else (fmt,)), n, f, d)
    if rule.endswith("krum") and not real and r.random() < 0.4:
        rows = moderate(source, fmt, n, f, d)
    expected = definition(fmt, rows, f, m)
    status, got, message = library.run(fmt, profile, rule, rows, f, m, threads=r.choice((1, 1, 3)))
    good = status == NO_VALUE if expected is None else status in (OK, NOT_FINITE) and agrees(fmt, rule, rows, got, expected)
    if not good:
        shown = "\n".join(" ".join(f"{w:0{fmt.bits // 4}x}" for w in row) for row in rows)
        print(f"rows:\n{shown}\nexpected {expected and [f'{w:x}' for w in expected]}\ngot      {[f'{w:x}' for w in got]} status {status} {message}")
    check(f"{profile} {rule} float{fmt.bits} n={n} d={d} f={f} m={m}: test_profiles.py --seed {seed}", good)


# ---- answers within rounding ----

def parameters_of(r, key):
    least_n, least_f, needs_m, _ = exact_bounds.definition_of(key)
    f = least_f + r.choice((0, 1, 1, 2))
    n = least_n(f) + r.choice((0, 1, 2, 3, 4))
    if key[1] != "multi-krum" or key[0] == "byzfl":
        return n, f, 0
    n = max(n, 2 * f + 4)
    return n, f, r.randint(1, n - 2 * f - 2) if needs_m or r.random() < 0.5 else 0


def close_rows(source, fmt, n, f, d):
    """Values about 1 that sums round: all bits of the fraction random, of either sign; some alike, some columns far greater. Or a few units; or about
    equally far from what is often their median."""
    r, unit = source.random, 149 if fmt.bits == 32 else 1074
    kind = r.random()
    if kind < 0.15:
        return [[fmt.rn(r.randint(-90, 90), 1) for _ in range(d)] for _ in range(n)]
    if kind < 0.4:
        return near_matrix(r, fmt, n, d)
    scale = [r.choice((1, 1, 1000)) for _ in range(d)]
    middle = r.choice((0, 0, 1))
    rows = [[fmt.rn((middle << unit) + r.randint(-(1 << unit), 1 << unit) * s, 1) for s in scale] for _ in range(n)]
    if r.random() < 0.2:
        rows[r.randrange(n)] = list(rows[r.randrange(n)])
    return rows


def beyond(r, fmt, bounded, y):
    """A candidate that is right up to the border in one column, and the next number; None where no column has a border."""
    out, pairs = bounded
    columns = [c for c in range(len(y)) if pairs[c]]
    if not columns:
        return None
    c, side = r.choice(columns), r.choice((-1, 1))
    border = max(side * v + bound for v, bound in pairs[c]) * side
    word = fmt.rn(*border.as_integer_ratio()) if border else 0
    number = fmt.magnitude(word) * (-1 if fmt.negative(word) else 1)
    words = [abs(k) | (fmt.sign if k < 0 else 0) for k in range(number - 2, number + 3)]
    within = [w for w in words if side * fmt.value(w) <= side * border]
    outside = [w for w in words if side * fmt.value(w) > side * border]
    best, worst = max(within, key=lambda w: side * fmt.value(w)), min(outside, key=lambda w: side * fmt.value(w))
    return [[*y[:c], w, *y[c + 1 :]] for w in (best, worst)]


def say(library, fmt, key, rows, y, f, m, expected, what):
    """compare_run is right, and check_run says the same; returns whether this was a verdict PROFILE."""
    profile, rule = key
    comparison, finding = library.judge(fmt, profile, rule, rows, y, f, m)
    good = comparison is not None and (comparison.match < DIFFERENT) == expected
    if finding is not None:
        good = good and bool(finding.profiles >> PROFILES.index(profile) & 1) == expected and (finding.verdict != PROFILE or finding.has_profile == 1)
        good = good and (comparison.match != 0 or finding.profile_exact == 1)
    if not good:
        shown = "\n".join(" ".join(f"{w:0{fmt.bits // 4}x}" for w in row) for row in [*rows, y])
        print(f"rows and candidate:\n{shown}\nmatch {comparison and comparison.match}, check {finding and (finding.verdict, finding.profiles)}")
    check(f"{profile} {rule} float{fmt.bits} n={len(rows)} f={f} m={m}: {what}, expected {expected}", good)
    return finding is not None and finding.verdict == PROFILE


def within_rounding(library, seeds):
    """Answers as implementations compute them match, up to the very border, and no farther."""
    seen = dict.fromkeys([*exact.TABLE, *exact_bounds.READ_ONLY], 0)
    judged = set()
    for seed in seeds:
        for key in seen:
            for bits in (32, 64):
                source, fmt = Source(f"rounding {seed} {key} {bits}"), Format(bits)
                r = source.random
                n, f, m = parameters_of(r, key)
                rows = close_rows(source, fmt, n, f, r.choice((1, 2, 3)))
                where = f"test_profiles.py --seed {seed}"
                y, bounded = exact_bounds.answer(bits, r, key, rows, f, m), exact_bounds.bounds(bits, key, rows, f, m)
                if y is None or bounded is None:
                    continue
                check(f"{key}: the answer is not within the bound of the text: {where}", exact_bounds.matches(fmt, bounded, y))
                seen[key] += y != bounded[0]
                if say(library, fmt, key, rows, y, f, m, True, where):
                    judged.add(key[1])
                planted = beyond(r, fmt, bounded, y)
                if planted and not (real := key[1] in ("geometric-median", "centered-clipping")):
                    say(library, fmt, key, rows, planted[0], f, m, True, f"at the border: {where}")
                    say(library, fmt, key, rows, planted[1], f, m, False, f"beyond the border: {where}")
                elif planted and real:  # out is known up to an ULP
                    far = [fmt.rn(*(2 * fmt.value(w) - fmt.value(v)).as_integer_ratio()) for w, v in zip(planted[1], bounded[0])]
                    say(library, fmt, key, rows, far, f, m, far == bounded[0], f"far beyond the border: {where}")
    if len(seeds) >= 20:
        one_value = {"krum", "median"}
        for key, count in seen.items():
            check(f"{key}: no answer was off by rounding", count > 0 or key[1] in one_value or key in UNROUNDED)
        check(f"rules of verdicts PROFILE: {judged}", judged >= {"median", "multi-krum", "bulyan"})


def refusals(library):
    fmt = Format(32)
    rows = [[fmt.rn(i << 149, 1)] for i in range(40)]
    for profile in PROFILES[1:]:
        for rule in RULES:
            key = (profile, rule)
            has = key in exact.TABLE or key in READ_ONLY
            f = exact.TABLE[key][1] if key in exact.TABLE else 0
            status, _, message = library.run(fmt, profile, rule, rows, f, 1 if has and key in exact.TABLE and exact.TABLE[key][2] else 0)
            check(f"{key}: has it: {has}, status {status} {message}", (status == BAD_PARAMETER) != has)
            if not has:
                check(f"{key}: {message}", profile in message and rule in message)
            if key not in exact.TABLE:
                continue
            least_n, least_f, needs_m, _ = exact.TABLE[key]
            f = max(2, least_f)
            if least_n(f) > least_n(0):  # f decides
                status, _, message = library.run(fmt, profile, rule, rows[: least_n(f) - 1], f, 1 if needs_m else 0)
                check(f"{key}: {least_n(f) - 1} rows, f = {f}: {status} {message}", status == BAD_PARAMETER and f"{profile}: {rule}" in message)
            if least_f:
                check(f"{key}: f = 0", library.run(fmt, profile, rule, rows, 0)[0] == BAD_PARAMETER)
            if needs_m:
                check(f"{key}: without m", library.run(fmt, profile, rule, rows, 1)[0] == BAD_PARAMETER)
    check("byzfl multi-krum: another m", library.run(fmt, "byzfl", "multi-krum", rows, 2, 37)[0] == BAD_PARAMETER)
    check("byzfl multi-krum: m = n-f", library.run(fmt, "byzfl", "multi-krum", rows, 2, 38)[0] == OK)
    check("krum2 nnm", library.run(fmt, "krum2", "average", rows, 2, stage=("nnm",))[0] == BAD_PARAMETER)


# ---- section 7 ----

def gaussian(r, fmt, n, d, f):
    unit = 149 if fmt.bits == 32 else 1074
    return [[fmt.rn(int((r.gauss(0, 1) + (3 if i < f else 0)) * 2**30) << (unit - 30), 1) for _ in range(d)] for i in range(n)]


def rare_and_common(library, r):
    """How often another definition takes other rows than the paper's Krum; than rounds of Bulyan."""
    fmt, draws = Format(64), 200
    other = dict.fromkeys(("krum2", "lpd-py", "epfml", "byzfl"), 0)
    sets = 0
    for _ in range(draws):
        rows = gaussian(r, fmt, 7, 2, 1)
        winner = library.run(fmt, "paper", "krum", rows, 1)[1]
        for profile in other:
            other[profile] += library.run(fmt, profile, "krum", rows, 1)[1] != winner
        rows = gaussian(r, fmt, 11, 5, 2)
        sets += library.run(fmt, "flower", "bulyan", rows, 2)[1] != library.run(fmt, "flower-legacy", "bulyan", rows, 2)[1]
    for profile, count in other.items():
        check(f"{profile} krum: {count} of {draws} winners differ", draws // 20 <= count <= draws // 2)
    check(f"flower bulyan: {sets} of {draws} outputs differ from those of rounds", sets > draws * 3 // 4)


def known_inputs(library):
    fmt = Format(64)
    of = lambda *values: [[fmt.rn(int(v * 8) << 1071, 1)] for v in values]
    rows = of(0, 1, 2, 3) + [[fmt.nan]]
    for profile in ("byzfl", "flower-legacy"):
        check(f"{profile}: a NaN row wins Krum", library.run(fmt, profile, "krum", rows, 1)[:2] == (NOT_FINITE, [fmt.nan]))
    check("lpd-native: a NaN row does not win Krum", library.run(fmt, "lpd-native", "krum", rows, 1)[1] != [fmt.nan])
    rows = of(1, 1.125, 0.875, 1) + [[fmt.infinity]]
    check("epfml: trimmed mean with an infinity", library.run(fmt, "epfml", "trimmed-mean", rows, 1)[1] == [fmt.nan])
    rows = of(*range(9))
    total, mean = (library.run(fmt, p, "multi-krum", rows, 2, 3)[1][0] for p in ("epfml", "flower-legacy"))
    check("epfml: a sum for a mean", fmt.value(total) == 3 * fmt.value(mean))
    rows = of(*range(4)) + of(100)
    check("flower: nothing left of a trimmed mean", library.run(fmt, "flower", "trimmed-mean", rows[:4], 2)[1] == [fmt.nan])
    check("fedml: the geometric median is row 0", library.run(fmt, "fedml", "geometric-median", rows[::-1])[1] == rows[4])
    check("fedml: trims by place", library.run(fmt, "fedml", "trimmed-mean", of(100, 1, 5, 3, 0), 1)[1] == mean_of(fmt, of(1, 5, 3)))


def stages(library):
    """arc's count in binary64, and rows with infinities that are clipped to NaN."""
    fmt = Format(64)
    rows = [[fmt.rn((i + 1) << 1074, 1)] for i in range(242)]
    greatest = lambda k: 242 - k  # the (k+1)-th greatest
    for profile, k in (("paper", 57), ("byzfl", 56)):
        # the mean of the clipped rows: 1, ..., t, then t k times
        t = greatest(k)
        expected = [fmt.rn((t * (t + 1) // 2 + k * t) << 1074, 242)]
        check(f"{profile}: arc", library.run(fmt, profile, "average", rows, 33, stage=("arc",))[1] == expected)
    rows = [[fmt.infinity, fmt.rn(1 << 1074, 1)], [fmt.rn(1 << 1074, 1), fmt.rn(1 << 1074, 1)]]
    status, out, _ = library.run(fmt, "byzfl", "average", rows, 0, stage=("clip", b"2"))
    check("byzfl: clip of an infinity", (status, out) == (NOT_FINITE, [fmt.nan, fmt.rn(1 << 1073, 1)]))
    check("paper: clip of an infinity", library.run(fmt, "paper", "average", rows, 0, stage=("clip", b"2"))[1] == [fmt.infinity, fmt.rn(1 << 1074, 1)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--seed", type=int)
    parser.add_argument("library", nargs="?", default=ROOT / "build/libcertigar.so")
    arguments = parser.parse_args()
    library = Library(arguments.library)
    seeds = [arguments.seed] if arguments.seed is not None else range(arguments.cases)
    within_rounding(library, seeds[:30])
    for seed in seeds:
        for key in exact.TABLE:
            for bits in (32, 64):
                compare(library, Source(f"{seed} {key} {bits}"), Format(bits), key, seed)
    refusals(library)
    rare_and_common(library, random.Random(1))
    known_inputs(library)
    stages(library)
    finish()


if __name__ == "__main__":
    main()
