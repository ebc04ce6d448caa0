#!/usr/bin/env python3
"""Regenerates the worst-case files beside it: average.txt, median.txt, trimmed-mean.txt, meamed.txt.

The expected words come from Python's integers and fractions and from spec/rules.md alone: neither src/ nor reference/ has a part in them.
Searched cases draw from SplitMix64, so the files are the same on every machine. Usage: python3 tests/worst/make.py [directory]
"""

import os
import sys
from fractions import Fraction


class Format:
    """A binary format: words to exact values and back (spec/rules.md, section 1)."""

    def __init__(self, name, F, X):
        self.name, self.F, self.X = name, F, X
        self.sign = 1 << (F + X)
        self.infinity = ((1 << X) - 1) << F
        self.largest = self.infinity - 1
        self.nan = self.infinity | 1 << (F - 1)
        self.unit = Fraction(1, 1 << (2 ** (X - 1) - 2 + F))
        self.one = ((1 << (X - 1)) - 1) << F
        self.digits = (1 + X + F) // 4

    def magnitude(self, word):
        return word % self.sign

    def is_finite(self, word):
        return self.magnitude(word) < self.infinity

    def is_nan(self, word):
        return self.magnitude(word) > self.infinity

    def negative(self, word):
        return word >= self.sign

    def value(self, word):
        E, T = divmod(self.magnitude(word), 1 << self.F)
        v = (T if E == 0 else ((1 << self.F) + T) << (E - 1)) * self.unit
        return -v if self.negative(word) else v

    def key(self, word):
        """Sorts as the order of the rules does."""
        if self.is_nan(word):
            return (3, 0, 0)
        if not self.is_finite(word):
            return (0, 0, 0) if self.negative(word) else (2, 0, 0)
        return (1, self.value(word), 0 if self.negative(word) else 1)

    def rn(self, q):
        """The word nearest to the fraction q, ties to the even one: found from the quantum of q's binade, unlike the definition."""
        if q == 0:
            return 0
        a = abs(q) / self.unit
        exponent = max(0, a.numerator.bit_length() - a.denominator.bit_length())
        while exponent > 0 and a < (1 << exponent):
            exponent -= 1
        while a >= (2 << exponent):
            exponent += 1
        quantum = max(0, exponent - self.F)
        m = round(a / (1 << quantum))  # Fraction rounds half to even
        magnitude = m + (quantum << self.F)  # m = 2^F + T, and E = quantum + 1
        if magnitude >= self.infinity:
            raise OverflowError
        return magnitude | (self.sign if q < 0 else 0)

    def word(self, q):
        """The word of a value that must be exact."""
        w = self.rn(Fraction(q))
        assert self.value(w) == q, (self.name, q)
        return w

    def hex(self, word):
        return f"{word:0{self.digits}x}"


B32 = Format("binary32", 23, 8)
B64 = Format("binary64", 52, 11)


# ---- the rules ----


def mean(fmt, words):
    special = [w for w in words if not fmt.is_finite(w)]
    if any(fmt.is_nan(w) for w in special) or len(set(special)) > 1:
        return fmt.nan
    if special:
        return special[0]
    return fmt.rn(sum((fmt.value(w) for w in words), Fraction(0)) / len(words))


def average(fmt, words, f, kind):
    return mean(fmt, words), 0


