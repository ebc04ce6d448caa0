"""The rules that select rows, and the pre-aggregations, on integers and fractions: written from spec/rules.md, sections 5 to 8, alone.

A matrix is a list of rows, a row a list of words. A number with infinities is a pair (-1, 0 or 1, Fraction), so that pairs compare as
the numbers do. A rule returns an Answer.
"""
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from exact_rules import Format, meamed

ZERO, INFINITY, MINUS_INFINITY = (0, Fraction(0)), (1, Fraction(0)), (-1, Fraction(0))


@dataclass
class Answer:
    out: list = None  # None: no value exists
    selected: list = field(default_factory=list)
    scores: dict = field(default_factory=dict)
    ties: int = 0
    column_ties: int = 0
    margins: list = field(default_factory=list)
    nonfinite_rows: int = 0
    not_finite: bool = False

    @property
    def margin(self):
        return min(self.margins, default=INFINITY)


def number(x):
    return (0, Fraction(x))


def total(numbers):
    return INFINITY if INFINITY in numbers else (0, sum((x for _, x in numbers), Fraction(0)))


def is_finite_row(fmt, row):
    return all(fmt.is_finite(w) for w in row)


def squares(fmt, a, b):
    return sum((fmt.value(x) - fmt.value(y)) ** 2 for x, y in zip(a, b))


def distance(fmt, rows, i, j):
    if i == j:
        return ZERO
    return number(squares(fmt, rows[i], rows[j])) if is_finite_row(fmt, rows[i]) and is_finite_row(fmt, rows[j]) else INFINITY


def norm(fmt, row):
    return number(sum(fmt.value(w) ** 2 for w in row)) if is_finite_row(fmt, row) else INFINITY


def margin(A, B):
    if A == B:
        return ZERO
    if A[0] or B[0] or A[1] == 0:
        return INFINITY
    return (0, abs(B[1] - A[1]) / abs(A[1]))


def choose(answer, k, z, greatest=False):
    """Least (or greatest) k of (z), z a dict from rows to numbers. Returns the rows kept in their order, and whether there is a tie."""
    flip = lambda x: (-x[0], -x[1]) if greatest else x
    order = sorted(z, key=lambda i: (flip(z[i]), i))
    kept, left = order[:k], order[k:]
    if left:
        answer.margins.append(margin(z[kept[-1]], z[left[0]]))
    return kept, any(z[a] == z[b] for a in kept for b in left)


def mean_of(fmt, rows):
    return [fmt.mean(column) for column in zip(*rows)]


def mean_around(fmt, rows, k, answer):
    out = []
    for column in zip(*rows):
        word, tie = meamed(fmt, sorted(column, key=fmt.order), len(rows) - k)
        out.append(word)
        answer.column_ties += tie
    return out


def finish(fmt, rows, f, answer):
    answer.selected = sorted(answer.selected)
    answer.nonfinite_rows = sum(not is_finite_row(fmt, row) for row in rows)
    answer.not_finite = answer.nonfinite_rows > f or (answer.out is not None and not is_finite_row(fmt, answer.out))
    return answer


def krum_scores(D, remaining, neighbours):
    return {i: total(sorted(D[i][j] for j in remaining if j != i)[:neighbours]) for i in remaining}


def table(fmt, rows):
    n = range(len(rows))
    return [[distance(fmt, rows, i, j) for j in n] for i in n]


def multi_krum(fmt, rows, f, m):
    n, answer = len(rows), Answer()
    assert n >= 2 * f + 3 and 1 <= m <= n - f - 2
    answer.scores = krum_scores(table(fmt, rows), range(n), n - f - 2)
    answer.selected, answer.ties = choose(answer, m, answer.scores)
    answer.out = mean_of(fmt, [rows[i] for i in sorted(answer.selected)])
    return finish(fmt, rows, f, answer)


def krum(fmt, rows, f):
    answer = multi_krum(fmt, rows, f, 1)
    answer.out = list(rows[answer.selected[0]])
    return finish(fmt, rows, f, answer)


def bulyan(fmt, rows, f):
    n, answer = len(rows), Answer()
    assert n >= 4 * f + 3
    theta, remaining, D = n - 2 * f, set(range(n)), table(fmt, rows)
    while len(answer.selected) < theta:
        r = len(remaining)
        scores = krum_scores(D, remaining, min(r - 1, max(1, r - f - 2)))
        answer.scores.update(scores)
        (winner,), tie = choose(answer, 1, scores)
        answer.ties += tie
        answer.selected.append(winner)
        remaining.remove(winner)
    answer.out = mean_around(fmt, [rows[i] for i in sorted(answer.selected)], theta - 2 * f, answer)
    return finish(fmt, rows, f, answer)


