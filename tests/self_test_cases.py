#!/usr/bin/env python3
"""Writes src/cli/self_test_cases.h, the known answers of `certigar info --self-test`, computed with tests/exact_rules.py and
tests/exact_selection.py.

usage: self_test_cases.py > src/cli/self_test_cases.h
       self_test_cases.py --check src/cli/self_test_cases.h     exit status 1 if the file is not what would be written
"""
import random
import struct
import sys
from fractions import Fraction
from itertools import combinations

import exact_selection
from checks import check, finish
from exact_rules import RULES, Format, aggregate


def word(bits, x):
    """A number (exact), or 'inf', '-inf', 'nan', '-0', or ('bits', w)."""
    fmt = Format(bits)
    if isinstance(x, tuple):
        return x[1]
    if isinstance(x, str):
        return {"inf": fmt.infinity, "-inf": fmt.sign | fmt.infinity, "nan": fmt.nan, "-0": fmt.sign, "-nan": fmt.sign | fmt.infinity | 5}[x]
    exponent = 149 if bits == 32 else 1074
    units = Fraction(x) * (1 << exponent)
    assert units.denominator == 1
    w = fmt.rn(int(units), 1)
    assert fmt.value(w) == units, x
    return w


def cases():
    """(what it checks, bits, rule, f, median kind, values); a rule may come after a pre-aggregation, "nnm median", and zeno before its scores"""
    big = {32: Fraction(2) ** 128 - Fraction(2) ** 104, 64: Fraction(2) ** 1024 - Fraction(2) ** 971}  # the largest finite values
    tiny = {32: Fraction(1, 2**149), 64: Fraction(1, 2**1074)}
    half = {32: Fraction(1, 2**24), 64: Fraction(1, 2**53)}  # half an ulp of 1
    for b in (32, 64):
        yield "a mean that rounds", b, "average", 0, "midpoint", [1, 2, 4, 3, 0, 1, 1]
        yield "a midpoint between floats goes to even", b, "average", 0, "midpoint", [1, 1 + 2 * half[b]]
        yield "a speck of another exponent breaks a midpoint", b, "average", 0, "midpoint", [1, 1 + 2 * half[b], tiny[b], 0]
        yield "a sum that overflows, a mean that does not", b, "average", 0, "midpoint", [big[b], big[b], big[b]]
        yield "cancellation over the whole range", b, "average", 0, "midpoint", [big[b], 1, -big[b], tiny[b]]
        yield "a mean that rounds to -0", b, "average", 0, "midpoint", [-tiny[b], 0, 0]
        yield "a subnormal midpoint goes to even", b, "average", 0, "midpoint", [3 * tiny[b], 0]
        yield "the mean of -0 is +0", b, "average", 0, "midpoint", ["-0", "-0", "-0"]
        yield "infinities of both signs", b, "average", 1, "midpoint", ["inf", 1, "-inf"]
        yield "one infinity", b, "average", 0, "midpoint", [1, "-inf", 2]
        yield "a median of odd n keeps its bits", b, "median", 1, "midpoint", [0, "-0", 5, "-0", -3]
        yield "a median of even n, midpoint", b, "median", 1, "midpoint", [1, 4, 9, 2]
        yield "a median of even n, lower", b, "median", 1, "lower", [1, 4, 9, 2]
        yield "a median of even n, upper", b, "median", 1, "upper", [1, 4, 9, 2]
        yield "a midpoint that would overflow", b, "median", 0, "midpoint", [big[b], big[b]]
        yield "NaN is above +infinity, whatever its sign", b, "median", 0, "upper", ["-nan", "inf", 7, -7]
        yield "a median that is NaN is the quiet one", b, "median", 0, "lower", ["-nan", "nan", ("bits", (1 << b) - 1), 1]
        yield "f outliers are dropped on each side", b, "trimmed-mean", 2, "midpoint", [2**99, -(2**99), 3, 5, 6, "inf", "nan"]
        yield "a NaN beyond f reaches the mean", b, "trimmed-mean", 1, "midpoint", ["nan", 1, "nan", 2, 3]
        yield "values closest to the median", b, "meamed", 1, "midpoint", [1, 2, 3, 10, 4]
        yield "of two equally close the smaller is kept", b, "meamed", 1, "midpoint", [1, 2, 3]
        yield "the median is not rounded", b, "meamed", 1, "midpoint", [1 - half[b], 1, 1 + 2 * half[b], 1 + 4 * half[b]]
        yield "too few finite values", b, "meamed", 1, "midpoint", [1, "nan", 2, "inf", 3]
        yield "a median that is not finite", b, "meamed", 1, "midpoint", ["inf", 1, "inf", 2]
        # rules that select rows; equal columns scale all distances alike. The program counts ties per column, so there are none here
        krum, multi = ("krum", 1, "midpoint"), ("multi-krum", 1, "midpoint")
        yield "the row nearest to its neighbours", b, *krum, [1, 2, 4, 8, 100]
        yield "scores apart by the last bits of far rows", b, *krum, [1, -1, -2 - 4 * half[b], 0, 2 + 4 * half[b]]
        yield "a distance that overflows", b, *krum, [big[b], -big[b], big[b] / 2, 1, 3]
        yield "distances in units", b, *krum, [tiny[b], 4 * tiny[b], 9 * tiny[b], 11 * tiny[b], 17 * tiny[b]]
        yield "an infinite row is at an infinite distance", b, *krum, ["inf", 1, 2, 4, 8]
        yield "a NaN row too", b, *krum, [1, 2, "-nan", 4, 8]
        yield "a selected row keeps its bits", b, *krum, [tiny[b], "-0", -3 * tiny[b], 1, -9 * tiny[b]]
        yield "the mean of the rows of least score", b, *multi, [1, 2, 4, 8, 100]
        yield "a mean of selected rows that rounds", b, *multi, [1, 1 + 2 * half[b], 4, 8, -100]
        yield "rows left out do not reach the mean", b, *multi, ["nan", 1, 2, 4, 9]
        yield "the values of few rows", b, "multi-bulyan", 1, "midpoint", [1, 2, 4, 9, 16, -31, "nan"]
        yield "rows within the least diameter", b, "mda", 2, "midpoint", [1, 2, 4, 8, 100, -100]
        yield "a diameter that overflows", b, "mda", 1, "midpoint", [big[b], -big[b], big[b] / 2]
        yield "rows of least norm", b, "cge", 1, "midpoint", [-1, 2, 4, -8, "inf"]
        yield "norms in units", b, "cge", 2, "midpoint", [3 * tiny[b], -tiny[b], 5 * tiny[b], 7 * tiny[b], -6 * tiny[b]]
        yield "rows nearest to the first one", b, "monna", 2, "midpoint", [1, 2, 4, -8, "nan"]
        yield "rows with most marks", b, "brsgd", 1, "midpoint", [1, 2, 4, 9, "inf"]
        yield "rows of greatest score", b, "zeno 0.25 -3 1e300 nan -inf 5e-324", 3, "midpoint", [1, 2, 4, 8, 100, -7]
        yield "scores apart by one unit in the last place", b, "zeno 1 1.0000000000000002 2", 1, "midpoint", [1, 2, 4]
        yield "the set of least variance", b, "smea", 2, "midpoint", [1, 2, 4, 8, 100, -100]
        yield "variances apart by a hundredth", b, "smea", 1, "midpoint", [0, 100, 300, 501]
        yield "variances of the smallest numbers", b, "smea", 1, "midpoint", [3 * tiny[b], -tiny[b], 5 * tiny[b], 90 * tiny[b], "nan"]
        yield "each row mixed with its nearest, then the median", b, "nnm median", 2, "midpoint", [1, 2, 4, 9, 100]
        yield "means of the nearest rows that round", b, "nnm trimmed-mean", 1, "midpoint", [1, 1 + 2 * half[b], 4, 9, -101]
        yield "two rows at a time, then the median", b, "bucketing median", 1, "midpoint", [1, 2, 4, 9, 100, -3, 7]
        yield "the longest rows shortened to the next", b, "arc average", 1, "midpoint", [1, -2, 4, 9, -100]
    source = random.Random(20240607)
    for b in (32, 64):
        fmt = Format(b)
        for rule in (*RULES, *(rule for rule in SELECTING if rule != "brsgd")):  # marks tie
            for what, n, f, least, most in (
                ("random words of any exponent", 33, 7, 0, fmt.infinity),
                ("random words of four exponents", 20, 4 if rule in SELECTING else 6, word(b, 1) - (2 << fmt.F), word(b, 1) + (2 << fmt.F)),
            ):
                if rule == "mda":
                    n, f = 12, 4  # exact_selection.py looks at all sets
                words = [source.randrange(least, most) | source.randrange(2) * fmt.sign for _ in range(n)]
                yield what, b, rule, f, "midpoint", [("bits", w) for w in words]


