#!/usr/bin/env python3
"""The reference of the rules that select, against tests/exact_selection.py: two programs written from spec/rules.md apart from each other.

usage: test_selection.py [--cases N] [--seed S] [PROGRAM]     PROGRAM: build/reference_selection
"""
import argparse
import random
import subprocess
from fractions import Fraction
from pathlib import Path

import checks
import exact_selection as exact
from checks import check, finish
from exact_rules import Format

ROOT = Path(__file__).resolve().parent.parent


# ---- matrices ----

class Source:
    """Words of several kinds; most matrices are full of equal distances."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def integer(self, fmt, value, exponent):
        """value * 2^exponent units."""
        word = fmt.rn(abs(value) << exponent, 1)
        assert fmt.value(word) == abs(value) << exponent
        return word | (fmt.sign if value < 0 or (value == 0 and self.random.random() < 0.3) else 0)

    def nan(self, fmt):
        return fmt.infinity | self.random.randrange(1, 1 << fmt.F) | self.random.choice((0, fmt.sign))

    def word(self, fmt, kind, exponent):
        r = self.random
        if kind == "bits":  # any pattern that is finite
            return r.randrange(fmt.infinity) | r.choice((0, fmt.sign))
        if kind == "subnormal":
            return r.randrange(4) | r.choice((0, fmt.sign))
        if kind == "largest":
            return (fmt.infinity - 1 - r.randrange(2)) | r.choice((0, fmt.sign))
        if kind == "ulps":
            return fmt.infinity // 2 + r.randrange(-2, 3)
        spread = {"bit": 1, "small": 3, "wide": 1000}[kind]
        return self.integer(fmt, r.randint(-spread, spread), exponent)

    def matrix(self, fmt, n, f, d):
        r = self.random
        kind = r.choice(("bits", "subnormal", "largest", "ulps", "bit", "small", "small", "wide"))
        exponent = r.choice((0, 1, 100, 149 if fmt.bits == 32 else 1074))
        rows = [[self.word(fmt, kind, exponent) for _ in range(d)] for _ in range(n)]
        if r.random() < 0.3:  # rows sent twice or more
            for i in range(n):
                if r.random() < 0.5:
                    rows[i] = list(r.choice(rows))
        if r.random() < 0.4:  # rows that are not finite: up to f, one more, or any number
            for i in r.sample(range(n), r.choice((min(f, n), min(f + 1, n), r.randint(0, n)))):
                for c in r.sample(range(d), r.randint(1, d)):
                    rows[i][c] = r.choice((fmt.infinity, fmt.sign | fmt.infinity, self.nan(fmt)))
        return rows

    def rows_and_f(self, slope, offset):
        """n >= slope f + offset, at the bound in half of the cases."""
        f = self.random.choice((0, 0, 1, 1, 2) if slope > 2 else (0, 1, 1, 2, 3))
        return slope * f + offset + self.random.choice((0, 0, 1, 2, 3)), f

    def rational(self, numerators=range(0, 12)):
        return Fraction(self.random.choice(numerators), self.random.choice((1, 2, 3, 7, 10)))


# ---- the rules: (parameters in words, the expected line) ----

def shown(x):
    infinite, value = x
    if infinite:
        return "-inf" if infinite < 0 else "inf"
    text = f"{value.numerator:x}" if value >= 0 else f"-{-value.numerator:x}"
    return text if value.denominator == 1 else f"{text}/{value.denominator:x}"


def hexadecimal(rows):
    return " ".join(f"{w:x}" for row in rows for w in row)


def line_of(answer, n):
    scores = " ".join(shown(answer.scores[i]) if i in answer.scores else "-" for i in range(n))
    out = "none" if answer.out is None else hexadecimal([answer.out])
    return "|".join((" ".join(map(str, answer.selected)), scores, str(int(answer.ties)), str(answer.column_ties), shown(answer.margin),
                     str(answer.nonfinite_rows), str(int(answer.not_finite)), out))


def simple(rule, slope, offset):
    def case(source, fmt, d):
        n, f = source.rows_and_f(slope, offset)
        rows = source.matrix(fmt, n, f, d)
        return n, f, "", rows, lambda: line_of(rule(fmt, rows, f), n)
    return case


def multi_krum(source, fmt, d):
    n, f = source.rows_and_f(2, 3)
    rows, m = source.matrix(fmt, n, f, d), source.random.randint(1, n - f - 2)
    return n, f, str(m), rows, lambda: line_of(exact.multi_krum(fmt, rows, f, m), n)


def monna(source, fmt, d):
    n, f = source.rows_and_f(2, 1)
    rows, pivot = source.matrix(fmt, n, f, d), source.random.randrange(n)
    return n, f, str(pivot), rows, lambda: line_of(exact.monna(fmt, rows, f, pivot), n)


def nnm(source, fmt, d):
    n, f = source.rows_and_f(2, 1)
    rows = source.matrix(fmt, n, f, d)

    def expected():
        made, ties = exact.nnm(fmt, rows, f)
        return f"{ties}|{hexadecimal(made)}"
    return n, f, "", rows, expected


def brsgd(source, fmt, d):
    n, f = source.rows_and_f(2, 1)
    rows = source.matrix(fmt, n, f, d)
    beta = Fraction(source.random.choice(("1/2", "1/3", "1/10", "0.4", "3/7", "1/1000")))
    # T about the size of a distance that occurs, often equal to half of one
    values = [fmt.value(w) for row in rows for w in row if fmt.is_finite(w)] or [1]
    T = abs(source.random.choice(values) - source.random.choice(values)) * source.rational(range(1, 9)) * exact.unit(fmt) / 2
    T = None if T == 0 else T
    return n, f, f"{beta} {T or 0}", rows, lambda: line_of(exact.brsgd(fmt, rows, f, beta, T), n)


def zeno(source, fmt, d):
    r, n, double = source.random, source.random.randint(1, 8), Format(64)
    b = r.randrange(n)
    rows, rho = source.matrix(fmt, n, b, d), source.rational()
    kind = r.choice(("bits", "small", "bit", "special"))

    def loss():
        if kind == "special" and r.random() < 0.5:
            return r.choice((double.infinity, double.sign | double.infinity, source.nan(double)))
        return source.word(double, "small" if kind == "special" else kind, r.choice((1074, 1074, 1074 - 2 * 149 + 2 * 100)))
    losses = [loss() for _ in range(n + 1)]
    return n, b, f"{rho} {hexadecimal([losses])}", rows, lambda: line_of(exact.zeno(fmt, rows, b, rho, losses), n)


def zeno_plus_plus(source, fmt, d):
    r, n = source.random, 6
    rows, gamma, rho, epsilon = source.matrix(fmt, n, 1, d), source.rational(range(1, 9)), source.rational(), source.rational()
    if r.random() < 0.5:  # gamma <g, u> - rho norm(u)^2 = 0 for u = g
        rho, epsilon = gamma, Fraction(0)
        rows[1] = list(rows[0])

    def expected():
        return "".join(str(int(exact.zeno_accepts(fmt, gamma, rho, epsilon, rows[0], u))) for u in rows[1:])
    return n, 0, f"{gamma} {rho} {epsilon}", rows, expected


def bucketing(source, fmt, d):
    n = source.random.randint(1, 12)
    rows, s, seed = source.matrix(fmt, n, 1, d), source.random.randint(1, n), source.random.randrange(2**64)
    p = exact.permutation(seed, n)
    return n, 0, f"{s} {seed}", rows, lambda: f"{' '.join(map(str, p))}|{hexadecimal(exact.bucketing(fmt, rows, s, p))}"


def clip(source, fmt, d):
    n, r = 3, source.random
    rows, tau = source.matrix(fmt, n, 1, d), source.rational(range(1, 9))
    if r.random() < 0.3:  # norms 5 2^k and values at which the roots are exact, or midpoints
        exponent = {32: 149, 64: 1074}[fmt.bits]
        rows = [[source.integer(fmt, r.choice((3, -3, 4, 0, -4, 5)), r.choice((0, 1, 2, exponent))) for _ in range(d)] for _ in range(n)]
        unit = exact.unit(fmt)
        tau = r.choice((Fraction(5, 2), Fraction(1), Fraction(5), Fraction(1, 3), unit, 5 * unit / 2, 10 * unit))
    return n, 0, str(tau), rows, lambda: hexadecimal(exact.clip(fmt, rows, tau))


def arc(source, fmt, d):
    n, f = source.rows_and_f(2, 1)
    rows = source.matrix(fmt, n, f, d)
    return n, f, "", rows, lambda: hexadecimal(exact.arc(fmt, rows, f))


RULES = {
    "krum": simple(exact.krum, 2, 3),
    "multi-krum": multi_krum,
    "bulyan": simple(exact.bulyan, 4, 3),
    "multi-bulyan": simple(lambda fmt, rows, f: exact.multi_bulyan(fmt, rows, f, "one-pass"), 4, 3),
    "multi-bulyan-iterated": simple(lambda fmt, rows, f: exact.multi_bulyan(fmt, rows, f, "iterated"), 4, 3),
    "mda": simple(exact.mda, 2, 1),
    "cge": simple(exact.cge, 2, 1),
    "monna": monna,
    "nnm": nnm,
    "brsgd": brsgd,
    "zeno": zeno,
    "zeno++": zeno_plus_plus,
    "bucketing": bucketing,
    "clip": clip,
    "arc": arc,
}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=400, help="matrices for each rule")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("program", nargs="?", default=ROOT / "build/reference_selection")
    options = options.parse_args()

    checks.most_shown = 5
    for rule, case in RULES.items():
        source, asked, expected = Source(f"{options.seed} {rule}"), [], []
        for k in range(options.cases):
            fmt, d = Format((32, 64)[k % 2]), source.random.choice((1, 1, 2, 3, 5))
            n, f, parameters, rows, answer = case(source, fmt, d)
            asked.append(" ".join(filter(None, (rule, str(fmt.bits), str(n), str(f), str(d), parameters, hexadecimal(rows)))))
            expected.append(answer())
        done = subprocess.run([options.program], input="\n".join(asked) + "\n", capture_output=True, text=True, check=False)
        answers = done.stdout.splitlines() + [""] * len(asked)
        for question, right, got in zip(asked, expected, answers):
            said = got or f"nothing, exit status {done.returncode}: {done.stderr.strip()}"
            check(f"echo {question} | build/reference_selection\n  the reference: {said}\n  fractions:     {right}", right == got)
    check("the permutation in spec/rules.md, section 8", exact.permutation(7, 10) == [8, 1, 5, 9, 0, 4, 3, 2, 6, 7])
    finish()


if __name__ == "__main__":
    main()
