"""The coordinate-wise rules on integers and fractions, written from spec/rules.md alone: slow, and meant to be read beside it.

A column is a list of words (unsigned integers holding the bits). aggregate() returns (word, tie, not_finite_output).
"""
from fractions import Fraction

FORMATS = {32: (23, 8), 64: (52, 11)}  # fraction bits F, exponent bits X
RULES = ("average", "median", "trimmed-mean", "meamed")


class Format:
    def __init__(self, bits):
        self.bits = bits
        self.F, self.X = FORMATS[bits]
        self.sign = 1 << (self.X + self.F)
        self.infinity = ((1 << self.X) - 1) << self.F
        self.nan = self.infinity | 1 << (self.F - 1)

    def magnitude(self, word):
        return word % self.sign

    def negative(self, word):
        return word >= self.sign

    def is_nan(self, word):
        return self.magnitude(word) > self.infinity

    def is_finite(self, word):
        return self.magnitude(word) < self.infinity

    def magnitude_value(self, r):
        """V(r), continued by its own formula past the largest finite magnitude."""
        E, T = divmod(r, 1 << self.F)
        return T if E == 0 else ((1 << self.F) + T) << (E - 1)

    def value(self, word):
        v = self.magnitude_value(self.magnitude(word))
        return -v if self.negative(word) else v

    def order(self, word):
        """A key: -inf < finite < +inf < NaN, -0 before +0, all NaN equal."""
        if self.is_nan(word):
            return (1, 0)
        m = self.magnitude(word)
        return (0, -m - 1 if self.negative(word) else m)

    def rn(self, S, k):
        """The magnitude nearest to |S|/k by bisection over V, then the sign of S."""
        if S == 0:
            return 0
        q = Fraction(abs(S), k)
        low, high = 0, self.infinity  # V(low) <= q; overflow is decided against V(infinity), as the rule says
        while low + 1 < high:
            middle = (low + high) // 2
            if self.magnitude_value(middle) <= q:
                low = middle
            else:
                high = middle
        midpoint = Fraction(self.magnitude_value(low) + self.magnitude_value(low + 1), 2)
        r = low if q < midpoint or (q == midpoint and low % 2 == 0) else low + 1
        return r | (self.sign if S < 0 else 0)

    def mean(self, words):
        infinite = {self.negative(w) for w in words if not self.is_finite(w) and not self.is_nan(w)}
        if any(self.is_nan(w) for w in words) or len(infinite) == 2:
            return self.nan
        if infinite:
            return self.infinity | (self.sign if True in infinite else 0)
        return self.rn(sum(self.value(w) for w in words), len(words))

    def selected(self, word):
        return self.nan if self.is_nan(word) else word


def meamed(fmt, x, f):
    n = len(x)
    a, b = x[(n - 1) // 2], x[n // 2]
    finite = [w for w in x if fmt.is_finite(w)]
    if not (fmt.is_finite(a) and fmt.is_finite(b)) or len(finite) < n - f:
        return fmt.nan, False
    M = Fraction(fmt.value(a) + fmt.value(b), 2)
    ranked = sorted((fmt.value(w) for w in finite), key=lambda v: (abs(v - M), v))
    kept, left = ranked[: n - f], ranked[n - f :]
    tie = any(v != u and abs(v - M) == abs(u - M) for v in kept for u in left)
    return fmt.rn(sum(kept), n - f), tie


def aggregate(bits, rule, f, words, median="midpoint"):
    fmt = Format(bits)
    n = len(words)
    assert n > 2 * f and f >= 0
    x = sorted(words, key=fmt.order)
    tie = False
    if rule == "average":
        out = fmt.mean(x)
    elif rule == "median":
        if n % 2 == 1:
            out = fmt.selected(x[(n - 1) // 2])
        elif median == "midpoint":
            out = fmt.mean([x[n // 2 - 1], x[n // 2]])
        else:
            out = fmt.selected(x[n // 2 - 1 if median == "lower" else n // 2])
    elif rule == "trimmed-mean":
        out = fmt.mean(x[f : n - f])
    else:
        out, tie = meamed(fmt, x, f)
    return out, tie, not fmt.is_finite(out)
