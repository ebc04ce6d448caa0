"""All outputs that exact ties admit, by lists of all choices: written from spec/verdicts.md (TIE) and spec/rules.md.

Each function gives a set of outputs, tuples of words, or None where there are too many choices to list.
"""
from fractions import Fraction
from itertools import combinations, product
from math import comb

import exact_selection as exact

MOST = 3000


def least(z, k, greatest=False):
    """Every set of k candidates of which none has a worse number than one left out."""
    order = sorted(z, key=lambda i: z[i], reverse=greatest)
    if not 0 < k < len(order):
        return [tuple(sorted(order[:k]))]
    last = z[order[k - 1]]
    sure = [i for i in order[:k] if z[i] != last]
    open_ones = [i for i in order if z[i] == last]
    if comb(len(open_ones), k - len(sure)) > MOST:
        return None
    return [tuple(sorted([*sure, *some])) for some in combinations(open_ones, k - len(sure))]


def around(fmt, words, k):
    """The words that a column may be: the means of all admissible choices around the median."""
    x = sorted(words, key=fmt.order)
    a, b = x[(len(x) - 1) // 2], x[len(x) // 2]
    finite = [fmt.value(w) for w in x if fmt.is_finite(w)]
    if not (fmt.is_finite(a) and fmt.is_finite(b)) or len(finite) < k:
        return {fmt.nan}
    M = Fraction(fmt.value(a) + fmt.value(b), 2)
    sets = least({i: abs(v - M) for i, v in enumerate(finite)}, k)
    return None if sets is None else {fmt.rn(sum(finite[i] for i in kept), k) for kept in sets}


def combined(columns):
    if any(column is None for column in columns):
        return None
    size = 1
    for column in columns:
        size *= len(column)
    return set(product(*columns)) if size <= MOST else None


def means(fmt, rows, sets):
    if sets is None:
        return None
    chosen = {tuple(sorted(tuple(rows[i]) for i in kept)) for kept in sets}  # equal rows are often exchanged
    return {tuple(exact.mean_of(fmt, kept)) for kept in chosen}


def means_around(fmt, matrices, k):
    outputs, known = set(), {}
    for matrix in matrices:
        columns = [tuple(sorted(column)) for column in zip(*matrix)]
        for column in columns:
            if column not in known:
                known[column] = around(fmt, column, k)
        some = combined([known[column] for column in columns])
        if some is None:
            return None
        outputs |= some
    return outputs


def krum_scores(fmt, rows, remaining, neighbours):
    return exact.krum_scores(exact.table(fmt, rows), sorted(remaining), neighbours)


def krum(fmt, rows, f):
    sets = least(krum_scores(fmt, rows, range(len(rows)), len(rows) - f - 2), 1)
    return {tuple(rows[i]) for (i,) in sets}


def multi_krum(fmt, rows, f, m):
    return means(fmt, rows, least(krum_scores(fmt, rows, range(len(rows)), len(rows) - f - 2), m))


def cge(fmt, rows, f):
    return means(fmt, rows, least({i: exact.norm(fmt, row) for i, row in enumerate(rows)}, len(rows) - f))


def monna(fmt, rows, f, pivot):
    z = {i: exact.distance(fmt, rows, pivot, i) for i in range(len(rows)) if i != pivot}
    sets = least(z, len(rows) - f - 1)
    return means(fmt, rows, None if sets is None else [tuple(sorted((pivot, *kept))) for kept in sets])


def mda(fmt, rows, f):
    n, D = len(rows), exact.table(fmt, rows)
    diameters = {s: max((D[i][j] for i, j in combinations(s, 2)), default=exact.ZERO) for s in combinations(range(n), n - f)}
    best = min(diameters.values())
    return means(fmt, rows, [s for s, diameter in diameters.items() if diameter == best])


def zeno(fmt, rows, b, losses):
    return means(fmt, rows, least(exact.zeno(fmt, rows, b, Fraction(0), losses).scores, len(rows) - b, True))


def brsgd(fmt, rows, f, beta, T):
    marks = exact.brsgd(fmt, rows, f, beta, T).scores
    sets = least(marks, -int(-beta * len(marks) // 1), True)
    if sets is None:
        return None
    near = {i for i in marks if within(fmt, rows, i, T)}
    kept = {tuple(i for i in s if i in near) for s in sets}
    return means(fmt, rows, [s for s in kept if s])


def within(fmt, rows, i, T):
    finite = [[fmt.value(w) for w in row] for row in rows if exact.is_finite_row(fmt, row)]
    row = [fmt.value(w) for w in rows[i]]
    return T is None or sum(abs(x - exact.median(column)) for x, column in zip(row, zip(*finite))) * exact.unit(fmt) <= 2 * T


def meamed(fmt, rows, f):
    return means_around(fmt, [rows], len(rows) - f)


def bulyan(fmt, rows, f):
    n, D = len(rows), exact.table(fmt, rows)
    level = {frozenset(range(n))}  # what is left after so many rounds
    for r in range(n, 2 * f, -1):
        after = set()
        for remaining in level:
            z = exact.krum_scores(D, sorted(remaining), min(r - 1, max(1, r - f - 2)))
            after |= {remaining - set(kept) for kept in least(z, 1)}
        level = after
        if len(level) > MOST:
            return None
    return means_around(fmt, [[rows[i] for i in range(n) if i not in left] for left in level], n - 4 * f)


def multi_bulyan(fmt, rows, f, variant):
    n, theta = len(rows), len(rows) - 2 * f - 2
    if variant == "one-pass":
        sets = least(krum_scores(fmt, rows, range(n), n - f - 2), theta)
        return None if sets is None else means_around(fmt, [[rows[i] for i in s] for s in sets], theta - 2 * f)
    D, level = exact.table(fmt, rows), {(frozenset(range(n)), ())}  # what is left, and the rounds' rows, sorted
    for r in range(n, 2 * f + 2, -1):
        after = set()
        for remaining, made in level:
            z = exact.krum_scores(D, sorted(remaining), r - f - 2)
            best = least(z, r - f - 2)
            if best is None:
                return None
            rounds = means(fmt, rows, best)
            after |= {(remaining - set(kept), tuple(sorted((*made, row)))) for kept in least(z, 1) for row in rounds}
            if len(after) > MOST:
                return None
        level = after
    return means_around(fmt, list({made for _, made in level}), theta - 2 * f)
