#!/usr/bin/env python3
"""Pre-aggregations before a rule: the shared library against tests/exact_selection.py, on small adversarial matrices; and nnm where sums are in the
middle of two magnitudes but for values far below them.

usage: test_pre.py [--cases N] [--seed S]
"""
import argparse
import ctypes
import struct
from fractions import Fraction
from pathlib import Path

import checks
import exact_selection as exact
from checks import check, finish
from exact_rules import Format
from test_selection import Source

ROOT = Path(__file__).resolve().parent.parent
AVERAGE, KRUM, CGE, MONNA = 0, 4, 9, 10  # certigar_rule
NOT_FINITE = 1               # certigar_status

library = ctypes.CDLL(str(ROOT / "build" / "libcertigar.so"))
library.certigar_options_new.restype = ctypes.c_void_p
for name, types in {"free": [], "set_f": [ctypes.c_size_t], "set_threads": [ctypes.c_size_t], "add_nnm": [],
                    "add_bucketing": [ctypes.c_size_t, ctypes.POINTER(ctypes.c_uint64)], "add_clip": [ctypes.c_char_p], "add_arc": []}.items():
    getattr(library, "certigar_options_" + name).argtypes = [ctypes.c_void_p, *types]
for name in ("f32", "f64"):
    getattr(library, "certigar_aggregate_" + name).argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_void_p,
                                                               ctypes.c_void_p, ctypes.c_char_p]


TAUS = {"1/3": Fraction(1, 3), "0x1p-20": Fraction(1, 1 << 20), "1e-3": Fraction(1, 1000), "2.5": Fraction(5, 2), "1e-9999": Fraction(1, 10**9999),
        "1e+30": Fraction(10**30), "7e-44": Fraction(7, 10**44), "9e307": Fraction(9 * 10**307), "1e9999": Fraction(10**9999)}


def tau_of(r, fmt, rows):
    """A radius as text, and its value: one of the table, or a part of a row's greatest coordinate, which is often near its norm."""
    if r.random() < 0.4:
        return r.choice(list(TAUS.items()))
    row = [abs(fmt.value(w)) for w in r.choice(rows) if fmt.is_finite(w)] or [1]
    part = max(row) or 1
    numerator, drop = part * r.choice((1, 1, 3, 5)), r.choice((0, 0, 1, 2, 3))
    shift = max(0, numerator.bit_length() - 60)
    units = -149 if fmt.bits == 32 else -1074
    return f"0x{numerator >> shift:x}p{shift - drop + units}", (numerator >> shift << shift) * Fraction(2) ** (units - drop)


