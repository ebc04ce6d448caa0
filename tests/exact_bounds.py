"""How far an implementation may be from its published definition, naively: written from spec/verdicts.md, PROFILE, on what tests/exact_profiles.py
computes. And answers as such implementations make them: every operation rounded to the format, sums in random order.
"""
from contextlib import contextmanager
from fractions import Fraction
from math import isqrt

import exact_profiles as exact
from exact_rules import Format

READ_ONLY = [(p, "average") for p in ("krum2", "flower-legacy", "flower", "epfml", "torchjd", "fedml", "lpd-py")] + [("flower", "trimmed-mean")]


def definition_of(key):
    """The row of exact.TABLE; what was read only is as in other profiles."""
    if key in exact.TABLE:
        return exact.TABLE[key]
    if key not in READ_ONLY:
        return None
    return exact.TABLE[("byzfl", "average") if key[1] == "average" else ("flower-legacy", "trimmed-mean")]


@contextmanager
def replaced(**functions):
    """Functions of exact_profiles while a definition is computed."""
    saved = {name: getattr(exact, name) for name in functions}
    vars(exact).update(functions)
    try:
        yield
    finally:
        vars(exact).update(saved)


class Recorder(Format):
    """Keeps the lists of words that means are taken of."""

    def __init__(self, bits):
        super().__init__(bits)
        self.means, self.sums, self.closest = [], [], []

    def mean(self, words):
        self.means.append(list(words))
        return super().mean(words)

    def sum_of(self, fmt, rows):
        self.sums = [list(column) for column in zip(*rows)]
        return saved_sum_of(fmt, rows)

    def around(self, fmt, column, k, kind):
        self.closest.append((column, k, kind))
        return saved_around(Format(self.bits), column, k, kind)


saved_sum_of, saved_around = exact.sum_of, exact.around


def u(fmt):
    return Fraction(1, 1 << fmt.F + 1)