SELECTING = {
    "krum": lambda fmt, rows, f: exact_selection.krum(fmt, rows, f),
    "multi-krum": lambda fmt, rows, f: exact_selection.multi_krum(fmt, rows, f, len(rows) - f - 2),
    "bulyan": lambda fmt, rows, f: exact_selection.bulyan(fmt, rows, f),
    "multi-bulyan": lambda fmt, rows, f: exact_selection.multi_bulyan(fmt, rows, f, "one-pass"),
    "mda": lambda fmt, rows, f: exact_selection.mda(fmt, rows, f),
    "cge": lambda fmt, rows, f: exact_selection.cge(fmt, rows, f),
    "monna": lambda fmt, rows, f: exact_selection.monna(fmt, rows, f, 0),
    "brsgd": lambda fmt, rows, f: exact_selection.brsgd(fmt, rows, f, Fraction(1, 2), None),
}


def nnm(fmt, rows, f):
    mixed, ties = exact_selection.nnm(fmt, rows, f)
    assert ties == 0
    return mixed


PRE = {
    "nnm": nnm,
    "bucketing": lambda fmt, rows, f: exact_selection.bucketing(fmt, rows, 2, list(range(len(rows)))),
    "arc": exact_selection.arc,
}


def parts(rule):
    """(pre-aggregation or "", rule, scores)"""
    words = rule.split()
    pre = words.pop(0) if words[0] in PRE else ""
    return pre, words[0], [float(text) for text in words[1:]]


