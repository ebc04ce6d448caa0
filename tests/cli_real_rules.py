#!/usr/bin/env python3
"""The rules that score otherwise or compute with real numbers, clip and arc, from outside: small cases that are computed here with fractions.

usage: cli_real_rules.py [PATH/TO/certigar]        default: build/certigar; needs NumPy, as cli.py, whose tools it uses
Ends with "N passed, M failed"; exit status 1 if a check failed.
"""
import itertools
import json
import math
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
import cli  # noqa: E402
import exact_selection as exact  # noqa: E402
from cli import check, check_bound, directory, layouts, np, number, read, run, run_tests, words_of  # noqa: E402
from exact_rules import RULES, Format, aggregate  # noqa: E402
from test_selection_real import root  # noqa: E402

UNIT = {32: Fraction(1, 2**149), 64: Fraction(1, 2**1074)}


def real(a):
    """The values of an array, exactly, as a list of rows."""
    return [[Fraction(float(v)) for v in row] for row in a]


def finite_rows(a):
    return real(a[np.isfinite(a).all(axis=1)])


def certified(rule, f, options, a, what, names=("C<",)):
    """The output and certificate; the layouts named change nothing."""
    answers = {}
    for name, values in layouts(a):
        if name not in names:
            continue
        np.save(f"{name}.npy", values)
        done = run("aggregate", rule, "-f", f, *options, f"{name}.npy", "-o", "out.npy", "--json", "out.json")
        check(f"{what}: finishes", done.returncode in (0, 4), done)
        answers[read("out.json")] = np.load("out.npy") if json.loads(read("out.json"))["output_sha256"] else None
    check(f"{what}: the layout changes nothing", len(answers) == 1, answers)
    text, out = answers.popitem()
    for option in (["--threads", 3], ["--level", "baseline"]):
        run("aggregate", rule, "-f", f, *options, *option, f"{names[0]}.npy", "--json", "other.json")
        check(f"{what}: {option} changes nothing", read("other.json") == text, read("other.json"))
    return out, json.loads(text)


def ulp(bits, values):
    """The ULP of the greatest magnitude (spec/rules.md, section 7, centered-clipping)."""
    fmt = Format(bits)
    r = max(fmt.magnitude(int(w)) for w in np.asarray(values, f"f{bits // 8}").view(f"u{bits // 8}"))
    return (fmt.magnitude_value(r + 1) - fmt.magnitude_value(r)) * UNIT[bits]


def check_close(what, bits, out, expected, a, centre=None):
    """Each coordinate within one ULP of the greatest magnitude in its column."""
    for c, value in enumerate(expected):
        column = [v for row, good in zip(a, np.isfinite(a).all(axis=1)) if good for v in [row[c]]] + ([centre[c]] if centre is not None else [])
        off = abs(Fraction(float(out[c])) - value)
        check(f"{what}: column {c}", off <= ulp(bits, column), (float(out[c]), float(value)))


def matrices(bits):
    """Small matrices: integers with ties, values of all sizes, and one with rows that are not finite."""
    found = cli.row_samples(bits)
    return {name: found[name] for name in ("near", "ties", "huge", "tiny", "bad")}


# ---- rules that select rows: bits, rows, scores, ties ----


def check_answer(what, c, out, answer, scores):
    """scores: of each row the exact number, or an infinity."""
    if answer.out is None:
        check(f"{what}: no value", out is None and c["status"] == "no value", (out, c))
        return
    check(what, out is not None and [int(w) for w in words_of(out)] == answer.out, (out, answer.out))
    check(f"{what}: selected", c["selected"] == answer.selected, (c["selected"], answer.selected))
    check(f"{what}: ties", c["ties"] == answer.ties, (c["ties"], answer.ties))
    check(f"{what}: status", c["status"] == ("not finite" if answer.not_finite else "ok"), c["status"])
    if scores is None:
        check(f"{what}: no scores", c["scores"] is None, c["scores"])
        return
    pairs = [[number(x) for x in pair] for pair in c["scores"]]
    check(f"{what}: scores", len(pairs) == len(scores) and all(low <= x <= high for (low, high), x in zip(pairs, scores)), (pairs, scores))
    margin = math.inf if answer.margin[0] else answer.margin[1]
    given = math.inf if c["margin"] == "inf" else Fraction(c["margin"])
    check(f"{what}: margin", given <= margin and (answer.ties > 0) == (margin == 0) and (given > 0 or margin < Fraction(1, 2**1074)), (given, margin))