def multi_bulyan(fmt, rows, f, variant):
    n = len(rows)
    assert n >= 4 * f + 3
    theta = n - 2 * f - 2
    if variant == "one-pass":
        answer = multi_krum(fmt, rows, f, theta)
        answer.out = mean_around(fmt, [rows[i] for i in answer.selected], theta - 2 * f, answer)
        return finish(fmt, rows, f, answer)
    answer, remaining, D, made, entered = Answer(), list(range(n)), table(fmt, rows), [], set()
    for r in range(n, 2 * f + 2, -1):
        assert r == len(remaining)
        scores = krum_scores(D, remaining, r - f - 2)
        answer.scores.update(scores)
        best, tie = choose(answer, r - f - 2, scores)
        (winner,), tie_of_one = choose(answer, 1, scores)
        answer.ties += tie or tie_of_one
        made.append(mean_of(fmt, [rows[i] for i in best]))
        entered.update(best)
        remaining.remove(winner)
    assert len(made) == theta
    answer.selected = list(entered)
    answer.out = mean_around(fmt, made, theta - 2 * f, answer)
    return finish(fmt, rows, f, answer)


def mda(fmt, rows, f):
    n, answer, D = len(rows), Answer(), table(fmt, rows)
    assert n > 2 * f
    sets = [(max((D[i][j] for i, j in combinations(s, 2)), default=ZERO), s) for s in combinations(range(n), n - f)]
    best = min(sets)
    others = [diameter for diameter, s in sets if s != best[1]]
    if others:
        answer.margins.append(margin(best[0], min(others)))
    answer.ties = int(best[0] in others)
    answer.selected = list(best[1])
    answer.out = mean_of(fmt, [rows[i] for i in best[1]])
    return finish(fmt, rows, f, answer)


def cge(fmt, rows, f):
    n, answer = len(rows), Answer()
    assert n > 2 * f
    answer.scores = {i: norm(fmt, row) for i, row in enumerate(rows)}
    answer.selected, answer.ties = choose(answer, n - f, answer.scores)
    answer.out = mean_of(fmt, [rows[i] for i in answer.selected])
    return finish(fmt, rows, f, answer)


def nearest(fmt, rows, f, pivot, answer):
    n = len(rows)
    assert n > 2 * f and 0 <= pivot < n
    z = {i: distance(fmt, rows, pivot, i) for i in range(n)}
    answer.scores = dict(z)
    del z[pivot]
    kept, tie = choose(answer, n - f - 1, z) if n - f > 1 else ([], False)
    return [pivot] + kept, tie


def monna(fmt, rows, f, pivot):
    answer = Answer()
    answer.selected, answer.ties = nearest(fmt, rows, f, pivot, answer)
    answer.out = mean_of(fmt, [rows[i] for i in answer.selected])
    return finish(fmt, rows, f, answer)


def nnm(fmt, rows, f):
    """(the new rows, the number of ties)"""
    chosen = [nearest(fmt, rows, f, i, Answer()) for i in range(len(rows))]
    return [mean_of(fmt, [rows[i] for i in kept]) for kept, _ in chosen], sum(tie for _, tie in chosen)


# ---- rules that score otherwise ----

def unit(fmt):
    return Fraction(1, 2 ** {32: 149, 64: 1074}[fmt.bits])


