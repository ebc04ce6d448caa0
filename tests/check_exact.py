"""Verdicts on a candidate, written from spec/verdicts.md and spec/rules.md with fractions and lists of all choices: slow, and meant to be read beside
them. Of BREACH only the guarantees by columns are here.

Rows and candidates are lists of words. Rules: average, median, trimmed-mean, meamed, krum, multi-krum (m rows), cge. Stages: exact_drift.py.
"""
from fractions import Fraction
from itertools import combinations

from exact_drift import drifted, factor
from exact_rules import Format

SAME, TIED, ROUNDED, NEAR, NONE = range(5)


class Judge:
    def __init__(self, bits, rule, f, rows, m=0, median="midpoint", stages=()):
        self.fmt, self.rule, self.f, self.median, self.stages = Format(bits), rule, f, median, stages
        self.given = rows  # and what the rule has: made rows, and how far others may be from them
        self.rows, self.radii = drifted(self.fmt, rows, f, stages)
        self.n, self.d = len(self.rows), len(rows[0])
        self.m = m or self.n - f - 2
        self.u = Fraction(1, 2 ** (self.fmt.F + 1))
        self.r = ((self.d - 1).bit_length() + 4) * self.u

    # ---- numbers ----

    def same(self, a, b):
        return a == b or (self.fmt.is_nan(a) and self.fmt.is_nan(b))

    def finite(self, i):
        return all(map(self.fmt.is_finite, self.rows[i]))

    def column(self, c, rows=None):
        return [self.rows[i][c] for i in (range(self.n) if rows is None else rows)]

    def spread(self, c, rows=None, ranked=False):
        """The ends of the finite values' ranges; each sorted, or in the order of the rows."""
        value, found = self.fmt.value, [i for i in (range(self.n) if rows is None else rows) if self.fmt.is_finite(self.rows[i][c])]
        ends = [[value(self.rows[i][c]) + sign * self.radii[i][c] for i in found] for sign in (-1, 1)]
        return [sorted(x) for x in ends] if ranked else ends

    def bound(self, words):
        """Of ROUNDING, for the mean of these finite words; in units."""
        return self.ends(*[list(map(self.fmt.value, words))] * 2)[1] - Fraction(sum(map(self.fmt.value, words)), len(words))

    def ends(self, low, high):
        """What the mean of values in these ranges may be computed as."""
        k = len(low)
        R = factor(self.u, k) * sum(max(abs(a), abs(b)) for a, b in zip(low, high)) / k + k if k > 1 else 0
        return Fraction(sum(low), k) - R, Fraction(sum(high), k) + R

    def within(self, y, words, low, high):
        if not self.fmt.is_finite(y) or not all(map(self.fmt.is_finite, words)):
            return False
        least, greatest = self.ends(low, high)
        return least <= self.fmt.value(y) <= greatest

    # ---- means around the median ----

    def middle(self, words):
        """M, or None if it is not finite."""
        x = sorted(words, key=self.fmt.order)
        a, b = x[(len(x) - 1) // 2], x[len(x) // 2]
        return Fraction(self.fmt.value(a) + self.fmt.value(b), 2) if self.fmt.is_finite(a) and self.fmt.is_finite(b) else None

    def around(self, c, k, y):
        """The likeness of y to MeanAround of column c."""
        fmt, words = self.fmt, self.column(c)
        M = self.middle(words)
        x = sorted(filter(fmt.is_finite, words), key=fmt.value)
        low, high = self.spread(c, ranked=True)
        if M is None or len(x) < k:
            return SAME if fmt.is_nan(y) else NONE
        far = [abs(fmt.value(w) - M) for w in x]
        own = sorted(range(len(x)), key=lambda i: (far[i], fmt.value(x[i])))[:k]
        if self.same(y, fmt.rn(sum(fmt.value(x[i]) for i in own), k)):
            return SAME
        best = NONE
        for kept in combinations(range(len(x)), k):
            left = [j for j in range(len(x)) if j not in kept]
            words_kept, whole = [x[i] for i in kept], kept[-1] - kept[0] == k - 1
            within = whole and self.within(y, words_kept, low[kept[0] : kept[0] + k], high[kept[0] : kept[0] + k])
            if all(far[i] <= far[j] for i in kept for j in left):
                if self.same(y, fmt.rn(sum(map(fmt.value, words_kept)), k)):
                    return TIED
                if within:
                    best = min(best, ROUNDED)
            elif within and self.stages:
                values = sorted(fmt.value(x[i]) for i in own)
                first = next(i for i in range(len(x)) if list(map(fmt.value, x[i : i + k])) == values)
                if all(self.is_open(c, words, low, high, j, k) for j in range(min(kept[0], first), max(kept[0], first))):
                    best = min(best, NEAR)
            elif within:
                sizes = [abs(fmt.value(w)) for w in x]
                if all(far[i] - far[j] <= 4 * self.u * (abs(M) + max(sizes[i], sizes[j])) for i in kept for j in left):
                    best = min(best, NEAR)
        return best

    def is_open(self, c, words, low, high, j, k):
        """Whether values of ranks j and j+k may be about equally far from the median."""
        before = sum(self.fmt.infinity | self.fmt.sign == w for w in words)
        middles = [(len(words) - 1) // 2 - before, len(words) // 2 - before]
        least, greatest = [Fraction(sum(x[i] for i in middles), 2) for x in (low, high)]
        sizes = max(abs(least), abs(greatest)) + max(abs(x[i]) for x in (low, high) for i in (j, j + k))
        return low[j] + low[j + k] - 2 * greatest <= 4 * self.u * sizes and high[j] + high[j + k] - 2 * least >= -4 * self.u * sizes

    # ---- selections ----

    def scores(self):
        """Numbers that the least are kept of, None for infinity."""
        def distance(a, b):
            return sum((self.fmt.value(x) - self.fmt.value(y)) ** 2 for x, y in zip(a, b))
        good = [self.finite(i) for i in range(self.n)]
        if self.rule == "cge":
            return [distance(row, [0] * self.d) if good[i] else None for i, row in enumerate(self.rows)]
        found = []
        for i in range(self.n):
            near = sorted(distance(self.rows[i], self.rows[j]) for j in range(self.n) if j != i and good[i] and good[j])
            k = self.n - self.f - 2
            found.append(sum(near[:k]) if len(near) >= k else None)
        return found

    def kept(self):
        return {"krum": 1, "multi-krum": self.m, "cge": self.n - self.f}.get(self.rule)

    def equal(self, i, j):
        """As numbers; such rows stand for each other, and the first are taken."""
        return self.finite(i) and self.finite(j) and all(self.fmt.value(a) == self.fmt.value(b) for a, b in zip(self.rows[i], self.rows[j]))

    def selections(self):
        """The rule's own, the admissible ones, those near."""
        if self.kept() is None:
            return range(self.n), [range(self.n)], []
        z, sets = self.scores(), list(combinations(range(self.n), self.kept()))

        def allowed(K, low, high):
            return all(z[j] is None or (z[i] is not None and low * z[i] <= high * z[j]) for i in K for j in range(self.n) if j not in K)
        sets = [K for K in sets if self.rule != "multi-krum" or all(j in K for i in K for j in range(i) if self.equal(i, j))]
        tied = [K for K in sets if allowed(K, 1, 1)]
        own = sorted(sorted(range(self.n), key=lambda i: (z[i] is None, z[i] or 0, i))[: self.kept()])
        return tuple(own), tied, [K for K in sets if allowed(K, 1 - self.r, 1 + self.r)]

    def like_column(self, c, K, y):
        fmt, words = self.fmt, self.column(c, K)
        x = sorted(words, key=fmt.order)
        n, f = self.n, self.f
        low, high = self.spread(c, K, ranked=self.rule in ("median", "trimmed-mean"))
        if self.rule == "meamed":
            return self.around(c, n - f, y)
        if self.rule == "krum":
            return SAME if self.same(y, words[0]) else ROUNDED if self.within(y, words, low, high) else NONE
        a, b = 0, len(x)
        if self.rule == "median":
            a, b = {"lower": ((n - 1) // 2,) * 2, "upper": (n // 2,) * 2}.get(self.median, ((n - 1) // 2, n // 2))
            b += 1
        if self.rule == "trimmed-mean":
            a, b = f, n - f
        x, before = x[a:b], sum(self.fmt.infinity | self.fmt.sign == w for w in words)
        chosen_by_rank = self.rule == "median" and len(x) == 1
        if self.same(y, x[0] if chosen_by_rank else fmt.mean(x)):
            return SAME
        ranks = slice(a - before, b - before)
        return ROUNDED if all(map(fmt.is_finite, x)) and self.within(y, x, low[ranks], high[ranks]) else NONE

    def like(self, K, y):
        return max(self.like_column(c, K, y[c]) for c in range(self.d))

    # ---- breaches ----

    def breaks(self, y, out):
        fmt, f = self.fmt, self.f
        good = [i for i, row in enumerate(self.given) if all(map(fmt.is_finite, row))]
        b = len(self.given) - len(good)
        if b > f or (self.rule == "average" and b > 0):
            return False
        if any(not fmt.is_finite(a) and fmt.is_finite(o) for a, o in zip(y, out)):
            return True
        for c in range(0 if self.stages else self.d):
            for H in combinations(good, self.n if self.rule == "average" else self.n - f):
                x = [fmt.value(w) for w in self.column(c, H)]
                Y, half = fmt.value(y[c]), Fraction(fmt.magnitude_value(fmt.magnitude(y[c]) + 1) - fmt.magnitude_value(fmt.magnitude(y[c])), 2)
                if self.rule in ("average", "median", "trimmed-mean") and not min(x) <= Y <= max(x):
                    return True
                if self.rule == "meamed" and abs(Y - self.middle(self.column(c))) > max(x) - min(x) + half:
                    return True
        return False

    # ---- the verdict ----

    def verdict(self, y, out):
        """out: the rule's output."""
        own, tied, near = self.selections()
        likeness = self.like(own, y)
        if likeness == SAME:
            return "EXACT"
        best = min([likeness, *(self.like(K, y) for K in tied if K != own)])
        if best <= TIED:
            return "TIE"
        if best == ROUNDED:
            return "ROUNDING"
        if self.breaks(y, out):
            return "BREACH"
        if best == NEAR or any(self.like(K, y) <= NEAR for K in near):
            return "AMBIGUOUS"
        return "WRONG"