def plain(extended):
    return (-math.inf, extended[1], math.inf)[extended[0] + 1]


def test_brsgd():
    with directory():
        for bits in (32, 64):
            parameters = [(2, "1/2", "inf"), (4, "0.3", "2.5"), (0, "1/9", "100"), (1, "1e-9", "1e-3")]
            for (kind, a), (f, beta, T) in itertools.product(matrices(bits).items(), parameters):
                rows = [[int(w) for w in row] for row in words_of(a)]
                answer = exact.brsgd(Format(bits), rows, f, Fraction(beta), None if T == "inf" else Fraction(T))
                what = f"brsgd f={f} beta={beta} threshold={T} float{bits} {kind}"
                out, c = certified("brsgd", f, ["--param", f"beta={beta},threshold={T}"], a, what, ("C<", "F>"))
                check_answer(what, c, out, answer, [plain(answer.scores.get(i, exact.MINUS_INFINITY)) for i in range(len(rows))])


def test_brsgd_by_hand():
    """Column means 3 and 0: rows 0, 1 (below) and 1, 2, 3 (up) ... marks 1 2 1 1 0 of five rows; ceil(5/2) = 3 are looked at."""
    with directory():
        a = np.array([[0, -4], [0, 1], [1, 1], [1, 1], [13, 1]], "f4")
        # column 0: mean 3, up is row 4, a minority: rows 0 to 3 get a mark; column 1: mean 0, up are rows 1 to 4: they get one
        out, c = certified("brsgd", 1, [], a, "brsgd by hand")
        check("brsgd by hand: selected", c["selected"] == [1, 2, 3] and c["scores"] == [["0x1p+0"] * 2] + [["0x1p+1"] * 2] * 3 + [["0x1p+0"] * 2], c)
        check("brsgd by hand: margin", c["margin"] == 0.5 and c["ties"] == 0, c)
        check("brsgd by hand", out.tolist() == [np.float32(2 / 3), 1], out)
        # the median is (1, 1): distances 6, 1, 0, 0, 12
        out, c = certified("brsgd", 1, ["--param", "threshold=0.49"], a, "brsgd by hand, threshold")
        check("brsgd by hand, threshold", c["selected"] == [2, 3] and out.tolist() == [1, 1], (out, c))
        spread = np.array([[-9, 9], [9, -9], [-9, -9], [9, 9]], "f4")
        cli.expect("brsgd: all too far", run("aggregate", "brsgd", "--param", "threshold=1", "C<.npy", "--json", "c.json"), 0)
        np.save("spread.npy", spread)
        done = run("aggregate", "brsgd", "--param", "threshold=1", "spread.npy", "--json", "c.json", "-o", "none.npy")
        cli.expect("brsgd: no row is selected", done, 4, "brsgd has no value: no row is selected")
        check("brsgd: no row is selected", "none.npy" not in cli.listing() and json.loads(read("c.json"))["output_sha256"] is None, read("c.json"))