def median(values):
    values = sorted(values)
    return Fraction(values[(len(values) - 1) // 2] + values[len(values) // 2], 2)


def brsgd(fmt, rows, f, beta, T):
    """T: a Fraction, or None for no limit."""
    n, answer = len(rows), Answer()
    assert n > 2 * f and 0 < beta <= Fraction(1, 2)
    finite = {i: [fmt.value(w) for w in row] for i, row in enumerate(rows) if is_finite_row(fmt, row)}
    m, marks, L1 = len(finite), dict.fromkeys(finite, 0), dict.fromkeys(finite, Fraction(0))
    for column in zip(*finite.values()):
        x = dict(zip(finite, column))
        up = {i for i in x if x[i] >= Fraction(sum(column), m)}
        marked = up if Fraction(len(up)) >= Fraction(m, 2) else set(x) - up
        M = median(column)
        for i in x:
            marks[i] += i in marked
            L1[i] += abs(x[i] - M) * unit(fmt)
    answer.scores = {i: number(k) for i, k in marks.items()}
    if m:
        C1 = {i for i in finite if T is None or L1[i] <= 2 * T}
        C2, answer.ties = choose(answer, -int(-beta * m // 1), answer.scores, greatest=True)
        answer.selected = [i for i in C2 if i in C1]
    if answer.selected:
        answer.out = mean_of(fmt, [rows[i] for i in answer.selected])
    return finish(fmt, rows, f, answer)


def extended(word):
    """A word of binary64 as a number, None for a NaN."""
    fmt = Format(64)
    if fmt.is_nan(word):
        return None
    if not fmt.is_finite(word):
        return MINUS_INFINITY if fmt.negative(word) else INFINITY
    return number(fmt.value(word) * unit(fmt))


def difference(a, b):
    if a is None or b is None or (a[0] and a[0] == b[0]):
        return None
    if a[0] or b[0]:
        return INFINITY if a[0] > b[0] else MINUS_INFINITY
    return (0, a[1] - b[1])


def zeno(fmt, rows, b, rho, losses):
    n, answer = len(rows), Answer()
    assert 0 <= b < n == len(losses) - 1
    for i, row in enumerate(rows):
        gain = difference(extended(losses[0]), extended(losses[1 + i]))
        if gain is None or not is_finite_row(fmt, row):
            answer.scores[i] = MINUS_INFINITY
        elif gain[0]:
            answer.scores[i] = gain
        else:
            answer.scores[i] = (0, gain[1] - rho * norm(fmt, row)[1] * unit(fmt) ** 2)
    answer.selected, answer.ties = choose(answer, n - b, answer.scores, greatest=True)
    answer.out = mean_of(fmt, [rows[i] for i in answer.selected])
    return finish(fmt, rows, b, answer)


def zeno_accepts(fmt, gamma, rho, epsilon, g, u):
    if not is_finite_row(fmt, g) or not is_finite_row(fmt, u):
        return False
    g, u = ([fmt.value(w) * unit(fmt) for w in row] for row in (g, u))
    return gamma * sum(a * b for a, b in zip(g, u)) - rho * sum(b * b for b in u) >= -gamma * epsilon


# ---- the other pre-aggregations ----

def permutation(seed, n):
    words, p = 2**64, list(range(n))
    for i in reversed(range(1, n)):
        while True:
            seed = (seed + 0x9E3779B97F4A7C15) % words
            x = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9 % words
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB % words
            x ^= x >> 31
            if x < words - words % (i + 1):
                break
        p[i], p[x % (i + 1)] = p[x % (i + 1)], p[i]
    return p


def bucketing(fmt, rows, s, p):
    return [mean_of(fmt, [rows[i] for i in p[k : k + s]]) for k in range(0, len(rows), s)]


def rn_root(fmt, q):
    """The magnitude nearest to the square root of a fraction q: the last one whose value is not above it, or the next."""
    low, high = 0, fmt.infinity
    while low + 1 < high:
        middle = (low + high) // 2
        if fmt.magnitude_value(middle) ** 2 <= q:
            low = middle
        else:
            high = middle
    midpoint = Fraction(fmt.magnitude_value(low) + fmt.magnitude_value(low + 1), 2) ** 2
    return low + (q > midpoint or (q == midpoint and low % 2 == 1))


def clip_to(fmt, rows, squared):
    """squared: t^2 as a Fraction of squared units."""
    def clipped(row):
        N = norm(fmt, row)
        if N[0] or N[1] <= squared:
            return list(row)
        roots = [Fraction(fmt.value(w)) ** 2 * squared / N[1] for w in row]
        return [rn_root(fmt, q) | (fmt.sign if fmt.negative(w) else 0) if q else 0 for w, q in zip(row, roots)]
    return [clipped(row) for row in rows]


def clip(fmt, rows, tau):
    return clip_to(fmt, rows, (tau / unit(fmt)) ** 2)


def arc(fmt, rows, f):
    n = len(rows)
    assert n > 2 * f
    infinite, squared = sorted((norm(fmt, row) for row in rows), reverse=True)[2 * f * (n - f) // n]
    return [list(row) for row in rows] if infinite else clip_to(fmt, rows, squared)
