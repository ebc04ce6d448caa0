"""How far somebody else's made rows may be from the rule's own, written from spec/verdicts.md with fractions.

Rows are lists of words, radii lists of fractions, in units; stages are ("nnm",), ("bucketing", s), ("clip", text, tau), ("arc",).
"""
from fractions import Fraction
from math import isqrt

import exact_selection as exact

STEP, DIGITS = 2**64, 128


def up(x):
    """Rounded up to a multiple of 2^-64."""
    return Fraction(-(-x * STEP // 1), STEP)


def down(x):
    return -up(-x)


def factor(u, k):
    """g"""
    return Fraction(-(-((1 + u) ** (k + 1) - 1) * 2**128 // 1), 2**128)


def root(x, to):
    """sqrt(x) to many digits: down for to = -1, up for 1."""
    shift = max(0, 2 * DIGITS - x.numerator.bit_length() + x.denominator.bit_length())
    shift += shift % 2
    found = isqrt((x.numerator << shift) // x.denominator)
    return Fraction(found + (to > 0), 2 ** (shift // 2)) if x else Fraction(0)


class Drift:
    def __init__(self, fmt, rows, f):
        self.fmt, self.rows, self.f, self.u = fmt, rows, f, Fraction(1, 2 ** (fmt.F + 1))
        self.radii = [[Fraction(0)] * len(row) for row in rows]

    def apply(self, stage):
        kind, n = stage[0], len(self.rows)
        if kind == "nnm":
            self.means([exact.nearest(self.fmt, self.rows, self.f, i, exact.Answer())[0] for i in range(n)])
        elif kind == "bucketing":
            order = list(range(n))
            self.means([order[b : b + stage[1]] for b in range(0, n, stage[1])])
        elif kind == "clip":
            tau = stage[2] / exact.unit(self.fmt)
            self.scaled(exact.clip(self.fmt, self.rows, stage[2]), tau * (1 - self.u), tau * (1 + self.u))
        else:
            k, (low, high) = 2 * self.f * (n - self.f) // n, self.norms()
            ends = [sorted(x, key=lambda z: (z is None, z or 0), reverse=True)[k] for x in (low, high)]
            self.scaled(exact.arc(self.fmt, self.rows, self.f), *ends)

    # ---- means ----

    def means(self, lists):
        fmt = self.fmt
        made = [exact.mean_of(fmt, [self.rows[i] for i in rows]) for rows in lists]
        self.radii = [[self.mean(rows, c, word) if fmt.is_finite(word) else Fraction(0) for c, word in enumerate(row)]
                      for rows, row in zip(lists, made)]
        self.rows = made

    def mean(self, rows, c, word):
        k, value = len(rows), self.fmt.value
        V, e = [value(self.rows[i][c]) for i in rows], sum(self.radii[i][c] for i in rows)
        if k == 1:
            return e
        return up(e / k + factor(self.u, k) * (sum(map(abs, V)) + e) / k + k + abs(value(word) - Fraction(sum(V), k)))

    # ---- rows that are scaled ----

    def norms(self):
        r, ends = ((len(self.rows[0]) - 1).bit_length() + 4) * self.u, []
        for row, radii in zip(self.rows, self.radii):
            if not all(map(self.fmt.is_finite, row)):
                ends.append((None, None))
                continue
            square, e = Fraction(sum(self.fmt.value(w) ** 2 for w in row)), root(Fraction(sum(x * x for x in radii)), 1)
            ends.append((max(Fraction(0), root(square, -1) - e) * (1 - r), (root(square, 1) + e) * (1 + r)))
        return [a for a, _ in ends], [b for _, b in ends]

    def scaled(self, made, least, greatest):
        low, high = self.norms()
        unit = exact.unit(self.fmt)
        for i, row in enumerate(made):
            if low[i] is None or least is None or high[i] <= least:
                continue
            smallest = max(Fraction(0), least / high[i] * (1 - 2 * self.u) - unit)
            largest = min(Fraction(1), greatest / low[i] * (1 + 2 * self.u) + unit) if low[i] else Fraction(1)
            for c, word in enumerate(row):
                A, e, V = abs(self.fmt.value(self.rows[i][c])), self.radii[i][c], abs(self.fmt.value(word))
                top, bottom = up(largest * (A + e)), down((smallest if A >= e else largest) * (A - e))
                self.radii[i][c] = max(top - V, V - bottom) + up(self.u * top) + 1
        self.rows = made


def drifted(fmt, rows, f, stages):
    """The rows that the stages make, and the radii of each."""
    drift = Drift(fmt, rows, f)
    for stage in stages:
        drift.apply(stage)
    return drift.rows, drift.radii