def test_zeno():
    """By the scores given: of finite rows, since rows that are not come last whatever their scores."""
    with directory():
        source = np.random.default_rng(3)
        given = {
            "distinct": source.permutation(9) / 8 - 0.5, "ties": source.integers(-1, 2, 9).astype(float), "equal": np.full(9, -2.5),
            "wide": np.array([5e-324, -5e-324, 0, -0.0, 1.7e308, -1.7e308, 1, 1 + 2**-52, -1]),
            "extreme": np.array([np.nan, -np.inf, np.inf, 0, 1, np.nan, 2, np.inf, -3]),
        }  # fmt: skip
        for bits, (kind, scores), b in itertools.product((32, 64), given.items(), (0, 2, 8)):
            a = matrices(bits)["near"]
            rows = [[int(w) for w in row] for row in words_of(a)]
            answer = exact.Answer(scores={i: exact.extended(int(w)) or exact.MINUS_INFINITY for i, w in enumerate(scores.view("u8"))})
            answer.selected, answer.ties = exact.choose(answer, 9 - b, answer.scores, greatest=True)
            answer.out = exact.mean_of(Format(bits), [rows[i] for i in answer.selected])
            exact.finish(Format(bits), rows, b, answer)
            for order in "<>":
                np.save("scores.npy", scores.astype(f"{order}f8"))
                what = f"zeno b={b} float{bits} {kind} {order}"
                np.save("in.npy", a)
                done = run("aggregate", "zeno", "--param", f"b={b},scores=scores.npy", "in.npy", "-o", "out.npy", "--json", "out.json")
                check(f"{what}: exit status", done.returncode == (4 if answer.not_finite else 0), done)
                check_answer(what, json.loads(read("out.json")), np.load("out.npy"), answer, [plain(answer.scores[i]) for i in range(9)])


def test_zeno_guarantee():
    """The i-th greatest score selected is at least the i-th greatest of the rows that are not Byzantine, whichever b of the rows are."""
    with directory():
        source = np.random.default_rng(5)
        np.save("in.npy", source.normal(size=(7, 3)))
        for kind, scores in {"distinct": source.normal(size=7), "ties": source.integers(-1, 2, 7).astype(float)}.items():
            np.save("scores.npy", scores)
            for b in range(7):
                run("aggregate", "zeno", "--param", f"b={b},scores=scores.npy", "in.npy", "--json", "out.json")
                kept = sorted((scores[i] for i in json.loads(read("out.json"))["selected"]), reverse=True)
                for byzantine in itertools.combinations(range(7), b):
                    others = sorted((score for i, score in enumerate(scores) if i not in byzantine), reverse=True)
                    check(f"zeno: guarantee, {kind}, {byzantine}", len(kept) == 7 - b and all(x >= y for x, y in zip(kept, others)), (kept, others))


def test_zeno_after_buckets():
    """A score for each row that the rule has."""
    with directory():
        np.save("x.npy", np.arange(14.0).reshape(7, 2))
        np.save("four.npy", np.array([9.0, 0, 0, 5]))
        np.save("seven.npy", np.arange(7.0))
        pre = ["--pre", "bucketing:s=2", "x.npy", "-o", "out.npy", "--json", "out.json"]
        cli.expect("zeno after bucketing", run("aggregate", "zeno", "--param", "scores=four.npy,b=2", *pre), 0)
        check("zeno after bucketing: selected", json.loads(read("out.json"))["selected"] == [0, 3], read("out.json"))
        done = run("aggregate", "zeno", "--param", "scores=seven.npy,b=2", *pre)
        cli.expect("zeno after bucketing, scores of the workers", done, 3, "seven.npy: 7 scores, but zeno, after --pre, has 4 rows")


def test_smea():
    """In one dimension: the rows of least variance, the first set of equal ones."""
    with directory():
        source = np.random.default_rng(5)
        for bits, n, f in itertools.product((32, 64), (3, 5, 8), (0, 1, 2, 3)):
            if n <= 2 * f:
                continue
            a = source.integers(-30, 31, (n, 1)).astype(f"f{bits // 8}")
            if f > 0 and n > 4:
                a[2] = np.nan
            x = {i: Fraction(int(v)) for i, v in enumerate(a[:, 0]) if np.isfinite(v)}
            k = len(x) - max(0, f - (n - len(x)))
            variance = lambda s: sum(x[i] ** 2 for i in s) / k - (sum(x[i] for i in s) / k) ** 2  # noqa: E731, B023
            selected = min(itertools.combinations(x, k), key=variance)
            out, c = certified("smea", f, [], a, f"smea {n} {f} float{bits}")
            check(f"smea {n} {f} float{bits}: selected", c["selected"] == list(selected), (c, selected))
            check(f"smea {n} {f} float{bits}: no scores or margin", c["scores"] is None and c["margin"] is None, c)
            expected = Format(bits).mean([int(words_of(a)[i][0]) for i in selected])
            check(f"smea {n} {f} float{bits}", [int(w) for w in words_of(out)] == [expected], (out, expected))