def median(fmt, words, f, kind):
    x, n = sorted(words, key=fmt.key), len(words)
    if n % 2 == 1:
        w = x[(n - 1) // 2]
    elif kind == "midpoint":
        return mean(fmt, [x[n // 2 - 1], x[n // 2]]), 0
    else:
        w = x[n // 2 - 1] if kind == "lower" else x[n // 2]
    return (fmt.nan if fmt.is_nan(w) else w), 0


def trimmed_mean(fmt, words, f, kind):
    x = sorted(words, key=fmt.key)
    return mean(fmt, x[f : len(x) - f]), 0


def meamed(fmt, words, f, kind):
    x, n = sorted(words, key=fmt.key), len(words)
    a, b = x[(n - 1) // 2], x[n // 2]
    finite = [fmt.value(w) for w in words if fmt.is_finite(w)]
    if not fmt.is_finite(a) or not fmt.is_finite(b) or len(finite) < n - f:
        return fmt.nan, 0
    m = (fmt.value(a) + fmt.value(b)) / 2
    finite.sort(key=lambda v: (abs(v - m), v))
    kept, left = finite[: n - f], finite[n - f :]
    tie = any(abs(v - m) == abs(w - m) and v != w for v in set(kept) for w in set(left))
    return fmt.rn(sum(kept, Fraction(0)) / len(kept)), int(tie)


RULES = {"average": average, "median": median, "trimmed-mean": trimmed_mean, "meamed": meamed}


# ---- the cases ----


class Random:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % 2**64
        return z ^ (z >> 31)

    def below(self, bound):
        return self.next() * bound >> 64


class Cases:
    """The lines of one file."""

    def __init__(self, rule):
        self.rule, self.lines, self.count = rule, [], 0

    def note(self, text):
        self.lines += ["", "# " + text]

    def add(self, fmt, words, comment, f=0, kind="midpoint", source="by hand", expect=None):
        """One case; expect, where given, is what a person worked out: it must agree with the computation."""
        words = list(words)
        assert len(words) > 2 * f
        out, tie = RULES[self.rule](fmt, words, f, kind)
        if expect is not None:
            assert out == expect, (self.rule, comment, fmt.hex(out), fmt.hex(expect))
        row = " ".join(fmt.hex(w) for w in words)
        self.lines.append(f"{fmt.name} f={f} median={kind} | {row} | {fmt.hex(out)} ties={tie} | {source}: {comment}")
        self.count += 1

    def write(self, directory):
        head = [
            f"# Worst cases of {self.rule}, one column a line, made by tests/worst/make.py (do not edit):",
            "# format f=F median=KIND | input words in row order | output word ties=0|1 | provenance: what it is for",
        ]
        with open(os.path.join(directory, self.rule + ".txt"), "w", encoding="ascii") as out:
            out.write("\n".join(head + self.lines) + "\n")


def names(fmt):
    """The words that cases are made of."""
    one, sign = fmt.one, fmt.sign

    class N:
        pass

    N.one, N.sign, N.minus_one = one, sign, one | sign
    N.zero, N.minus_zero = 0, sign
    N.tiny, N.minus_tiny = 1, 1 | sign
    N.max, N.minus_max = fmt.largest, fmt.largest | sign
    N.inf, N.minus_inf = fmt.infinity, fmt.infinity | sign
    N.nan, N.minus_nan = fmt.nan, fmt.nan | sign
    N.snan = fmt.infinity | 1
    N.payload = fmt.sign | fmt.infinity | (fmt.nan >> 1) % (1 << fmt.F) | 0x2A
    N.min_normal = 1 << fmt.F
    N.max_subnormal = (1 << fmt.F) - 1
    N.next_one = one + 1
    N.before_one = one - 1
    N.two = one + (1 << fmt.F)
    N.half = one - (1 << fmt.F)
    return N


def mean_cases(cases, fmt, wrap):
    """Rounding cases of a mean of k values; wrap(words) -> (words, f) hides them among values the rule drops."""
    w, N = fmt.word, names(fmt)
    ulp = Fraction(1, 1 << fmt.F)

    def add(words, comment, expect=None, source="by hand"):
        hidden, f = wrap(list(words))
        cases.add(fmt, hidden, comment, f=f, source=source, expect=expect)

    add([N.one, N.next_one], "k = 2, midpoint, the even one below", N.one)
    add([N.next_one, N.one + 2], "k = 2, midpoint, the even one above", N.one + 2)
    add([N.one, N.one, w(1 + 3 * ulp)], "k = 3, S / k exact", N.next_one)
    add([N.one, N.one, w(1 + 2 * ulp)], "k = 3, two thirds of an ULP above 1: up", N.next_one)
    add([N.one, N.one, w(1 + ulp)], "k = 3, a third of an ULP above 1: down", N.one)
    add([N.one, N.one, N.next_one, w(ulp)], "k = 4, 3/4 and half an ULP: exact")
    add([N.one, N.one, N.next_one, N.next_one], "k = 4, midpoint of 1 and its successor", N.one)
    add([N.one, N.one, N.one, N.next_one], "k = 4, a quarter of an ULP above 1: down", N.one)
    add([w(2 - ulp), N.two], "k = 2, just below 2: midpoint rounds to the power of two", N.two)
    add([N.before_one, N.one], "k = 2, midpoint across the change of the ULP at 1", N.one)
    add([w(1 - ulp / 2), w(1 - ulp / 2), N.one], "k = 3, below 1, two thirds down", N.before_one)
    add([N.one, N.one, N.next_one, N.tiny], "k = 4, midpoint of 3/4 and its successor plus one unit: up", w(Fraction(3, 4)) + 1)
    three = [w(2 - 2 * ulp), w(1 + 3 * ulp), w(ulp / 2)]  # 3 + 3 ulp/2 = 3 (1 + ulp / 2)
    add(three, "k = 3, exact midpoint of 1 and its successor with a small term", N.one)
    four = [w(2 + 2 * ulp), w(1), w(1)]  # 4 + 2 ulp = 4 (1 + ulp / 2), and a fourth term of the least unit
    add(four + [N.zero], "k = 4, exact midpoint", N.one)
    add(four + [N.minus_zero], "k = 4, exact midpoint, a -0 among the terms", N.one)
    add(four + [N.tiny], "k = 4, midpoint plus one unit far below: up", N.next_one)
    add(four + [N.minus_tiny], "k = 4, midpoint minus one unit far below: down", N.one)
    odd = [w(2 + 6 * ulp), w(1), w(1)]  # 4 (1 + 3 ulp / 2)
    add(odd + [N.minus_tiny], "k = 4, odd midpoint minus one unit: down to the odd neighbour", N.one + 1)
    add(odd + [N.tiny], "k = 4, odd midpoint plus one unit: up", N.one + 2)
    five = [w(3 + 2 * ulp), w(1), w(1), w(ulp / 2)]  # 5 + 5 ulp / 2 = 5 (1 + ulp / 2)
    add(five + [N.zero], "k = 5, exact midpoint", N.one)
    add(five + [N.tiny], "k = 5, exact midpoint plus the least unit", N.next_one)
    add(five + [N.minus_tiny], "k = 5, exact midpoint minus the least unit", N.one)
    six = [w(4 + 4 * ulp), w(1), w(1 - ulp)]  # 6 + 3 ulp = 6 (1 + ulp / 2)
    add(six + [N.tiny, N.minus_tiny, N.zero], "k = 6, midpoint and two tiny terms that cancel: tie to even", N.one)
    add(six + [N.tiny, N.minus_tiny, N.tiny], "k = 6, midpoint and tiny terms that leave one unit", N.next_one)
    add(six + [N.min_normal, N.max_subnormal | N.sign, N.minus_tiny],
        "k = 6, midpoint, the tiny terms cancel across the subnormal boundary", N.one)
    add([x ^ N.sign for x in four] + [N.tiny], "k = 4, negative midpoint plus one unit: towards zero", N.minus_one)
    add([x ^ N.sign for x in four] + [N.minus_tiny], "k = 4, negative midpoint minus one unit: away", N.next_one | N.sign)
    add([N.max, N.max], "k = 2, the sum overflows, the mean does not", N.max)
    add([N.max, N.max, N.max, N.max - 1], "k = 4, three quarters of an ULP below the top", N.max)
    add([N.max, N.max - 1], "k = 2, midpoint of the two largest: the even one", N.max - 1)
    add([N.minus_max] * 5, "k = 5, the negative sum overflows", N.minus_max)
    add([N.max, N.minus_max, N.tiny], "k = 3, the largest cancel and a third of a unit stays: +0", N.zero)
    add([N.max, N.minus_max, N.minus_tiny], "k = 3, a third of a unit below zero: -0", N.minus_zero)
    add([N.max, N.minus_max, 2], "k = 3, two thirds of a unit stay", N.tiny)
    add([N.max, N.max, N.minus_max, N.tiny], "k = 4, half the largest, the least unit far below")
    add([N.tiny, N.zero], "k = 2, half a unit: ties to zero", N.zero)
    add([N.minus_tiny, N.zero], "k = 2, minus half a unit: -0", N.minus_zero)
    add([N.tiny, 2], "k = 2, 3 / 2 units: to the even 2", 2)
    add([N.tiny, N.tiny, N.tiny, 3], "k = 4, 3 / 2 units", 2)
    add([2, 3], "k = 2, 5 / 2 units: to the even 2", 2)
    add([N.max_subnormal, N.min_normal], "k = 2, midpoint at the least normal number: the even one, which is normal", N.min_normal)
    add([N.max_subnormal, N.max_subnormal, N.min_normal + 1], "k = 3, rounds below the least normal number")
    add([N.min_normal, N.min_normal + 1], "k = 2, midpoint just above the least normal number", N.min_normal)
    add([2 * N.min_normal - 1, 2 * N.min_normal], "k = 2, at the first change of the ULP", 2 * N.min_normal)
    add([N.minus_zero] * 3, "k = 3, only -0: the exact zero is +0", N.zero)
    add([N.zero, N.minus_zero], "k = 2, both zeros", N.zero)
    add([N.one, N.minus_one], "k = 2, exact cancellation is +0", N.zero)
    add([N.next_one, N.minus_one], "k = 2, cancellation leaves half an ULP exactly")
    add([N.one] * 7, "k = 7, equal values", N.one)
    add([N.next_one] * 3, "k = 3, equal values with an odd fraction", N.next_one)
    add([w(2 - ulp)] * 9, "k = 9, all bits set: the sum needs four bits more", w(2 - ulp))


def hard_means(cases, fmt, wrap, random, k, count, title):
    """Searched: sums of k values of one binade whose mean lies nearest to a midpoint without being one (1 / (2k) ULP, k odd)."""
    found, tried = 0, 0
    while found < count and tried < 2000:
        tried += 1
        base = fmt.one + ((random.below(40) - 20) << fmt.F)
        words = [base + random.below(1 << fmt.F) for _ in range(k)]
        ulp = fmt.value(base + 1) - fmt.value(base)
        exact = sum(fmt.value(w) for w in words) / k / ulp
        distance = abs(exact - (exact.numerator // exact.denominator) - Fraction(1, 2))
        if distance != Fraction(1, 2 * k):
            continue
        if random.below(2) == 1:
            words = [w ^ fmt.sign for w in words]
        hidden, f = wrap(words)
        cases.add(fmt, hidden, f"{title}, k = {k}: the mean is 1 / {2 * k} ULP off a midpoint", f=f, source=f"search, {tried} tries")
        found, tried = found + 1, 0


def window_cases(cases, fmt, wrap, random, count):
    """Searched: an exact midpoint out of values spread over the whole range of exponents, decided by one term of random size."""
    F = fmt.F
    for _ in range(count):
        target = ((1 << F) + random.below(1 << F)) * 2 + 1
        shift = random.below((1 << fmt.X) - 16)
        unit = fmt.unit * (1 << shift)
        # k = 4: 4 target = (target - 1) + (remainder - rest) + rest, each fitting the format; the fourth term is the one far below
        remainder = 3 * target + 1
        rest = remainder % 16 + 16 * random.below(1024)
        values = [target - 1, remainder - rest, rest]
        words = [fmt.word(v * unit) for v in values]
        below = random.below(shift + 1) if shift else 0
        tiny = fmt.word(fmt.unit * (1 << below)) | (fmt.sign if random.below(2) else 0)
        hidden, f = wrap(words + [tiny])
        sign = "-" if tiny & fmt.sign else "+"
        comment = f"k = 4, a midpoint and one bit {shift - below} places below the half ULP, of {sign} sign"
        cases.add(fmt, hidden, comment, f=f, source="search")


def special_cases(cases, fmt, wrap):
    """Infinities and NaN inside the values averaged."""
    N = names(fmt)

    def add(words, comment, expect):
        hidden, f = wrap(list(words))
        cases.add(fmt, hidden, comment, f=f, expect=expect)

    add([N.one, N.inf], "an infinity averaged", N.inf)
    add([N.one, N.minus_inf], "a negative infinity averaged", N.minus_inf)
    add([N.inf, N.minus_inf], "both infinities: NaN", N.nan)
    add([N.inf, N.minus_inf, N.max], "both infinities beside a number: NaN", N.nan)
    add([N.one, N.nan], "a quiet NaN", N.nan)
    add([N.one, N.minus_nan], "a negative NaN becomes the one NaN", N.nan)
    add([N.one, N.snan, N.one], "a signalling NaN becomes the quiet one", N.nan)
    add([N.payload], "one value, a negative NaN with payload", N.nan)
    add([N.inf, N.inf, N.inf], "only +infinity", N.inf)
    add([N.inf, N.payload], "an infinity and a NaN: NaN", N.nan)


def make_average():
    cases = Cases("average")
    for fmt in (B32, B64):
        N = names(fmt)
        cases.note(f"{fmt.name}: rounding")
        mean_cases(cases, fmt, lambda words: (words, 0))
        cases.note(f"{fmt.name}: nearest to a midpoint")
        random = Random(1)
        for k in (3, 5, 7, 9, 11):
            hard_means(cases, fmt, lambda words: (words, 0), random, k, 2, "hard quotient")
        window_cases(cases, fmt, lambda words: (words, 0), random, 8)
        cases.note(f"{fmt.name}: zeros, infinities, NaN")
        special_cases(cases, fmt, lambda words: (words, 0))
        cases.add(fmt, [N.minus_zero], "n = 1, -0: a mean is +0", expect=N.zero)
        cases.add(fmt, [N.minus_tiny], "n = 1, the least negative number", expect=N.minus_tiny)
        cases.add(fmt, [N.snan], "n = 1, a signalling NaN", expect=N.nan)
        cases.add(fmt, [N.one, N.one, N.inf], "f = 1 changes nothing in the average", f=1, expect=N.inf)
        cases.add(fmt, [N.one] * 50 + [N.minus_one] * 50 + [N.minus_tiny], "n = 101, cancels to less than half a unit: -0",
                  expect=N.minus_zero)
        cases.add(fmt, [N.max] * 128, "n = 128, the sum is 128 times the largest", expect=N.max)
    return cases


def make_trimmed_mean():
    cases = Cases("trimmed-mean")
    for fmt in (B32, B64):
        N = names(fmt)

        def wrap(words):
            """f low and f high values around the k to be kept; mostly infinities and NaN, which may equal what is kept."""
            f = 1 + len(words) % 3
            low = [N.minus_inf] * f
            high = ([N.nan, N.inf, N.snan] if not any(fmt.is_nan(w) for w in words) else [N.payload, N.nan, N.snan])[:f]
            mixed = high + words + low
            return mixed[1:] + mixed[:1], f

        cases.note(f"{fmt.name}: rounding of the values kept")
        mean_cases(cases, fmt, wrap)
        cases.note(f"{fmt.name}: nearest to a midpoint")
        random = Random(2)
        for k in (3, 5, 7, 9, 11):
            hard_means(cases, fmt, wrap, random, k, 2, "hard quotient")
        window_cases(cases, fmt, wrap, random, 8)
        cases.note(f"{fmt.name}: ranks, zeros, infinities, NaN")
        special_cases(cases, fmt, wrap)
        cases.add(fmt, [N.zero, N.minus_zero, N.zero], "f = 1, a zero kept: a mean is +0", f=1, expect=N.zero)
        cases.add(fmt, [N.minus_zero] * 3, "f = 1, -0 kept: a mean is +0", f=1, expect=N.zero)
        cases.add(fmt, [N.one, N.nan, N.nan], "f = 1, two NaN of three", f=1, expect=N.nan)
        cases.add(fmt, [N.minus_inf, N.minus_nan, N.one], "f = 1, a negative NaN is above all, not below", f=1, expect=N.one)
        cases.add(fmt, [N.max, N.inf, N.snan, N.one, N.one], "f = 1, two high values: one infinity stays", f=1, expect=N.inf)
        cases.add(fmt, [N.minus_inf, N.minus_inf, N.one, N.one, N.one], "f = 1, two -infinity: one stays", f=1, expect=N.minus_inf)
        cases.add(fmt, [N.one, N.two, N.next_one, N.one, N.next_one], "f = 2, the middle of five", f=2, expect=N.next_one)
        cases.add(fmt, [N.max, N.minus_max, N.tiny, N.minus_tiny, N.zero], "f = 1, the least units cancel", f=1, expect=N.zero)
        cases.add(fmt, [N.max] * 4 + [N.minus_max], "f = 1, overflow without the dropped ones", f=1, expect=N.max)
        cases.add(fmt, [N.one, N.one, N.one, N.next_one], "f = 0, a quarter of an ULP", f=0, expect=N.one)
        cases.add(fmt, [5, 3, 9, 1, 7, 4], "f = 2, 9 / 2 units: to the even 4", f=2, expect=4)
    return cases


def make_median():
    cases = Cases("median")
    for fmt in (B32, B64):
        N = names(fmt)
        w = fmt.word
        ulp = Fraction(1, 1 << fmt.F)
        cases.note(f"{fmt.name}: an odd number of rows keeps bits")
        for kind in ("midpoint", "lower", "upper"):
            cases.add(fmt, [N.minus_zero, N.one, N.minus_one], "the middle is -0 and stays it", kind=kind, expect=N.minus_zero)
            cases.add(fmt, [N.zero, N.minus_zero, N.zero], "-0 < +0: the middle of three is +0", kind=kind, expect=N.zero)
            cases.add(fmt, [N.minus_zero, N.zero, N.minus_zero], "-0 < +0: the middle of three is -0", kind=kind, expect=N.minus_zero)
            cases.add(fmt, [N.payload, N.one, N.snan], "two NaN of three: the one NaN, no payload", kind=kind, expect=N.nan)
            cases.add(fmt, [N.minus_nan, N.one, N.inf], "a negative NaN is above +infinity", kind=kind, expect=N.inf)
            cases.add(fmt, [N.minus_nan, N.two, N.one], "one NaN of three", kind=kind, expect=N.two)
        cases.add(fmt, [N.minus_zero], "n = 1 keeps -0", expect=N.minus_zero)
        cases.add(fmt, [N.minus_inf], "n = 1 keeps -infinity", expect=N.minus_inf)
        cases.add(fmt, [N.snan], "n = 1, a signalling NaN", expect=N.nan)
        cases.add(fmt, [N.tiny, N.minus_tiny, N.max_subnormal], "subnormals", expect=N.tiny)
        cases.add(fmt, [N.next_one, N.one, N.before_one, N.one, N.before_one], "one ULP apart, duplicates", f=2, expect=N.one)
        cases.add(fmt, [N.minus_one, N.minus_one - 1, N.minus_one + 1], "negative neighbours: the order is not that of the words",
                  expect=N.minus_one)

        cases.note(f"{fmt.name}: an even number of rows, midpoint")
        rows = [
            ([N.one, N.next_one], N.one, "midpoint to even, below"),
            ([N.next_one, N.one + 2], N.one + 2, "midpoint to even, above"),
            ([N.minus_one, N.next_one | N.sign], N.minus_one, "negative midpoint to even"),
            ([N.max, N.max], N.max, "the sum of the largest overflows"),
            ([N.max, N.max - 1], N.max - 1, "midpoint of the two largest"),
            ([N.minus_max, N.max], N.zero, "the largest cancel: +0"),
            ([N.minus_max, N.minus_max], N.minus_max, "the most negative sum"),
            ([N.minus_zero, N.minus_zero], N.zero, "a mean of -0 is +0"),
            ([N.minus_zero, N.zero], N.zero, "a mean of both zeros"),
            ([N.minus_one, N.one], N.zero, "exact cancellation is +0"),
            ([N.zero, N.tiny], N.zero, "half a unit: ties to zero"),
            ([N.minus_zero, N.tiny], N.zero, "half a unit beside -0"),
            ([N.zero, N.minus_tiny], N.minus_zero, "minus half a unit: -0"),
            ([N.tiny, 2], 2, "3 / 2 units: to 2"),
            ([N.max_subnormal, N.min_normal], N.min_normal, "midpoint at the least normal number"),
            ([N.minus_tiny, 2], N.zero, "half a unit after cancellation"),
            ([N.one, N.tiny], N.half, "1 and the least unit: half, exactly rounded down"),
            ([w(1 + ulp), N.minus_tiny], N.half + 1, "(1 + ULP)/2 is representable, the unit below pulls less than half an ULP"),
            ([w(2 - ulp), N.two], N.two, "midpoint at a power of two"),
            ([N.before_one, N.next_one], None, "neighbours of 1 on both sides: 1 + ULP / 4"),
            ([N.inf, N.inf], N.inf, "both +infinity"),
            ([N.one, N.inf], N.inf, "one infinity in the middle"),
            ([N.minus_inf, N.inf], N.nan, "both infinities in the middle: NaN"),
            ([N.minus_inf, N.minus_max], N.minus_inf, "-infinity in the middle"),
            ([N.one, N.snan], N.nan, "a NaN in the middle"),
            ([N.payload, N.minus_nan], N.nan, "two NaN"),
        ]
        for words, expect, comment in rows:
            cases.add(fmt, words, comment, expect=expect)
            finite = all(fmt.is_finite(x) for x in words)
            if finite:  # the same in the middle of six, between values that are not finite
                six = [N.payload, words[1], N.minus_inf, N.inf, words[0], N.minus_inf]
                cases.add(fmt, six, comment + ", in the middle of six", f=2, expect=expect)
            low, high = sorted(words, key=fmt.key)
            cases.add(fmt, words, comment + ", lower", kind="lower", expect=fmt.nan if fmt.is_nan(low) else low)
            cases.add(fmt, words[::-1], comment + ", upper", kind="upper", expect=fmt.nan if fmt.is_nan(high) else high)
        random = Random(3)
        cases.note(f"{fmt.name}: searched, midpoints of two values of different exponents")
        found = 0
        while found < 10:
            a = fmt.one + (random.below(8) << fmt.F) + random.below(1 << fmt.F)
            b = (fmt.one + random.below(1 << fmt.F)) | (fmt.sign if random.below(2) else 0)
            s = (fmt.value(a) + fmt.value(b)) / 2
            if s <= 0:
                continue
            r = fmt.rn(s)
            error = abs(s - fmt.value(r))
            if error == 0 or error not in (abs(s - fmt.value(r + 1)), abs(s - fmt.value(r - 1))):
                continue
            found += 1
            cases.add(fmt, [N.inf, a, b, N.minus_inf], "an exact midpoint of two unlike values", f=1, source="search")
    return cases


def make_meamed():
    cases = Cases("meamed")
    for fmt in (B32, B64):
        N = names(fmt)
        w = fmt.word
        ulp = Fraction(1, 1 << fmt.F)

        def integers(*values, scale=1):
            return [w(v * scale) for v in values]

        cases.note(f"{fmt.name}: ties")
        cases.add(fmt, integers(-1, 0, 1), "f = 1, -1 and 1 equally close to 0: -1 is kept", f=1, expect=w(Fraction(-1, 2)))
        cases.add(fmt, integers(1, 2, 3), "f = 1, 1 and 3 equally close: 1 is kept", f=1, expect=w(Fraction(3, 2)))
        cases.add(fmt, integers(3, 1, 2, 3, 1), "f = 1, two of each: the second 3 is dropped, a tie", f=1, expect=w(Fraction(7, 4)))
        cases.add(fmt, integers(3, 1, 2, 3, 1), "f = 2, both 3 are dropped", f=2)
        cases.add(fmt, integers(2, 2, 2, 1, 1), "f = 1, the values left out equal a kept one: no tie", f=1)
        cases.add(fmt, integers(0, 1, 2, 3, 4, 5), "f = 1, even n: M = 5/2, 0 and 5 equally close: 0 stays", f=1, expect=N.two)
        cases.add(fmt, integers(0, 1, 2, 3, 4, 5), "f = 2, even n: M = 5/2, the cut between 1 and 4 is no cut", f=2)
        cases.add(fmt, integers(-2, -1, 1, 2), "f = 1, M = 0 between the values", f=1)
        cases.add(fmt, integers(-1, 2, 2, 5), "f = 1, equally close at distance 3", f=1, expect=N.one)
        cases.add(fmt, integers(7, 7, 7, 7, 7), "f = 2, all equal: no tie", f=2, expect=w(7))
        cases.add(fmt, [N.tiny, N.minus_tiny, N.zero], "f = 1, ties of one unit: -1/2 unit is -0", f=1, expect=N.minus_zero)
        cases.add(fmt, [N.tiny, 2, 3], "f = 1, subnormal tie, 3 / 2 units", f=1, expect=2)
        cases.add(fmt, [N.zero, N.tiny, 2, 3], "f = 1, subnormal, M = 3 / 2 units, tie of 0 and 3", f=1)
        cases.add(fmt, [N.minus_max, N.zero, N.max], "f = 1, distances beyond no format: the smaller one",
                  f=1, expect=fmt.rn(-fmt.value(N.max) / 2))
        cases.add(fmt, [N.minus_max, N.minus_max, N.zero, N.max, N.max], "f = 2, a tie of the largest distances", f=2)
        cases.add(fmt, [N.minus_max, N.max, N.max], "f = 1, a distance of twice the largest", f=1, expect=N.max)
        cases.add(fmt, [N.minus_max, N.minus_max, N.max, N.max], "f = 1, M = 0 exactly, the middle sum cancels", f=1)
        cases.add(fmt, [N.max, N.max, N.max - 1, N.max - 2], "f = 1, M at the top, the middle sum overflows", f=1)

        cases.note(f"{fmt.name}: near ties that rounded distances miss")
        cases.add(fmt, [N.minus_one, N.tiny, N.one], "f = 1, M is one unit: 1 is closer", f=1, expect=N.half)
        cases.add(fmt, [N.minus_one, N.minus_tiny, N.one], "f = 1, M is minus one unit: -1 is closer", f=1, expect=N.half | N.sign)
        cases.add(fmt, [N.minus_one, N.minus_zero, N.one], "f = 1, M is -0: a tie", f=1, expect=N.half | N.sign)
        cases.add(fmt, [N.minus_one, N.zero, N.tiny, N.one], "f = 1, M is half a unit, 1 is closer", f=1)
        cases.add(fmt, [N.minus_one, N.minus_tiny, N.zero, N.one], "f = 1, M is minus half a unit", f=1)
        cases.add(fmt, [N.minus_one, N.minus_tiny, N.tiny, N.one], "f = 1, M is 0 exactly: a tie, -1 stays", f=1)
        cases.add(fmt, [N.minus_max, N.tiny, N.max], "f = 1, the largest, M is one unit", f=1)
        cases.add(fmt, [N.minus_max, N.minus_tiny, N.max], "f = 1, the largest, M is minus one unit", f=1)
        cases.add(fmt, [N.one, N.two, w(3 - 2 * ulp)], "f = 1, 3 is an ULP nearer", f=1)
        cases.add(fmt, [N.one, N.two, w(3 + 2 * ulp)], "f = 1, 1 is an ULP nearer", f=1, expect=w(Fraction(3, 2)))
        cases.add(fmt, [N.before_one, N.one, N.next_one], "f = 1, the ULP changes at 1: the lower is nearer", f=1)
        cases.add(fmt, [N.one - 2, N.one, N.next_one], "f = 1, the ULP changes at 1: a tie", f=1)
        cases.add(fmt, [N.minus_one + 1, N.minus_one, N.minus_one - 2], "f = 1, the same below zero: a tie, the more negative stays", f=1)
        cases.add(fmt, [N.one, N.next_one, N.one + 2, N.one + 3], "f = 1, M between two neighbours: the unrounded one ties", f=1)
        cases.add(fmt, [N.one, N.next_one, N.one + 2, N.one + 4], "f = 1, a rounded M would keep other values", f=1)
        cases.add(fmt, [N.one - 2, N.one, N.next_one, N.one + 2], "f = 1, M = 1 + ULP / 2, rounded to 1 it would tie", f=1)
        cases.add(fmt, [N.one - 4, N.next_one, N.one + 2, N.one + 5], "f = 1, M = 1 + 3 ULP / 2, rounded it is 1 + 2 ULP", f=1)

        cases.note(f"{fmt.name}: zeros, infinities, NaN")
        cases.add(fmt, [N.minus_zero] * 3, "f = 1, only -0: +0", f=1, expect=N.zero)
        cases.add(fmt, [N.zero, N.minus_zero, N.zero], "f = 1, -0 and +0 are numerically equal: no tie", f=1, expect=N.zero)
        cases.add(fmt, [N.zero, N.minus_zero, N.one, N.minus_one], "f = 1, tie around both zeros", f=1)
        cases.add(fmt, [N.minus_zero], "f = 0, n = 1", expect=N.zero)
        cases.add(fmt, [N.snan], "f = 0, n = 1, NaN", expect=N.nan)
        cases.add(fmt, [N.inf], "f = 0, n = 1, infinity: NaN", expect=N.nan)
        cases.add(fmt, [N.one, N.one, N.inf], "f = 1, the infinity is left out", f=1, expect=N.one)
        cases.add(fmt, [N.one, N.two, N.inf], "f = 1, 2 is the median, 1 the only other finite value", f=1, expect=w(Fraction(3, 2)))
        cases.add(fmt, [N.one, N.two, N.inf, N.minus_inf], "f = 1, too few finite values: NaN", f=1, expect=N.nan)
        cases.add(fmt, [N.one, N.two, N.inf], "f = 0, too few finite values: NaN", f=0, expect=N.nan)
        cases.add(fmt, [N.minus_nan, N.one, N.two], "f = 1, a negative NaN is above all: M = 2", f=1, expect=w(Fraction(3, 2)))
        cases.add(fmt, [N.snan, N.payload, N.one], "f = 1, the median is NaN", f=1, expect=N.nan)
        cases.add(fmt, [N.minus_inf, N.minus_inf, N.one, N.two, w(3)], "f = 2, M = 1 is the lowest finite value", f=2, expect=N.two)
        cases.add(fmt, [N.inf, N.nan, N.one, N.two, w(3)], "f = 2, M = 3 is the highest finite value", f=2, expect=N.two)
        cases.add(fmt, [N.inf, N.minus_inf, N.one, N.two, w(3)], "f = 2, no finite value is dropped", f=2, expect=N.two)
        cases.add(fmt, [N.inf, N.inf, N.one, N.two], "f = 1, n = 4: the upper of the middle two is an infinity", f=1, expect=N.nan)
        cases.add(fmt, [N.payload, N.one, N.two, w(3), w(4)], "f = 2, a NaN counts for the median: M = 3, tie of 2 and 4", f=2)

        cases.note(f"{fmt.name}: rounding of the values kept")

        def wrap(words):
            """Far values and values that are not finite around k that are kept: M stays among them."""
            f = (len(words) - 1) // 2
            far = [N.inf, N.minus_inf, N.nan, N.minus_inf, N.snan][:f] if len(words) < 12 else []
            return far + words, len(far)

        random = Random(4)
        for k in (3, 5, 7, 9, 11):
            hard_means(cases, fmt, wrap, random, k, 2, "hard quotient")
        window_cases(cases, fmt, lambda words: ([N.nan] + words, 1), random, 8)
        cases.add(fmt, [N.max] * 3 + [N.minus_max] * 2, "f = 2, the sum overflows, the far ones are left out", f=2, expect=N.max)
        cases.add(fmt, [N.one, N.next_one, N.inf], "f = 1, the mean of two neighbours is a midpoint", f=1, expect=N.one)
        cases.add(fmt, [N.next_one, N.one + 2, N.inf], "f = 1, the odd midpoint", f=1, expect=N.one + 2)

        cases.note(f"{fmt.name}: searched ties and near ties")
        found = 0
        while found < 10:
            n = 3 + random.below(8)
            f = 1 + random.below((n - 1) // 2)
            base = fmt.one + ((random.below(30) - 15) << fmt.F)
            words = [(base + random.below(6)) if random.below(3) else base - 1 - random.below(4) for _ in range(n)]
            if random.below(2):
                words = [x ^ fmt.sign for x in words]
            tie = meamed(fmt, words, f, "midpoint")[1]
            if tie == (found + 1) % 2:
                found += 1
                cases.add(fmt, words, f"neighbours around a power of two, {'a tie' if tie else 'no tie'}", f=f, source="search")
    return cases


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    for cases in (make_average(), make_median(), make_trimmed_mean(), make_meamed()):
        cases.write(directory)
        print(f"{cases.rule}: {cases.count} cases")


if __name__ == "__main__":
    main()
