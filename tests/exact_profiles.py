"""Published definitions of the rules, naively, on integers and fractions: written from spec/profiles.md, and spec/rules.md where it says so, alone.

A matrix is a list of rows, a row a list of words. A function returns the words of the output, or None where there is no value. Numbers that may be
infinite or NaN are pairs (class, integer), which compare as the text orders them.
"""
from fractions import Fraction
from itertools import combinations
from math import isqrt

from exact_selection import distance, is_finite_row, mean_of, norm, squares

FINITE, TAKEN, INFINITE, NAN = range(4)
ROOT_BITS = 400  # of a square root after the point: enough for the random matrices of the tests


# ---- section 2 ----

def words_in_order(fmt, column):
    return sorted(column, key=fmt.order)


def middle(fmt, column, kind):
    x = words_in_order(fmt, column)
    low, high = x[(len(x) - 1) // 2], x[len(x) // 2]
    return {"lower": (low, low), "upper": (high, high), "midpoint": (low, high)}[kind]


def median(fmt, column, kind, policy):
    x = [w for w in column if fmt.is_finite(w)] if policy == "skipped" else column
    if not x:
        return 0
    low, high = middle(fmt, x, kind)
    if policy != "skipped" and any(map(fmt.is_nan, x)):
        return fmt.nan
    a, b = middle(fmt, x, "midpoint")
    if policy == "quantile" and (b == fmt.infinity or a == b == fmt.sign | fmt.infinity):
        return fmt.nan
    return fmt.mean([low, high]) if kind == "midpoint" and len(x) % 2 == 0 else low


def around(fmt, column, k, kind):
    low, high = middle(fmt, column, kind)
    finite = [fmt.value(w) for w in column if fmt.is_finite(w)]
    if any(map(fmt.is_nan, column)) or not (fmt.is_finite(low) and fmt.is_finite(high)):
        return fmt.nan
    if len(finite) < k:
        return fmt.mean([w for w in column if not fmt.is_finite(w)][: k - len(finite)])
    M = Fraction(fmt.value(low) + fmt.value(high), 2)
    return fmt.rn(sum(sorted(finite, key=lambda v: (abs(v - M), v))[:k]), k)


def trimmed(fmt, column, f):
    return fmt.mean(words_in_order(fmt, column)[f : len(column) - f]) if len(column) > 2 * f else fmt.nan


def trimmed_by_sum(fmt, column, f):
    f = min(f, (len(column) - 1) // 2)
    return fmt.nan if f > 0 and not all(map(fmt.is_finite, column)) else trimmed(fmt, column, f)


def by_columns(rule):
    return lambda fmt, rows, f, m: [rule(fmt, list(column), f) for column in zip(*rows)]


# ---- section 3 ----

def odd_class(fmt, x, y, odd):
    if odd != "computed":
        return NAN if odd == "NaN" else INFINITE
    same_infinity = any(a == b and not fmt.is_finite(a) for a, b in zip(x, y))
    return NAN if same_infinity or any(map(fmt.is_nan, x + y)) else INFINITE


def table_of(fmt, rows, odd):
    n, finite = len(rows), [is_finite_row(fmt, row) for row in rows]
    return [[(FINITE, squares(fmt, rows[i], rows[j])) if finite[i] and finite[j] else (odd_class(fmt, rows[i], rows[j], odd), 0) for j in range(n)]
            for i in range(n)]


def power_of(D, power):
    return D * D if power == "fourth" else isqrt(D << 2 * ROOT_BITS) if power == "unsquared" else D


def total(terms, power):
    """The class of a sum, and the sum of the finite terms in units (squared) or fixed point (unsquared)."""
    return max((c for c, _ in terms), default=FINITE), sum(power_of(D, power) for _, D in terms)


def score(table, i, among, k, power, self_rule, more=()):
    """Of row i among some rows; more: further distances that are sorted with the others."""
    if self_rule == "first":
        return total(sorted([table[i][j] for j in among])[1 : k + 1], power)
    return total(sorted([table[i][j] for j in among if j != i] + list(more))[:k], power)


def ranked(scores, rows, power, nan_wins=False):
    """Rows by score, equal ones as they come. Roots are cut, so sums that differ by less than their number are equal."""
    order = []
    slack = len(rows) if power == "unsquared" else 0
    for i in rows:
        place = len(order)
        while place > 0 and later(scores[order[place - 1]], scores[i], slack):
            place -= 1
        order.insert(place, i)
    nans = [i for i in rows if scores[i][0] == NAN]
    if nan_wins and nans:
        order.remove(nans[0])
        order.insert(0, nans[0])
    return order


def later(a, b, slack):
    return a[0] > b[0] or (a[0] == b[0] == FINITE and a[1] - b[1] > slack)


def sum_of(fmt, rows):
    return [fmt.mean(column) if not all(map(fmt.is_finite, column)) else fmt.rn(sum(map(fmt.value, column)), 1) for column in zip(*rows)]


def krum(power, neighbours, self_rule, odd, m_default, output, nan_wins=False, product=False):
    def rule(fmt, rows, f, m):
        n = len(rows)
        table = table_of(fmt, rows, odd)
        scores = [score(table, i, range(n), neighbours(n, f), power, self_rule) for i in range(n)]
        order = ranked(scores, list(range(n)), power, nan_wins)
        chosen = sorted(order[: m or m_default(n, f)])
        kept = [rows[i] for i in chosen]
        out = {"row": lambda: list(kept[0]), "mean": lambda: mean_of(fmt, kept), "sum": lambda: sum_of(fmt, kept)}[output]()
        if output == "row":
            return out
        return [fmt.nan if product and not all(map(fmt.is_finite, column)) else w for w, column in zip(out, zip(*rows))]
    return rule


# ---- section 4 ----

def bulyan_by_means(power, theta, best, update, kind, odd):
    """lpd-py, lpd-native, krum2. best(n, f, i, r): how many rows round i averages."""
    def rule(fmt, rows, f, m):
        n, taken, made = len(rows), [], []
        table = table_of(fmt, rows, odd)
        near = [sorted((j for j in range(n) if j != i), key=lambda j: (table[i][j], j))[: n - f - 2] for i in range(n)]
        for i in range(theta(n, f)):
            alive = [j for j in range(n) if j not in taken]
            if update == "survivors":
                scores = {j: score(table, j, alive, min(n - f - 2, max(1, len(alive) - 1)), power, "excluded",
                                   [(INFINITE, 0)] * (len(taken) + 1)) for j in alive} | {j: (INFINITE, 0) for j in taken}
            elif update == "none":
                scores = {j: total([table[j][p] for p in near[j]], power) for j in alive}
            else:
                scores = {j: (total([table[j][p] for p in near[j]], power)[0], total([table[j][p] for p in near[j] if p in alive], power)[1])
                          for j in alive} | {j: (TAKEN, 0) for j in taken}
            order = ranked(scores, sorted(scores), power)
            count = best(n, f, i, len(alive))
            if update == "none" and scores[order[count - 1]][0] != FINITE:
                return None
            made.append(mean_of(fmt, [rows[j] for j in order[:count]]))
            if order[0] not in taken:
                taken.append(order[0])
        return [around(fmt, list(column), len(made) - 2 * f, kind) for column in zip(*made)]
    return rule


def bulyan_by_winners(power, neighbours, self_rule, odd, kept_less, nan_wins, fails, row_one_first=False):
    """flower-legacy, fedml."""
    def rule(fmt, rows, f, m):
        n, chosen = len(rows), []
        table = table_of(fmt, rows, odd)
        alive = [1, 0, *range(2, n)] if row_one_first else list(range(n))
        for _ in range(n - 2 * f):
            scores = {i: score(table, i, alive, neighbours(len(alive), f), power, self_rule) for i in alive}
            winner = ranked(scores, alive, power, nan_wins)[0]
            if fails(fmt, rows[winner], scores[winner]):
                return None
            chosen.append(winner)
            alive.remove(winner)
        return [around(fmt, list(column), len(chosen) - 2 * f - kept_less, "midpoint") for column in zip(*[rows[i] for i in chosen])]
    return rule


def bulyan_at_once(fmt, rows, f, m):
    n = len(rows)
    table = table_of(fmt, rows, "NaN")
    scores = [score(table, i, range(n), max(1, n - f - 2), "squared", "first") for i in range(n)]
    chosen = ranked(scores, list(range(n)), "squared")[: n - 2 * f]
    return [around(fmt, list(column), n - 4 * f, "midpoint") for column in zip(*[rows[i] for i in chosen])]


def reaches_limit(fmt, row, found):
    """10^20 in units, with ROOT_BITS more."""
    unit_bits = 149 if fmt.bits == 32 else 1074
    return found[0] != FINITE or found[1] >= 10**20 << (unit_bits + ROOT_BITS)


# ---- section 5 ----

def mda(no_value):
    def rule(fmt, rows, f, m):
        n = len(rows)
        D = [[distance(fmt, rows, i, j) for j in range(n)] for i in range(n)]
        best = min(combinations(range(n), n - f), key=lambda s: (max((D[i][j] for i, j in combinations(s, 2)), default=(0, 0)), s))
        if no_value and not all(is_finite_row(fmt, rows[i]) for i in best):
            return None
        return mean_of(fmt, [rows[i] for i in best])
    return rule


def cge(fmt, rows, f, m):
    kept = sorted(range(len(rows)), key=lambda i: (norm(fmt, rows[i]), i))[: len(rows) - f]
    return mean_of(fmt, [rows[i] for i in kept])


def monna(fmt, rows, f, m):
    others = sorted(range(1, len(rows)), key=lambda i: (distance(fmt, rows, 0, i), i))
    return mean_of(fmt, [rows[i] for i in [0, *others[: len(rows) - f - 1]]])


# ---- section 6 ----

class Point:
    """Vectors of fractions with a common denominator 2^GUARD, in units."""
    GUARD = 300

    @classmethod
    def of(cls, fmt, row):
        return [fmt.value(w) << cls.GUARD for w in row]

    @staticmethod
    def apart(x, y):
        return isqrt(sum((a - b) ** 2 for a, b in zip(x, y)))


def length(fmt, text):
    """A length in units, as such a number."""
    return int(Fraction(text) * 2 ** (149 if fmt.bits == 32 else 1074) * 2**Point.GUARD)


def weiszfeld(start, steps, stop, odd):
    def rule(fmt, rows, f, m):
        d, nu = len(rows[0]), length(fmt, "0.1")
        holds_nan = [any(map(fmt.is_nan, row)) for row in rows]
        finite = [Point.of(fmt, row) for row in rows if is_finite_row(fmt, row)]
        dropped = [i for i, row in enumerate(rows) if odd == "drop" and any(not fmt.is_finite(w) and not fmt.is_nan(w) for w in row)]
        if not finite or len(finite) + len(dropped) < len(rows) or (odd != "drop" and any(holds_nan)):
            return [fmt.nan] * d
        z = [0] * d if start == "zero" else [sum(c) // len(finite) for c in zip(*finite)]
        for _ in range(steps):
            weights = [(1 << 4 * Point.GUARD + 2200) // max(nu, Point.apart(x, z)) for x in finite]
            moved = [sum(b * x for b, x in zip(weights, c)) // sum(weights) for c in zip(*finite)]
            step, z = Point.apart(moved, z), moved
            if stop and step <= length(fmt, stop):
                break
        return [fmt.rn(v, 1 << Point.GUARD) for v in z]
    return rule


def clipping(spoils):
    """tau = 3/2, one iteration, centre 0: what the tests give."""
    def rule(fmt, rows, f, m):
        n, tau = len(rows), length(fmt, "1.5")
        holds_nan = [any(map(fmt.is_nan, row)) for row in rows]
        if spoils and any(holds_nan):
            return [fmt.nan] * len(rows[0])
        total_of = [Fraction(0)] * len(rows[0])
        odd = [[w for w in column if not fmt.is_finite(w)] for column in zip(*rows)]
        for i, row in enumerate(rows):
            x = [fmt.value(w) << Point.GUARD if fmt.is_finite(w) else 0 for w in row]
            long = Point.apart(x, [0] * len(x))
            factor = Fraction(min(tau, long), long) if long and is_finite_row(fmt, row) else Fraction(int(holds_nan[i]))
            total_of = [t + factor * v for t, v in zip(total_of, x)]
        out = [fmt.rn(*(t / n / 2**Point.GUARD).as_integer_ratio()) for t in total_of]
        for c, column in enumerate(zip(*rows)):
            if odd[c]:
                counted = [w for w, whole in zip(column, holds_nan) if not fmt.is_finite(w) and whole]
                out[c] = fmt.mean(counted) if len(counted) == len(odd[c]) else fmt.nan
        return out
    return rule


# ---- the tables: (profile, rule): (least n for f, least f, whether m is needed, the rule) ----

def near(text):
    return {"n-f-1": lambda n, f: n - f - 1, "n-f-2": lambda n, f: n - f - 2, "max(1, n-f-2)": lambda n, f: min(n - 1, max(1, n - f - 2)),
            "n-f": lambda n, f: min(n - 1, n - f)}[text]


def one(n, f):
    return 1


average = by_columns(lambda fmt, column, f: fmt.mean(column))
any_n, more_than_2f, krum_n, bulyan_n = (lambda f: 1), (lambda f: 2 * f + 1), (lambda f: 2 * f + 3), (lambda f: 4 * f + 3)


def medians(kind, policy):
    return by_columns(lambda fmt, column, f: median(fmt, column, kind, policy))


def meamed(kind):
    return by_columns(lambda fmt, column, f: around(fmt, column, len(column) - f, kind))


TRIMMED = by_columns(trimmed)
FLOWER_BULYAN = bulyan_by_winners("squared", lambda r, f: min(r - 1, max(1, r - f - 2)), "first", "computed", 0, True,
                                  lambda fmt, row, found: any(map(fmt.is_nan, row)))
FEDML_BULYAN = bulyan_by_winners("unsquared", lambda r, f: min(r - 1, r - f), "excluded", "computed", 1, False, reaches_limit, True)

TABLE = {
    ("byzfl", "median"): (any_n, 0, False, medians("midpoint", "NaN")),
    ("byzfl", "average"): (any_n, 0, False, average),
    ("byzfl", "trimmed-mean"): (more_than_2f, 0, False, TRIMMED),
    ("byzfl", "meamed"): (more_than_2f, 0, False, meamed("midpoint")),
    ("byzfl", "krum"): (more_than_2f, 0, False, krum("squared", near("n-f-1"), "first", "computed", one, "row", nan_wins=True)),
    ("byzfl", "multi-krum"): (more_than_2f, 0, False, krum("squared", near("n-f-1"), "first", "computed", lambda n, f: n - f, "mean")),
    ("byzfl", "mda"): (lambda f: max(2, 2 * f + 1), 0, False, mda(False)),
    ("byzfl", "monna"): (more_than_2f, 0, False, monna),
    ("byzfl", "geometric-median"): (any_n, 0, False, weiszfeld("zero", 3, None, "drop")),
    ("byzfl", "centered-clipping"): (any_n, 0, False, clipping(True)),
    ("lpd-py", "median"): (any_n, 0, False, medians("lower", "NaN")),
    ("lpd-py", "trimmed-mean"): (more_than_2f, 1, False, TRIMMED),
    ("lpd-py", "meamed"): (more_than_2f, 1, False, meamed("lower")),
    ("lpd-py", "krum"): (krum_n, 1, False, krum("unsquared", near("n-f-1"), "excluded", "infinity", one, "mean")),
    ("lpd-py", "multi-krum"): (krum_n, 1, False, krum("unsquared", near("n-f-1"), "excluded", "infinity", lambda n, f: n - f - 2, "mean")),
    ("lpd-py", "bulyan"): (bulyan_n, 1, False, bulyan_by_means("unsquared", lambda n, f: n - 2 * f - 2, lambda n, f, i, r: n - f - 2 - i, "none", "lower",
                                                               "infinity")),
    ("lpd-py", "mda"): (more_than_2f, 1, False, mda(True)),
    ("lpd-py", "cge"): (lambda f: f + 1, 0, False, cge),
    ("lpd-native", "median"): (any_n, 0, False, medians("upper", "skipped")),
    ("lpd-native", "krum"): (krum_n, 1, False, krum("squared", near("n-f-2"), "excluded", "infinity", one, "mean")),
    ("lpd-native", "multi-krum"): (krum_n, 1, False, krum("squared", near("n-f-2"), "excluded", "infinity", lambda n, f: n - f - 2, "mean")),
    ("lpd-native", "bulyan"): (bulyan_n, 1, False, bulyan_by_means("squared", lambda n, f: n - 2 * f - 2, lambda n, f, i, r: n - f - 2 - i,
                                                                   "first neighbours", "upper", "infinity")),
    ("lpd-native", "mda"): (more_than_2f, 1, False, mda(True)),
    ("krum2", "median"): (any_n, 0, False, medians("midpoint", "quantile")),
    ("krum2", "trimmed-mean"): (more_than_2f, 0, False, TRIMMED),
    ("krum2", "krum"): (krum_n, 0, False, krum("unsquared", near("n-f-2"), "first", "computed", one, "mean")),
    ("krum2", "multi-krum"): (krum_n, 0, True, krum("unsquared", near("n-f-2"), "first", "computed", None, "mean")),
    ("krum2", "bulyan"): (bulyan_n, 1, False, bulyan_by_means("unsquared", lambda n, f: n - 2 * f, lambda n, f, i, r: min(n - f - 2, r), "survivors",
                                                              "lower", "computed")),
    ("krum2", "mda"): (more_than_2f, 1, False, mda(True)),
    ("krum2", "geometric-median"): (any_n, 0, False, weiszfeld("mean", 100, "1e-6", "NaN")),
    ("flower-legacy", "median"): (any_n, 0, False, medians("midpoint", "NaN")),
    ("flower-legacy", "trimmed-mean"): (lambda f: max(1, 2 * f), 0, False, TRIMMED),
    ("flower-legacy", "krum"): (any_n, 0, False, krum("squared", near("max(1, n-f-2)"), "first", "computed", one, "row", nan_wins=True)),
    ("flower-legacy", "multi-krum"): (any_n, 0, True, krum("squared", near("max(1, n-f-2)"), "first", "computed", None, "mean")),
    ("flower-legacy", "bulyan"): (bulyan_n, 0, False, FLOWER_BULYAN),
    ("flower", "median"): (any_n, 0, False, medians("midpoint", "NaN")),
    ("flower", "krum"): (any_n, 0, False, krum("squared", near("max(1, n-f-2)"), "first", "NaN", one, "row")),
    ("flower", "multi-krum"): (any_n, 0, False, krum("squared", near("max(1, n-f-2)"), "first", "NaN", one, "mean")),
    ("flower", "bulyan"): (bulyan_n, 0, False, bulyan_at_once),
    ("epfml", "median"): (any_n, 0, False, medians("midpoint", "NaN")),
    ("epfml", "trimmed-mean"): (any_n, 0, False, by_columns(trimmed_by_sum)),
    ("epfml", "krum"): (lambda f: 2 * f + 2, 0, False, krum("fourth", near("n-f-2"), "excluded", "computed", one, "mean")),
    ("epfml", "multi-krum"): (lambda f: 2 * f + 2, 0, True, krum("fourth", near("n-f-2"), "excluded", "computed", None, "sum")),
    ("epfml", "geometric-median"): (any_n, 0, False, weiszfeld("zero", 8, None, "NaN")),
    ("epfml", "centered-clipping"): (any_n, 0, False, clipping(False)),
    ("torchjd", "trimmed-mean"): (more_than_2f, 0, False, TRIMMED),
    ("torchjd", "krum"): (lambda f: f + 3, 0, False, krum("unsquared", near("n-f-2"), "first", "NaN", one, "mean", product=True)),
    ("torchjd", "multi-krum"): (lambda f: f + 3, 0, False, krum("unsquared", near("n-f-2"), "first", "NaN", one, "mean", product=True)),
    ("fedml", "median"): (any_n, 0, False, medians("lower", "NaN")),
    ("fedml", "trimmed-mean"): (more_than_2f, 0, False, lambda fmt, rows, f, m: mean_of(fmt, rows[f : len(rows) - f])),
    ("fedml", "krum"): (krum_n, 0, False, krum("squared", near("n-f-2"), "excluded", "computed", one, "row")),
    ("fedml", "multi-krum"): (krum_n, 0, False, krum("squared", near("n-f-2"), "excluded", "computed", one, "mean")),
    ("fedml", "bulyan"): (bulyan_n, 0, False, FEDML_BULYAN),
    ("fedml", "geometric-median"): (any_n, 0, False, lambda fmt, rows, f, m: mean_of(fmt, rows[:1])),
}