def test_smea_by_hand():
    """Two directions: without row 4 the variance along both is 1/2; with it one is more."""
    with directory():
        a = np.array([[1, 0], [-1, 0], [0, 1], [0, -1], [9, 9]], "f8")
        out, c = certified("smea", 1, [], a, "smea by hand", ("C<", "F<", "C>"))
        check("smea by hand", c["selected"] == [0, 1, 2, 3] and out.tolist() == [0, 0], (out, c))


# ---- rules over real numbers ----


def check_gap(what, a, out, c, least, share):
    """The certificate against F at the output, and least, a number that the least F is no less than, but for 10^-60 of it."""
    x, y = finite_rows(a), [Fraction(float(v)) for v in out]
    F = sum(root(sum((p - q) ** 2 for p, q in zip(row, y))) for row in x)
    low, high = (number(t) for t in c["objective"])
    gap, slack = number(c["gap"]), Fraction(1, 10**60)
    check(f"{what}: objective", low * (1 - slack) <= F <= high * (1 + slack), (float(F), c["objective"]))
    check(f"{what}: objective, how near", high - low <= high * max(share, Fraction(1, 2**40)), c["objective"])
    check(f"{what}: gap", F - least <= gap + F * slack, (float(F - least), c["gap"]))
    check(f"{what}: the gap is small", gap <= share * F, (float(gap), float(F)))
    check(f"{what}: iterations", isinstance(c["iterations"], int) and c["iterations"] >= 0, c["iterations"])
    finite = [i for i, row in enumerate(a) if np.isfinite(row).all()]
    check(f"{what}: no choice", c["selected"] == finite and c["scores"] is None and c["margin"] is None and c["exact_distances"] >= 0, c)


def test_geometric_median_of_symmetric_rows():
    """By symmetry the centre is right: of an equilateral triangle, a regular simplex, a square and a hexagon."""
    with directory():
        for bits, share in ((32, Fraction(1, 10**4)), (64, Fraction(1, 10**8))):
            for what, rows, centre in [
                ("triangle", [[3, 0, 0], [0, 3, 0], [0, 0, 3]], [1, 1, 1]), ("simplex", (8 * np.eye(8)).tolist(), [1] * 8),
                ("square", [[0, 0], [2, 0], [0, 2], [2, 2]], [1, 1]), ("cross with its centre", [[5, 0], [-5, 0], [0, 5], [0, -5], [0, 0]], [0, 0]),
                ("hexagon", [[1, -1, 0], [1, 0, -1], [0, 1, -1], [-1, 1, 0], [-1, 0, 1], [0, -1, 1]], [0, 0, 0]), ("one row", [[0.1, -7]], [0.1, -7]),
            ]:  # fmt: skip
                a = np.array(rows, f"f{bits // 8}")
                out, c = certified("geometric-median", 0, [], a, f"geometric median of a {what} float{bits}", ("C<", "F<", "F>"))
                middle = real(np.array([centre], a.dtype))[0]
                at_centre = sum(root(sum((p - q) ** 2 for p, q in zip(row, middle))) for row in real(a))
                check_gap(f"geometric median of a {what} float{bits}", a, out, c, at_centre, share)
                near = max(abs(float(p) - q) for p, q in zip(out, centre))
                check(f"geometric median of a {what} float{bits}: the output", near <= 0.02, out)


