"""Verdicts on a candidate, written from spec/verdicts.md and spec/rules.md with fractions and lists of all choices: slow, and meant to be read beside
them. Of BREACH only the guarantees by columns are here.

Rows and candidates are lists of words. Rules: average, median, trimmed-mean, meamed, krum, multi-krum (m rows), cge.
"""
from fractions import Fraction
from itertools import combinations

from exact_rules import Format

SAME, TIED, ROUNDED, NEAR, NONE = range(5)


class Judge:
    def __init__(self, bits, rule, f, rows, m=0, median="midpoint"):
        self.fmt, self.rule, self.f, self.rows, self.median = Format(bits), rule, f, rows, median
        self.n, self.d = len(rows), len(rows[0])
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

    def bound(self, words):
        """Of ROUNDING, for the mean of these finite words; in units."""
        k = len(words)
        if k == 1:
            return Fraction(0)
        g = -(-((1 + self.u) ** (k + 1) - 1) * 2**128 // 1) / Fraction(2**128)
        return g * sum(abs(self.fmt.value(w)) for w in words) / k + k

    def within(self, y, words):
        if not self.fmt.is_finite(y) or not all(map(self.fmt.is_finite, words)):
            return False
        return abs(self.fmt.value(y) - Fraction(sum(map(self.fmt.value, words)), len(words))) <= self.bound(words)

    # ---- means around the median ----

    def middle(self, words):
        """M, or None if it is not finite."""
        x = sorted(words, key=self.fmt.order)
        a, b = x[(len(x) - 1) // 2], x[len(x) // 2]
        return Fraction(self.fmt.value(a) + self.fmt.value(b), 2) if self.fmt.is_finite(a) and self.fmt.is_finite(b) else None

    def around(self, words, k, y):
        """The likeness of y to MeanAround(words, k)."""
        fmt, M = self.fmt, self.middle(words)
        x = sorted(filter(fmt.is_finite, words), key=fmt.value)
        if M is None or len(x) < k:
            return SAME if fmt.is_nan(y) else NONE
        far = [abs(fmt.value(w) - M) for w in x]
        own = sorted(range(len(x)), key=lambda i: (far[i], fmt.value(x[i])))[:k]
        if self.same(y, fmt.rn(sum(fmt.value(x[i]) for i in own), k)):
            return SAME
        best = NONE
        for kept in combinations(range(len(x)), k):
            left = [j for j in range(len(x)) if j not in kept]
            words_kept = [x[i] for i in kept]
            if all(far[i] <= far[j] for i in kept for j in left):
                if self.same(y, fmt.rn(sum(map(fmt.value, words_kept)), k)):
                    return TIED
                if self.within(y, words_kept):
                    best = min(best, ROUNDED)
            elif kept[-1] - kept[0] == k - 1 and self.within(y, words_kept):
                sizes = [abs(fmt.value(w)) for w in x]
                if all(far[i] - far[j] <= 4 * self.u * (abs(M) + max(sizes[i], sizes[j])) for i in kept for j in left):
                    best = min(best, NEAR)
        return best

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

    def selections(self):
        """The rule's own, the admissible ones, those near."""
        if self.kept() is None:
            return range(self.n), [range(self.n)], []
        z, sets = self.scores(), list(combinations(range(self.n), self.kept()))

        def allowed(K, low, high):
            return all(z[j] is None or (z[i] is not None and low * z[i] <= high * z[j]) for i in K for j in range(self.n) if j not in K)
        tied = [K for K in sets if allowed(K, 1, 1)]
        own = sorted(sorted(range(self.n), key=lambda i: (z[i] is None, z[i] or 0, i))[: self.kept()])
        return tuple(own), tied, [K for K in sets if allowed(K, 1 - self.r, 1 + self.r)]

    def like_column(self, c, K, y):
        fmt, words = self.fmt, self.column(c, K)
        x = sorted(words, key=fmt.order)
        n, f = self.n, self.f
        if self.rule == "meamed":
            return self.around(words, n - f, y)
        if self.rule == "krum":
            return SAME if self.same(y, words[0]) else ROUNDED if fmt.is_finite(y) and self.within(y, words) else NONE
        if self.rule == "median":
            lower, upper = (n - 1) // 2, n // 2
            x = [x[lower]] if lower == upper or self.median == "lower" else [x[upper]] if self.median == "upper" else [x[lower], x[upper]]
            if len(x) == 1 and self.same(y, x[0]):
                return SAME
        if self.rule == "trimmed-mean":
            x = x[f : n - f]
        chosen_by_rank = self.rule == "median" and len(x) == 1
        return SAME if not chosen_by_rank and self.same(y, fmt.mean(x)) else ROUNDED if self.within(y, x) else NONE

    def like(self, K, y):
        return max(self.like_column(c, K, y[c]) for c in range(self.d))

    # ---- breaches ----

    def breaks(self, y, out):
        fmt, f = self.fmt, self.f
        good = [i for i in range(self.n) if self.finite(i)]
        b = self.n - len(good)
        if b > f or (self.rule == "average" and b > 0):
            return False
        if any(not fmt.is_finite(a) and fmt.is_finite(o) for a, o in zip(y, out)):
            return True
        for c in range(self.d):
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