def zeno(fmt, words, f, scores):
    rows = [[w] for w in words]
    losses = [int.from_bytes(struct.pack("<d", x), "little") for x in (0, *(-score for score in scores))]
    return exact_selection.zeno(fmt, rows, f, Fraction(0), losses)


def smea(fmt, words, f):
    """Of one column: the greatest eigenvalue is the variance. None comes so near to the least that another set would be right, too."""
    finite = [w for w in words if fmt.is_finite(w)]
    kept = len(finite) - max(0, f - (len(words) - len(finite)))

    def variance(chosen):
        values = [Fraction(fmt.value(w)) for w in chosen]
        return sum(v * v for v in values) / kept - (sum(values) / kept) ** 2

    least, *others = sorted(combinations(finite, kept), key=variance)
    assert all(variance(other) > variance(least) * (1 + Fraction(1, 2**20)) for other in others)
    return fmt.mean(least)


def answer(bits, rule, f, words, median):
    """(word, tie, whether it is not finite)"""
    fmt = Format(bits)
    pre, rule, scores = parts(rule)
    if pre:
        words = [row[0] for row in PRE[pre](fmt, [[w] for w in words], f)]
    if rule in RULES:
        return aggregate(bits, rule, f, words, median)
    if rule == "smea":
        return smea(fmt, words, f), 0, False
    if rule == "zeno":
        found = zeno(fmt, words, f, scores)
        assert found.ties == 0
        return found.out[0], 0, not fmt.is_finite(found.out[0])
    found = SELECTING[rule](fmt, [[w] for w in words], f)
    assert found.ties == 0
    return found.out[0], 0, not fmt.is_finite(found.out[0])


SPECIAL = {"nan": "NAN", "inf": "INFINITY", "-inf": "-INFINITY"}


def enum(name):
    return "CERTIGAR_" + name.upper().replace("-", "_")


def text():
    lines = [
        "/* Known answers, one column each: written by tests/self_test_cases.py from spec/rules.md, with fractions; do not edit. */",
        "static const known_answer known_answers[] = {",
    ]
    for what, bits, rule, f, median, values in cases():
        words = [word(bits, x) for x in values]
        out, tie, bad = answer(bits, rule, f, words, median)
        fmt = Format(bits)
        rows = sum(not fmt.is_finite(w) for w in words)
        digits = bits // 4
        status = "CERTIGAR_NOT_FINITE" if bad or rows > f else "CERTIGAR_OK"
        pre, name, scores = parts(rule)
        stage = f"PRE_{pre.upper()}" if pre else "NO_PRE"
        lines.append(f'    {{"{what}", {stage}, {enum(name)}, CERTIGAR_FLOAT{bits}, {enum(median)}, .f = {f}, .n = {len(words)},')
        if scores:
            lines.append("     .scores = {" + ", ".join(SPECIAL.get(repr(x), repr(x)) for x in scores) + "},")
        shown = [f"0x{w:0{digits}x}" for w in words]
        per = 12 if bits == 32 else 7
        rows_text = [", ".join(shown[i : i + per]) for i in range(0, len(shown), per)]
        lines.append("     .column = {" + ",\n                ".join(rows_text) + "},")
        lines.append(f"     .expected = 0x{out:0{digits}x}, .tie = {int(tie)}, .nonfinite_rows = {rows}, .status = {status}}},")
    return "\n".join(lines + ["};", ""])


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        same = open(sys.argv[2]).read() == text()
        check("run tests/self_test_cases.py again", same)
        finish()
    sys.stdout.write(text())