def test_geometric_median_of_one_column():
    """It is a median: F at the median is the least. Rows that are not finite are dropped."""
    with directory():
        source = np.random.default_rng(9)
        for bits, n, tolerance in itertools.product((32, 64), (1, 2, 5, 8), (None, "1e-3", "1/7")):
            a = np.concatenate([source.normal(size=(n, 1)) * 10.0 ** source.integers(-9, 9), [[np.inf]]]).astype(f"f{bits // 8}")
            options = ["--param", f"tolerance={tolerance}"] if tolerance else []
            share = Fraction(tolerance or ("1e-5" if bits == 32 else "1e-9"))
            what = f"geometric median of a column of {n} float{bits} tolerance={tolerance}"
            out, c = certified("geometric-median", 1 if n > 1 else 0, options, a, what)
            x = sorted(row[0] for row in finite_rows(a))
            least = sum(abs(v - x[n // 2]) for v in x)
            rounding = Fraction(n, 2 ** (22 if bits == 32 else 51)) * max(abs(v) for v in x)  # of the output; a share of F if that is not 0
            check_gap(what, a, out, c, least, share + rounding / least if least else 1)
            check(f"{what}: dropped", c["nonfinite_rows"] == [n], c["nonfinite_rows"])


def test_geometric_median_is_within_its_bound():
    with directory():
        source = np.random.default_rng(12)
        for n, f, d in itertools.product((5, 9), (1, 2), (1, 3, 20)):
            check_bound("geometric-median", n, f, d, source)


def test_centered_clipping_of_one_column():
    with directory():
        source = np.random.default_rng(8)
        for bits, tau, iterations, with_centre in itertools.product((32, 64), ("100", "1/3", "1e-3", "0x1p70"), (1, 3), (False, True)):
            dtype = f"f{bits // 8}"
            a = np.concatenate([source.normal(size=(6, 1)) * 10.0 ** source.integers(-3, 5, (6, 1)), [[np.nan]]]).astype(dtype)
            centre = source.normal(size=1).astype(dtype)
            np.save("centre.npy", centre)
            options = ["--param", f"tau={tau},iterations={iterations}" + (",centre=centre.npy" if with_centre else "")]
            v, limit = Fraction(float(centre[0])) if with_centre else Fraction(0), Fraction(2**70) if tau == "0x1p70" else Fraction(tau)
            x = [row[0] for row in finite_rows(a)]
            for _ in range(iterations):
                v += sum(max(-limit, min(limit, y - v)) for y in x) / len(x)
            what = f"centered-clipping of a column float{bits} {options}"
            out, c = certified("centered-clipping", 1, options, a, what, ("C<", "C>"))
            check_close(what, bits, out, [v], a, centre if with_centre else None)
            check(f"{what}: certificate", c["nonfinite_rows"] == [6] and c["selected"] == list(range(6)) and c["margin"] is None and c["gap"] is None, c)


def test_centered_clipping_by_hand():
    """Rows of norms 5, 10, 2 and 0 with tau = 5/2: a is 1/2, 1/4, 1 and 1."""
    with directory():
        for bits in (32, 64):
            a = np.array([[3, 4], [-8, 6], [0, 2], [0, 0]], f"f{bits // 8}")
            out, c = certified("centered-clipping", 0, ["--param", "tau=5/2"], a, f"centered-clipping by hand float{bits}", ("C<", "F>"))
            check_close(f"centered-clipping by hand float{bits}", bits, out, [Fraction(-1, 8), Fraction(11, 8)], a)
            moved = a + np.array([10, 20], a.dtype)
            np.save("centre.npy", np.array([10, 20], a.dtype))
            what = f"centered-clipping by hand, moved float{bits}"
            out, c = certified("centered-clipping", 0, ["--param", "tau=5/2,centre=centre.npy"], moved, what)
            check_close(what, bits, out, [10 - Fraction(1, 8), 20 + Fraction(11, 8)], moved, [10, 20])


def caf_of_one_column(x, f):
    """spec/rules.md, section 7, with fractions: the eigenvector is 1. x: the finite values; f as it is left."""
    m, weights, best = len(x), [Fraction(1)] * len(x), None
    while True:
        total = sum(weights)
        mu = sum(c * v for c, v in zip(weights, x)) / total
        variance = sum(c * (v - mu) ** 2 for c, v in zip(weights, x)) / total
        if best is None or variance < best[0]:
            best = (variance, mu)
        t = [(v - mu) ** 2 for v in x]
        greatest = max(s for s, c in zip(t, weights) if c > 0)
        if greatest == 0:
            return best[1]
        weights = [c * (1 - s / greatest) if c > 0 else c for c, s in zip(weights, t)]
        if sum(weights) <= m - 2 * f:
            return best[1]


def test_caf_of_one_column():
    with directory():
        source = np.random.default_rng(10)
        for bits, n, f, dropped in itertools.product((32, 64), (3, 5, 9), (0, 1, 2, 4), (0, 1)):
            if n + dropped <= 2 * f:
                continue
            dtype = f"f{bits // 8}"
            a = np.concatenate([source.normal(size=(n, 1)) * source.choice([1, 100], (n, 1)), np.full((dropped, 1), np.inf)]).astype(dtype)
            what = f"caf of a column float{bits} n={n} f={f} dropped={dropped}"
            out, c = certified("caf", f, [], a, what, ("C<", "C>"))
            check_close(what, bits, out, [caf_of_one_column([row[0] for row in finite_rows(a)], max(0, f - dropped))], a)
            check(f"{what}: certificate", set(c["selected"]) <= set(range(n)) and c["margin"] is None and c["nonfinite_rows"] == list(range(n, n + dropped)), c)


def test_caf_by_hand():
    """Of 0, 0, 0, 4 with f = 1: mu = 1, t = 1, 1, 1, 9, so 4 loses all its weight; then t = 0. The same in any direction."""
    with directory():
        a = np.array([[0, 0], [0, 0], [0, 0], [4, 0]], "f8")
        for what, values in (("along one axis", a), ("along the other", a[:, ::-1])):
            out, c = certified("caf", 1, [], np.ascontiguousarray(values), f"caf by hand, {what}")
            check(f"caf by hand, {what}", np.abs(out).max() <= 2**-50, out)


# ---- pre-aggregations ----


def test_clip_and_arc():
    """As input of the rules of columns: their bits. Other stages before and after."""
    with directory():
        for bits in (32, 64):
            fmt = Format(bits)
            for kind, a in matrices(bits).items():
                np.save("in.npy", a)
                rows = [[int(w) for w in row] for row in words_of(a)]
                stages = {
                    "clip:tau=3": lambda r: exact.clip(fmt, r, Fraction(3)),
                    "clip:tau=1e-40": lambda r: exact.clip(fmt, r, Fraction("1e-40")),
                    "clip:tau=1/7": lambda r: exact.clip(fmt, r, Fraction(1, 7)),
                    "arc": lambda r: exact.arc(fmt, r, 2),
                }
                for names in [*([name] for name in stages), ["arc", "clip:tau=3"], ["clip:tau=3", "arc", "clip:tau=1/7"]]:
                    made = rows
                    for name in names:
                        made = stages[name](made)
                    for rule in RULES:
                        expected = [aggregate(bits, rule, 2, list(column), "midpoint")[0] for column in zip(*made)]
                        run("aggregate", rule, "-f", 2, *(f"--pre={name}" for name in names), "in.npy", "-o", "out.npy", "--json", "out.json")
                        what = f"{names} before {rule} float{bits} {kind}"
                        check(what, [int(w) for w in words_of(np.load("out.npy"))] == expected, (np.load("out.npy"), expected))
                        check(f"{what}: pre", json.loads(read("out.json"))["parameters"]["pre"] == names, read("out.json"))


def test_clip_and_arc_by_hand():
    """Norms 5, 10, 0, 1: clip to 5 halves row 1. arc with n = 4, f = 1: k = floor(2 3 / 4) = 1, so the second norm, 5, is the limit."""
    with directory():
        np.save("in.npy", np.array([[3, 4], [-6, 8], [0, 0], [1, 0]], "f4"))
        for stage in ("clip:tau=5", "arc"):
            run("aggregate", "average", "-f", 1, "--pre", stage, "in.npy", "-o", "out.npy")
            check(f"{stage} by hand", np.load("out.npy").tolist() == [0.25, 2], np.load("out.npy"))


if __name__ == "__main__":
    run_tests(globals())
