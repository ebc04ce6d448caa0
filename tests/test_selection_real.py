#!/usr/bin/env python3
"""The reference of the rules whose exact value is no rational number, against other computations of the same definition.

geometric-median: F at the answer, with fractions; no row, no neighbouring point and no Weiszfeld iterate does better than the gap allows.
centered-clipping: the definition with square roots of 1000 bits. caf, smea: the definition with floats and d x d covariances.

usage: test_selection_real.py [--cases N] [--seed S] [PROGRAM]     PROGRAM: build/reference_selection
"""
import argparse
import subprocess
from fractions import Fraction
from itertools import combinations
from math import isqrt
from pathlib import Path

import checks
import exact_selection as exact
from checks import check, finish
from exact_rules import Format
from test_selection import Source, hexadecimal

ROOT = Path(__file__).resolve().parent.parent
CLOSE = Fraction(1, 2**250)  # the answers have 300 bits


def root(x):
    """The square root of a fraction, with 1000 bits at least."""
    if x == 0:
        return Fraction(0)
    shift = max(0, 1000 - (x.numerator.bit_length() - x.denominator.bit_length()) // 2)
    return Fraction(isqrt((x.numerator << 2 * shift) // x.denominator), 1 << shift)


def shorter(x, bits=1200):
    """x with so many bits, so that fractions do not grow without end."""
    if x == 0:
        return x
    shift = bits - (x.numerator.bit_length() - x.denominator.bit_length())
    return Fraction(round(x * Fraction(2) ** shift), 1) / Fraction(2) ** shift


def values_of(fmt, rows):
    return [[fmt.value(w) for w in row] for row in rows if exact.is_finite_row(fmt, row)]


def distance(a, b):
    return root(Fraction(sum((x - y) ** 2 for x, y in zip(a, b))))


def parse(text):
    return [Fraction(*(int(part, 16) for part in number.split("/"))) for number in text.split()]


# ---- each gives (question, how many finite rows, what is wrong with an answer) ----

def geometric_median(source, fmt, d):
    n = source.random.randint(1, 9)
    rows = source.matrix(fmt, n, 1, d)
    x = values_of(fmt, rows)

    def find_wrong(fields):
        y, (F, gap) = parse(fields[0]), parse(fields[1])
        sum_at = lambda point: sum(distance(point, row) for row in x)
        tolerance = gap + CLOSE * max((abs(v) for row in x for v in row), default=0)  # y is rounded to 300 bits, too
        if abs(sum_at(y) - F) > len(x) * tolerance or gap > F * CLOSE:
            return "F or its gap is wrong"
        candidates = list(x) + [[Fraction(sum(column), len(x)) for column in zip(*x)]]
        size = F / len(x)
        for scale in (1, Fraction(1, 1000), Fraction(1, 10**12)):
            for _ in range(3):
                candidates.append([v + size * scale * source.random.randint(-100, 100) / 100 for v in y])
        for _ in range(3):  # Weiszfeld from the mean
            weights = [1 / r if (r := distance(candidates[len(x)], row)) else None for row in x]
            if None not in weights:
                candidates[len(x)] = [shorter(sum(w * v for w, v in zip(weights, column)) / sum(weights)) for column in zip(*x)]
                candidates.append(candidates[len(x)])
        return "" if all(sum_at(c) >= F - len(x) * tolerance for c in candidates) else "another point has a lesser F"
    return f"geometric-median {fmt.bits} {n} 0 {d} {hexadecimal(rows)}", len(x), find_wrong


def centered_clipping(source, fmt, d):
    n, tau, iterations = source.random.randint(2, 8), source.rational(range(1, 9)), source.random.choice((1, 1, 2, 3))
    rows = source.matrix(fmt, n, 1, d)
    centre = rows[0] = [w if fmt.is_finite(w) else 0 for w in rows[0]] if source.random.random() < 0.5 else [0] * d
    x, limit = values_of(fmt, rows[1:]), tau / exact.unit(fmt)

    def find_wrong(fields):
        v = [Fraction(fmt.value(w)) for w in centre]
        for _ in range(iterations):
            total = [Fraction(0)] * d
            for row in x:
                r = distance(row, v)
                a = 1 if r <= limit else limit / r
                total = [t + a * (p - q) for t, p, q in zip(total, row, v)]
            v = [shorter(q + t / len(x), 3000) for q, t in zip(v, total)]
        bounds = [max([abs(fmt.value(centre[c]))] + [abs(row[c]) for row in x]) for c in range(d)]
        return "" if all(abs(a - b) <= CLOSE * bound for a, b, bound in zip(parse(fields[0]), v, bounds)) else f"not {v}"
    return f"centered-clipping {fmt.bits} {n} 0 {d} {tau} {iterations} {hexadecimal(rows)}", len(x), find_wrong


# ---- eigenvalues, in floats: the matrices are small integers ----

def integers(source, fmt, n, d):
    spread = source.random.choice((5, 1000))
    rows = [[source.integer(fmt, source.random.randint(-spread, spread), 149) for _ in range(d)] for _ in range(n)]
    if source.random.random() < 0.3:
        rows[source.random.randrange(n)][0] = source.nan(fmt)
    return rows


def covariance(x, weights):
    total = sum(weights)
    mu = [sum(w * v for w, v in zip(weights, column)) / total for column in zip(*x)]
    e = [[v - m for v, m in zip(row, mu)] for row in x]
    d = len(mu)
    return mu, e, [[sum(w * row[a] * row[b] for w, row in zip(weights, e)) / total for b in range(d)] for a in range(d)]


def dominant(S):
    """(lambda, v, how much the other eigenvalues matter): S is squared until only its dominant part is left."""
    d, P = len(S), [row[:] for row in S]
    for _ in range(40):
        size = max(abs(v) for row in P for v in row)
        if size == 0:
            return 0.0, None, 0.0
        P = [[v / size for v in row] for row in P]
        P = [[sum(P[a][k] * P[k][b] for k in range(d)) for b in range(d)] for a in range(d)]
    column = max(range(d), key=lambda b: P[b][b])
    v = [P[a][column] for a in range(d)]
    norm = sum(t * t for t in v) ** 0.5
    v = [t / norm for t in v]
    Sv = [sum(S[a][b] * v[b] for b in range(d)) for a in range(d)]
    value = sum(a * b for a, b in zip(v, Sv))
    return value, v, sum((a - value * b) ** 2 for a, b in zip(Sv, v)) ** 0.5 / value


def caf(source, fmt, d):
    f = source.random.choice((0, 1, 1, 2))
    n = 2 * f + 1 + source.random.choice((0, 1, 3))
    rows = integers(source, fmt, n, d)
    x = values_of(fmt, rows)
    scale = 2**149
    floats = [[v / scale for v in row] for row in x]
    m = len(x)

    def find_wrong(fields):
        left, weights, means, clear = max(0, f - (n - m)), [1.0] * m, [], True
        while True:
            mu, e, S = covariance(floats, weights)
            value, v, rest = dominant(S)
            means.append((value, mu))
            if v is None or value < 1e-9:
                break
            clear &= rest < 1e-10
            t = [sum(a * b for a, b in zip(v, row)) ** 2 for row in e]
            greatest = max(s for w, s in zip(weights, t) if w > 0)
            clear &= d == 1 or sum(w > 0 and s >= greatest * (1 - 1e-9) for w, s in zip(weights, t)) == 1
            weights = [w * (1 - s / greatest) if w > 0 and s < greatest * (1 - 1e-12) else 0.0 for w, s in zip(weights, t)]
            clear &= abs(sum(weights) - (m - 2 * left)) > 1e-9
            if sum(weights) <= m - 2 * left:
                break
        best = min(value for value, _ in means)
        right = [mu for value, mu in means if value <= best + 1e-6 * (1 + best)]
        got = [float(v / scale) for v in parse(fields[0])]
        close = any(all(abs(a - b) < 1e-6 * (1 + abs(b)) for a, b in zip(got, mu)) for mu in right)
        return "" if close or not clear else f"{got}, not {right}"
    return f"caf {fmt.bits} {n} {f} {d} {hexadecimal(rows)}", m, find_wrong


def smea(source, fmt, d):
    f = source.random.choice((0, 1, 1, 2))
    n = 2 * f + 1 + source.random.choice((0, 1, 3))
    rows = integers(source, fmt, n, d)
    finite = [i for i, row in enumerate(rows) if exact.is_finite_row(fmt, row)]
    values = {i: [fmt.value(w) / 2**149 for w in rows[i]] for i in finite}
    k = len(finite) - max(0, f - (n - len(finite)))

    def find_wrong(fields):
        greatest = {s: dominant(covariance([values[i] for i in s], [1.0] * k)[2])[0] for s in combinations(finite, k)}
        least = min(greatest.values())
        selected = tuple(map(int, fields[0].split()))
        if greatest[selected] > least * (1 + 1e-9) + 1e-12:
            return f"{selected} has {greatest[selected]}, the least is {least}"
        return "" if fields[-1] == hexadecimal([exact.mean_of(fmt, [rows[i] for i in selected])]) else "not the mean"
    return f"smea {fmt.bits} {n} {f} {d} {hexadecimal(rows)}", None if finite else 0, find_wrong


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=150, help="matrices for each rule")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("program", nargs="?", default=ROOT / "build/reference_selection")
    options = options.parse_args()

    checks.most_shown = 5
    for rule in (geometric_median, centered_clipping, caf, smea):
        source, cases = Source(f"{options.seed} {rule.__name__}"), []
        for k in range(options.cases):
            cases.append(rule(source, Format((32, 64)[k % 2]), source.random.choice((1, 2, 2, 3, 5))))
        asked = "\n".join(question for question, _, _ in cases) + "\n"
        done = subprocess.run([options.program], input=asked, capture_output=True, text=True, check=False)
        answers = done.stdout.splitlines() + [""] * len(cases)
        for (question, finite, find_wrong), answer in zip(cases, answers):
            fields = answer.split("|")
            if not answer:
                wrong = f"nothing, exit status {done.returncode}: {done.stderr.strip()}"
            elif finite == 0:
                wrong = "" if fields[0] in ("0", "") else "rows that do not exist"
            else:
                wrong = "" if finite is None or fields[0] == str(finite) else "the number of finite rows is wrong"
                wrong = wrong or find_wrong(fields if finite is None else fields[1:])
            check(f"echo {question} | build/reference_selection\n  {wrong}", not wrong)
    finish()


if __name__ == "__main__":
    main()