def stages_of(r, fmt, rows, f):
    """Some pre-aggregations that the rows allow, and how many rows they leave."""
    stages, n = [], len(rows)
    for _ in range(r.randint(1, 3)):
        kind = r.random()
        if kind < 0.25:
            stages.append(("clip", *tau_of(r, fmt, rows)))
        elif n > 2 * f and kind < 0.5:
            stages.append(("arc",))
        elif n > 2 * f and kind < 0.75:
            stages.append(("nnm",))
        else:
            s = r.randint(1, min(3, n))
            stages.append(("bucketing", s, r.choice((None, 7, r.getrandbits(64)))))
            n = -(-n // s)
    return stages, n


def expected(fmt, rows, f, stages, rule):
    for stage in stages:
        if stage[0] == "nnm":
            rows, _ = exact.nnm(fmt, rows, f)
        elif stage[0] == "clip":
            rows = exact.clip(fmt, rows, stage[2])
        elif stage[0] == "arc":
            rows = exact.arc(fmt, rows, f)
        else:
            order = list(range(len(rows))) if stage[2] is None else exact.permutation(stage[2], len(rows))
            rows = exact.bucketing(fmt, rows, stage[1], order)
    if rule == AVERAGE:
        return exact.mean_of(fmt, rows)
    answer = {KRUM: lambda: exact.krum(fmt, rows, f), CGE: lambda: exact.cge(fmt, rows, f), MONNA: lambda: exact.monna(fmt, rows, f, 0)}[rule]()
    return answer.out


def computed(bits, rows, f, stages, rule, threads):
    word = ctypes.c_uint32 if bits == 32 else ctypes.c_uint64
    n, d = len(rows), len(rows[0])
    memory, out = (word * (n * d))(*(w for row in rows for w in row)), (word * d)()
    options = library.certigar_options_new()
    library.certigar_options_set_f(options, f)
    library.certigar_options_set_threads(options, threads)
    for stage in stages:
        if stage[0] == "nnm":
            library.certigar_options_add_nnm(options)
        elif stage[0] == "clip":
            assert library.certigar_options_add_clip(options, stage[1].encode())
        elif stage[0] == "arc":
            library.certigar_options_add_arc(options)
        else:
            library.certigar_options_add_bucketing(options, stage[1], None if stage[2] is None else ctypes.byref(ctypes.c_uint64(stage[2])))
    message = ctypes.create_string_buffer(256)
    aggregate = library.certigar_aggregate_f32 if bits == 32 else library.certigar_aggregate_f64
    status = aggregate(rule, memory, n, d, options, out, message)
    library.certigar_options_free(options)
    return status, list(out), message.value.decode()


def show(rows, got, want, seed, cases):
    print("  rows     " + " / ".join(" ".join(f"{w:x}" for w in row) for row in rows))
    print("  certigar " + " ".join(f"{w:x}" for w in got) + "\n  expected " + " ".join(f"{w:x}" for w in want))
    print(f"  tests/test_pre.py --seed {seed} --cases {cases}")


def middle_rows(r):
    """Rows of binary32 of which all but f have sums that are often in the middle of two magnitudes, by n - f, a power of two; the others are tiny
    values, which decide there."""
    n, f = r.choice(((3, 1), (5, 1), (11, 3), (20, 4)))
    kind = r.choice(("one scale", "any scale", "opposite", "cut in two", "zero"))
    scale = r.randint(24, 149)

    def plain():
        return r.choice((1, -1)) * r.randint(1 << 23, (1 << 24) - 1) * 2.0 ** -r.choice((23, 23, 24))

    def tiny():
        return r.choice((1, -1)) * r.randint(1 << 23, (1 << 24) - 1) * 2.0 ** -(23 + (scale if kind == "one scale" else r.randint(24, 149)))

    def column():
        values = [plain() for _ in range(n - f)]
        if kind == "opposite" and f > 1:
            x = tiny()
            values += [x, -x] + [tiny() for _ in range(f - 2)]
        elif kind == "cut in two":
            values += [r.choice((1, -1)) * (2.0 ** -r.randint(20, 26) + 2.0 ** -r.randint(30, 43)) for _ in range(f)]
        else:
            values += [0.0 if kind == "zero" and r.random() < 0.5 else tiny() for _ in range(f)]
        return [struct.unpack("<I", struct.pack("<f", x))[0] for x in values]

    columns = [column() for _ in range(r.choice((1, 64, 70)))]
    return [list(row) for row in zip(*columns)], f, f"{kind}, 2^-{scale}"


def is_middle(values):
    """Whether the mean of the values, in units of 2^-149, is in the middle of two magnitudes if those below 2^-24 were zero."""
    q = abs(Fraction(sum(x for x in values if abs(x) >= 1 << 125), len(values)))
    if q == 0:
        return False
    while q >= 1 << 24:
        q /= 2
    while q < 1 << 23:
        q *= 2
    return q.denominator == 2


def check_middles(arguments):
    fmt, middles, sums = Format(32), 0, 0
    for case in range(arguments.cases // 30):
        r = Source(f"middle {arguments.seed} {case}").random
        rows, f, what = middle_rows(r)
        want = expected(fmt, rows, f, [("nnm",)], AVERAGE)
        status, got, message = computed(32, rows, f, [("nnm",)], AVERAGE, r.choice((1, 2)))
        kept, _ = exact.nearest(fmt, rows, f, 0, exact.Answer())
        for column in zip(*(rows[i] for i in kept)):
            middles += is_middle([fmt.value(w) for w in column])
            sums += 1
        if check(f"nnm, average, {what}, n = {len(rows)}, f = {f}: status {status} {message}", status == 0 and got == want):
            continue
        show(rows, got, want, arguments.seed, arguments.cases)
        if checks.failed == 5:
            break
    check(f"{middles} of {sums} sums of the first row are in the middle but for the tiny values: at least one in a hundred", 100 * middles >= sums)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    check_middles(arguments)
    for case in range(arguments.cases):
        source = Source(f"{arguments.seed} {case}")
        r, bits, rule = source.random, source.random.choice((32, 64)), source.random.choice((KRUM, CGE, MONNA))
        n = r.randint(1, 12)
        f = r.randint(0, (n - 1) // 2)
        rows = source.matrix(Format(bits), n, f, r.choice((1, 2, 3, 70)))
        stages, left = stages_of(r, Format(bits), rows, f)
        if left < (2 * f + 3 if rule == KRUM else 2 * f + 1):
            continue
        want = expected(Format(bits), rows, f, stages, rule)
        status, got, message = computed(bits, rows, f, stages, rule, r.choice((1, 2, 3)))
        what = f"rule {rule}, {bits} bits, n = {n}, f = {f}, stages {[stage[:2] for stage in stages]}: status {status} {message}"
        if check(what, status in (0, NOT_FINITE) and got == want):
            continue
        show(rows, got, want, arguments.seed, case + 1)
        if checks.failed == 5:
            break
    finish()


if __name__ == "__main__":
    main()
