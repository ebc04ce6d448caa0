#!/usr/bin/env python3
"""The rows of data/, and mda of 51 rows with f = 24, where nobody can try all sets: krum and mda beside distances in binary64 that are known to be
near enough, and the least diameter by a search of its own.

usage: test_shipped_rows.py        needs NumPy (Debian: python3-numpy) and a built tree (make)
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "python"))
from with_numpy import np  # noqa: E402: before certigar, since it may start another Python

import certigar  # noqa: E402
from checks import check, finish  # noqa: E402
from exact_rules import aggregate  # noqa: E402

N, F = 51, 24


def rows_of(name):
    return np.load(ROOT / "data" / name)


def distances(x):
    """The squared distances of rows of float32, each within d 2^-52 of itself: a difference, a square and d sums of positive numbers in binary64."""
    wide = x.astype(np.float64)
    return np.array([((wide - row) ** 2).sum(axis=1) for row in wide])


def ranks(D, d):
    """The place of each distance among all the distances: as that of the exact ones, since no two are so near that the error could matter."""
    values = np.unique(D[np.triu_indices(len(D), 1)])
    check("no two distances are too near to be told apart", (np.diff(values) > 8 * d * 2.0**-52 * values[1:]).all())
    check("no two distances are equal", len(values) == len(D) * (len(D) - 1) // 2)
    return np.searchsorted(values, D)


# ---- krum ----

def test_krum_of_thirty_clients():
    x = rows_of("fashion-lenet-parameters-n30.npy")
    n, f, d = len(x), 5, x.shape[1]
    near = np.sort(distances(x), axis=1)[:, 1:n - f - 1]
    scores = near.sum(axis=1)
    order = np.argsort(scores)
    gap = scores[order[1]] / scores[order[0]] - 1
    check("row 26 has the least score, by more than the error", order[0] == 26 and gap > 8 * d * 2.0**-52, (order[:2], gap))
    out, known = certigar.aggregate("krum", x, f, certificate=True)
    check("krum answers row 26", known.selected == (26,) and out.tobytes() == x[26].tobytes(), known.selected)
    check("its margin is positive and no more than there is", 0 < known.margin <= gap * (1 + 1e-3), float(known.margin))


# ---- mda ----

def coverable(beyond, alive, k):
    """Whether k vertices of those alive touch every edge between them; beyond[v]: the neighbours of v, as bits."""
    while True:
        degrees = {v: bin(beyond[v] & alive).count("1") for v in range(N) if alive >> v & 1}
        v = max(degrees, key=degrees.get, default=None)
        if v is None or degrees[v] == 0:
            return True
        if sum(degrees.values()) > 2 * k * degrees[v]:
            return False
        alone = next((u for u, degree in degrees.items() if degree == 1), None)
        if alone is not None:   # its neighbour does at least as well
            alive &= ~(beyond[alone] & alive)
            k -= 1
        elif degrees[v] > k:
            alive &= ~(1 << v)
            k -= 1
        else:
            others = beyond[v] & alive
            return coverable(beyond, alive & ~(1 << v), k - 1) or coverable(beyond, alive & ~others, k - degrees[v])


def exists(D, t, taken=(), left=()):
    """Whether N - F rows have no distance above t, among them those taken and none of those left."""
    beyond = [sum(1 << j for j in range(N) if D[i][j] > t) for i in range(N)]
    out = sum(1 << v for v in left)
    for i in taken:
        if any(beyond[i] >> j & 1 for j in taken):
            return False
        out |= beyond[i]
    return bin(out).count("1") <= F and coverable(beyond, (1 << N) - 1 & ~out, F - bin(out).count("1"))


def first_set(D):
    """The least diameter, and of the sets of N - F rows that have it the first, and whether there is another."""
    values = np.unique(D)
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if exists(D, values[middle]) else (middle + 1, high)
    taken, left, another = [], [], False
    for i in range(N):
        if len(taken) < N - F and exists(D, values[low], [*taken, i], left):
            another = another or exists(D, values[low], taken, [*left, i])
            taken.append(i)
        else:
            left.append(i)
    return values[low], tuple(taken), another


def check_mda(what, x, D, wanted=None):
    """Of rows whose distances compare as those in D; wanted: the rows, if they are known."""
    D = np.asarray(D)
    t, rows, another = first_set(D)
    out, known = certigar.aggregate("mda", x, F, certificate=True)
    chosen = list(known.selected)
    check(f"{what}: N - F rows with the least diameter", len(chosen) == N - F and D[np.ix_(chosen, chosen)].max() == t, chosen)
    check(f"{what}: the first such rows", known.selected == rows and wanted in (None, rows), (chosen, rows))
    check(f"{what}: a tie if there are others", known.ties == another and (known.margin == 0) == another, (known.ties, float(known.margin), another))
    words = x.view(np.uint32 if x.dtype == np.float32 else np.uint64)
    for c in range(0, x.shape[1], -(-x.shape[1] // 40)):
        mean = aggregate(8 * x.dtype.itemsize, "average", 0, [int(w) for w in words[chosen, c]])[0]
        check(f"{what}: their mean, column {c}", out.view(words.dtype)[c] == mean)


def cut(x, parts):
    """The rows of x, then each part of their columns as rows of their own: the first N of them."""
    d = x.shape[1] // parts
    return np.ascontiguousarray(np.concatenate([x[:, k * d:(k + 1) * d] for k in range(parts)])[:N])


def test_mda_of_shipped_rows():
    for name, parts in (("fashion-lenet-parameters-n30.npy", 2), ("fashion-lenet-gradients-n20.npy", 3)):
        x = cut(rows_of(name), parts)
        check_mda(name, x, ranks(distances(x), x.shape[1]))


def integer_distances(x):
    return [[int(((a - b) ** 2).sum()) for a in x] for b in x]


def test_mda_of_generated_rows():
    for seed in range(6):
        source = np.random.default_rng(seed)
        x = source.integers(-3, 4, (N, 1 + 3 * seed))   # many distances are equal
        check_mda(f"integers, seed {seed}", x.astype(np.float32 if seed % 2 else np.float64), integer_distances(x))


def test_mda_of_planted_rows():
    """27 rows near each other and 24 far from them but still nearer to each other; and pairs of opposite rows: no 27 rows do without one."""
    source = np.random.default_rng(7)
    x = source.integers(-5, 6, (N, 4))
    liars = source.permutation(N)[:F]
    x[liars] = 1000 + x[liars] // 5
    check_mda("liars together", x.astype(np.float32), integer_distances(x), tuple(i for i in range(N) if i not in liars))
    x = np.zeros((N, 25), int)
    for k in range(25):
        x[2 * k, k], x[2 * k + 1, k] = 1, -1
    check_mda("25 pairs", x.astype(np.float32), integer_distances(x), tuple(range(N - F)))


for test in (test_krum_of_thirty_clients, test_mda_of_shipped_rows, test_mda_of_generated_rows, test_mda_of_planted_rows):
    test()
finish()