def growth(fmt, j):
    return -(-((1 + u(fmt)) ** j - 1) * 2**128 // 1) * Fraction(1, 2**128)


def of_mean(fmt, words):
    """v and bound of a mean, in units."""
    k, values = len(words), [fmt.value(w) for w in words]
    return Fraction(sum(values), k), growth(fmt, k + 1) * sum(map(abs, values)) / k + k if k > 1 else 0


def of_sum(fmt, words):
    values = [fmt.value(w) for w in words]
    return Fraction(sum(values)), growth(fmt, len(words) - 1) * sum(map(abs, values))


def of_subtraction(fmt, column, f):
    x = sorted(map(fmt.value, column))
    f = min(f, (len(x) - 1) // 2)
    k, terms = len(x) - 2 * f, len(x) + 2 * f
    magnitudes = sum(map(abs, x)) + sum(map(abs, x[:f])) + sum(map(abs, x[len(x) - f :]))
    return Fraction(sum(x[f : len(x) - f]), k), growth(fmt, terms + 1) * magnitudes / k + terms


def of_closest(fmt, column, k, kind, rounds):
    """The same of each window that may be kept. rounds: what each value is the mean of, or []."""
    drift = Fraction(0)
    for word, words in zip(column, rounds):
        if len(words) > 1 and fmt.is_finite(word):
            drift = max(drift, growth(fmt, len(words) + 1) * sum(abs(fmt.value(w)) for w in words) / len(words) + u(fmt) * abs(fmt.value(word))
                        + len(words) + 1)
    M = Fraction(sum(map(fmt.value, exact.middle(fmt, column, kind))), 2)
    x = sorted(fmt.value(w) for w in column if fmt.is_finite(w))
    found = []
    for i in range(len(x) - k + 1):
        kept, left = x[i : i + k], x[:i] + x[i + k :]
        if all(abs(a - M) - abs(b - M) <= 4 * u(fmt) * (abs(M) + max(abs(a), abs(b))) + 5 * drift for a in kept for b in left):
            bound = drift + (growth(fmt, k + 1) * (sum(map(abs, kept)) + k * drift) / k + k if k > 1 else 0)
            found.append((Fraction(sum(kept), k), bound))
    return found


def steps_of(key):
    """T or L, as the tests have it; None of rules without steps, and where it is not a number that the text says."""
    return {("byzfl", "geometric-median"): 3, ("epfml", "geometric-median"): 8, ("byzfl", "centered-clipping"): 1,
            ("epfml", "centered-clipping"): 1}.get(key)


def of_steps(fmt, column, out, steps, d):
    most = max((abs(fmt.value(w)) for w in column if fmt.is_finite(w)), default=0)
    return Fraction(fmt.value(out)), (4 + 2 * steps * (len(column) + 4 + (d - 1).bit_length())) * (u(fmt) * 2 * most + 1)


def bounds(bits, key, rows, f, m):
    """The definition's output, and of each of its columns a list of pairs (v, bound), in units: y matches where it is that word or within one of
    them. None if there is no output, or the list is not known."""
    fmt, d = Recorder(bits), len(rows[0])
    if key[1] == "median" and d > 1:  # one column after the other: some may have no mean
        columns = [bounds(bits, key, [[w] for w in column], f, m) for column in zip(*rows)]
        return None if None in columns else tuple(sum(parts, []) for parts in zip(*((list(out), found) for out, found in columns)))
    with replaced(sum_of=fmt.sum_of, around=fmt.around):
        out = definition_of(key)[3](fmt, rows, f, m)
    if out is None or key == ("krum2", "geometric-median"):
        return None
    if fmt.closest:
        rounds = [fmt.means[c::d] for c in range(d)] if len(fmt.means) == d * len(fmt.closest[0][0]) else [[]] * d
        found = [of_closest(fmt, *fmt.closest[c], rounds[c]) if fmt.is_finite(out[c]) else [] for c in range(d)]
    elif steps_of(key):
        found = [[of_steps(fmt, column, w, steps_of(key), d)] for column, w in zip(zip(*rows), out)]
    elif fmt.sums:
        found = [[of_sum(fmt, words)] if fmt.is_finite(w) else [] for words, w in zip(fmt.sums, out)]
    elif key == ("epfml", "trimmed-mean") and min(f, (len(rows) - 1) // 2) > 0:
        found = [[of_subtraction(fmt, column, f)] if fmt.is_finite(w) else [] for column, w in zip(zip(*rows), out)]
    elif len(fmt.means) == d:
        found = [[of_mean(fmt, words)] if fmt.is_finite(w) else [] for words, w in zip(fmt.means, out)]
    else:
        found = [[(Fraction(fmt.value(w)), 0)] if fmt.is_finite(w) else [] for w in out]
    return out, [pairs if fmt.is_finite(w) else [] for pairs, w in zip(found, out)]


def matches(fmt, bounded, y):
    """Whether y is the definition's, exactly or within rounding."""
    for word, out, pairs in zip(y, *bounded):
        same = word == out or (fmt.is_nan(word) and fmt.is_nan(out))
        if not same and not (fmt.is_finite(word) and any(abs(fmt.value(word) - v) <= bound for v, bound in pairs)):
            return False
    return True


# ---- as implementations compute ----

class Floating(Format):
    """Means, sums, medians and steps with every operation rounded."""

    def __init__(self, bits, r):
        super().__init__(bits)
        self.r = r

    def rounded(self, value):
        """The number nearest to a fraction of units; None above the largest."""
        word = self.rn(*Fraction(value).as_integer_ratio())
        return self.value(word) if self.is_finite(word) else None

    def add(self, values):
        """In random order, in one sum or two."""
        values, cut = self.r.sample(list(values), len(values)), self.r.choice((0, 0, len(values) // 2))
        if cut:
            return self.rounded(self.add(values[:cut]) + self.add(values[cut:]))
        total = 0
        for value in values:
            total = self.rounded(total + value)
        return total

    def divided(self, values):
        """Their mean: divided at the end or at the beginning, by k or with 1/k, or with equal counts."""
        k, how = len(values), self.r.choice(("end", "weights", "begin", "counts", "reciprocal"))
        if how == "counts":
            return self.rounded(Fraction(self.add([self.rounded(3 * v) for v in values]), 3 * k))
        part = self.reciprocal(k)
        if how == "reciprocal":
            return self.rounded(self.add(values) * part)
        if how == "weights":
            return self.add([self.rounded(v * part) for v in values])
        if how == "begin":
            return self.add([self.rounded(Fraction(v, k)) for v in values])
        return self.rounded(Fraction(self.add(values), k))

    def reciprocal(self, k):
        one = 149 if self.bits == 32 else 1074
        return Fraction(self.value(self.rn(1 << one, k)), 1 << one)

    def word(self, value):
        return self.rn(*Fraction(value).as_integer_ratio())

    def mean(self, words):
        if not all(map(self.is_finite, words)) or len(words) == 1:
            return super().mean(words)
        return self.word(self.divided([self.value(w) for w in words]))

    def sum_of(self, fmt, rows):
        return [self.word(self.add([self.value(w) for w in column])) for column in zip(*rows)]

    def around(self, fmt, column, k, kind):
        if not all(map(self.is_finite, column)):
            return saved_around(Format(self.bits), column, k, kind)
        low, high = map(self.value, exact.middle(self, column, kind))
        M = low if low == high else self.divided([low, high])
        values = self.r.sample([self.value(w) for w in column], len(column))
        kept = sorted(values, key=lambda v: abs(self.rounded(v - M)))[:k]
        return self.word(self.divided(kept) if k > 1 else kept[0])

    def trimmed_by_sum(self, fmt, column, f):
        f = min(f, (len(column) - 1) // 2)
        if f == 0 or not all(map(self.is_finite, column)):
            return saved_trimmed_by_sum(self, column, f)
        x = sorted(map(self.value, column))
        total = self.add(x + [-v for v in x[:f] + x[len(x) - f :]])
        return self.word(self.rounded(Fraction(total, len(x) - 2 * f)))

    def norm(self, x):
        """Squares in units of units, so that they do not vanish: each sum rounded to F+1 bits."""
        total = 0
        for v in self.r.sample(x, len(x)):
            total = self.cut(total + self.cut(v * v))
        return isqrt(total)

    def cut(self, number):
        """To F+1 bits, half up."""
        bits = max(0, number.bit_length() - self.F - 1)
        return (number + (1 << bits >> 1) >> bits) << bits

    def weiszfeld(self, rows, steps):
        nu = self.rounded(exact.length(self, "0.1") >> exact.Point.GUARD)
        rows = [[self.value(w) for w in row] for row in rows]
        z = [0] * len(rows[0])
        one = 1 << (149 if self.bits == 32 else 1074)
        for _ in range(steps):
            weights = []
            for row in rows:
                long = max(nu, self.norm([self.rounded(a - b) for a, b in zip(row, z)]))
                weights.append(Fraction(self.rounded(Fraction(one * one, long)), one))
            total = Fraction(self.add([w * one for w in weights]), one)
            z = [self.rounded(self.add([self.rounded(w * v) for w, v in zip(weights, c)]) / total) for c in zip(*rows)]
        return [self.word(v) for v in z]

    def clipping(self, rows):
        """tau = 3/2, one iteration, centre 0."""
        one = 1 << (149 if self.bits == 32 else 1074)
        made = []
        for row in rows:
            x = [self.value(w) for w in row]
            long = self.norm(x)
            factor = Fraction(self.rounded(Fraction(3 * one * one, 2 * long)), one) if 2 * long > 3 * one else 1
            made.append([self.rounded(factor * v) for v in x])
        return [self.word(self.divided(list(c))) for c in zip(*made)]


saved_trimmed_by_sum = exact.trimmed_by_sum


def answer(bits, r, key, rows, f, m):
    """What such an implementation gives for a finite matrix; None if there is nothing."""
    fmt = Floating(bits, r)
    if steps_of(key):
        return fmt.clipping(rows) if key[1] == "centered-clipping" else fmt.weiszfeld(rows, steps_of(key))
    if key == ("epfml", "trimmed-mean"):
        return [fmt.trimmed_by_sum(fmt, list(column), f) for column in zip(*rows)]
    if key == ("krum2", "geometric-median"):
        return None
    with replaced(sum_of=fmt.sum_of, around=fmt.around):
        return definition_of(key)[3](fmt, rows, f, m)
