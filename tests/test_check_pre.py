#!/usr/bin/env python3
"""certigar check on pre-aggregations and rules as a NumPy program has them, sums in any order: ROUNDING, and not a thing beyond.

usage: test_check_pre.py [--repeat K] [--seed S]       needs NumPy
Each is made with the same selections as the exact ones (rows are well apart), and judged; then the coordinate nearest to its bound goes to the last
number within the bound, which is ROUNDING still, and to the next, which is not. So does a coordinate of what byzfl,
and of the medians lpd-py, lpd-native and fedml, define.
"""
import argparse
import sys
from collections import Counter
from fractions import Fraction

sys.dont_write_bytecode = True
import checks  # noqa: E402
from check_exact import Judge  # noqa: E402
from checks import check, finish  # noqa: E402
from exact_drift import factor  # noqa: E402
from test_check import PROFILES, VERDICTS, Case, ulps  # noqa: E402
from with_numpy import np  # noqa: E402

RULES = ("average", "median", "trimmed-mean", "meamed", "krum", "multi-krum", "bulyan", "multi-bulyan")
STAGES = {"none": [], "nnm": [("nnm",)], "bucketing": [("bucketing", 2)], "clip": None, "arc": [("arc",)], "clip nnm": None,
          "bucketing nnm": [("bucketing", 2), ("nnm",)],
          "nnm arc": [("nnm",), ("arc",)], "nnm nnm": [("nnm",), ("nnm",)]}
N, F, D = 17, 2, 60
# which definitions of a median, of the two middle values or of one, have these pre-aggregations
MEDIANS = {"none": ["byzfl", "lpd-py", "lpd-native", "fedml"], "bucketing": ["byzfl", "fedml"]}


# ---- a program's aggregation ----


def mean(r, x):
    """One row after the other, in any order; then a division, or a product with 1/k."""
    dtype, order = x.dtype.type, r.permutation(len(x))
    total = x[order[0]].copy()
    for i in order[1:]:
        total = total + x[i]
    assert total.dtype == x.dtype
    return total / dtype(len(x)) if r.random() < 0.5 else total * (dtype(1) / dtype(len(x)))


def distances(x):
    return ((x[:, None] - x[None]) ** 2).sum(-1)


def scaled(x, limit):
    dtype, norms = x.dtype.type, np.sqrt((x * x).sum(1))
    return np.where(norms > limit(norms), limit(norms) / norms, dtype(1)).astype(dtype)[:, None] * x


def pre(r, x, f, stage):
    n, kind = len(x), stage[0]
    if kind == "nnm":
        return np.stack([mean(r, x[np.argsort(row)[: n - f]]) for row in distances(x)])
    if kind == "bucketing":
        return np.stack([mean(r, x[i : i + stage[1]]) for i in range(0, n, stage[1])])
    if kind == "clip":
        return scaled(x, lambda norms: x.dtype.type(float(stage[2])))
    return scaled(x, lambda norms: np.sort(norms)[::-1][2 * f * (n - f) // n])


def around(r, x, k):
    far = np.argsort(np.abs(x - rule(r, x, 0, "median")), axis=0)[:k]
    return mean(r, np.take_along_axis(x, far, axis=0))


def bulyan(r, x, f, iterated):
    """Of multi-bulyan iterated the rounds' means, else the rounds' winners."""
    found, theta = [], len(x) - 2 * f - 2 * iterated
    while len(found) < theta:
        k = min(len(x) - 1, max(1, len(x) - f - 2))
        scores = np.sort(distances(x), axis=1)[:, : k + 1].sum(1)
        found.append(mean(r, x[np.argsort(scores)[:k]]) if iterated else x[np.argmin(scores)])
        x = np.delete(x, np.argmin(scores), axis=0)
    return around(r, np.stack(found), theta - 2 * f)


def rule(r, x, f, name):
    n, ordered = len(x), np.sort(x, axis=0)
    if name == "median":
        return ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / x.dtype.type(2)
    if name == "trimmed-mean":
        return mean(r, ordered[f : n - f])
    if name == "meamed":
        return around(r, x, n - f)
    if "bulyan" in name:
        return bulyan(r, x, f, name == "multi-bulyan")
    if name == "average":
        return mean(r, x)
    scores = np.sort(distances(x), axis=1)[:, : n - f - 1].sum(1)
    return x[np.argmin(scores)] if name == "krum" else mean(r, x[np.argsort(scores)[: n - f - 2]])


# ---- judging ----


def judge_of(bits, name, x, stages):
    words = x.view(np.uint32 if bits == 32 else np.uint64)
    return Judge(bits, name, F, [[int(w) for w in row] for row in words], stages=stages)


def around_limit(fmt, limit, sign):
    """The last word within a limit on one side, and the next."""
    word = fmt.rn(limit.numerator, limit.denominator)
    step = 1 if (fmt.value(word) >= 0) == (sign > 0) else -1  # a magnitude away from v
    for _ in range(2):
        while sign * (fmt.value(word) - limit) > 0:
            word -= step
        while sign * (fmt.value(word + step) - limit) <= 0:
            word += step
    return word, word + step


def border(judge, case, y, finding):
    """The first worst coordinate on the last number within the bound, and on the next: the two verdicts."""
    fmt, worst = judge.fmt, finding.worst[0]
    c, units = worst.coordinate, Fraction(1, 2 ** (149 if fmt.bits == 32 else 1074))
    sign = 1 if fmt.value(worst.candidate) >= fmt.value(worst.expected) else -1
    v = fmt.value(worst.candidate) - sign * worst.error.value() / units
    limit = v + sign * worst.bound.value() / units
    return [VERDICTS[case.check(y[:c] + [w] + y[c + 1 :]).verdict] for w in around_limit(fmt, limit, sign)]


# ---- published definitions ----


def byzfl_krum(judge):
    """Its Krum's row: scores are sums of n-f-1 squared distances."""
    x, n = [[judge.fmt.value(w) for w in row] for row in judge.rows], judge.n
    scores = [sum(sorted(sum((p - q) ** 2 for p, q in zip(a, b)) for b in x)[: n - F]) for a in x]
    return min(range(n), key=lambda i: scores[i])


def profile_limit(judge, c, sign, profile):
    """The end of what a profile's value of a column may be (spec/verdicts.md, PROFILE), in units."""
    n, rows = judge.n, [byzfl_krum(judge)] if judge.rule == "krum" else None
    ranked = judge.rule in ("median", "trimmed-mean")
    low, high = judge.spread(c, rows, ranked)
    x = list(map(judge.fmt.value, judge.column(c, rows)))
    first, end = {"median": ((n - 1) // 2, n // 2 + 1), "trimmed-mean": (F, n - F)}.get(judge.rule, (0, len(x)))
    if profile != "byzfl":
        first = end = (n - (profile != "lpd-native")) // 2  # one of the middle values
        end += 1
    x, k = (sorted(x) if ranked else x)[first:end], end - first
    radius = sum(max(b - v, v - a) for a, b, v in zip(low[first:end], high[first:end], x))
    more = factor(judge.u, k) * (sum(map(abs, x)) + radius) / k + k if k > 1 else 0
    return Fraction(sum(x), k) + sign * (Fraction(radius) / k + more)


def profile_border(r, judge, case, name):
    """Whether a profile is among the definitions on the last number within its bound, and not on the next."""
    profile, c, sign = PROFILES.index(name), int(r.integers(judge.d)), int(r.choice((-1, 1)))
    out, limit = case.of_profile(profile), profile_limit(judge, c, sign, name)
    found = [case.check(out[:c] + [w] + out[c + 1 :]).profiles >> profile & 1 for w in around_limit(judge.fmt, limit, sign)]
    return found == [1, 0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    r, greatest, seen = np.random.default_rng(arguments.seed), Counter(), Counter()
    for bits, kind, name in [(b, k, n) for _ in range(arguments.repeat) for b in (32, 64) for k in STAGES for n in RULES]:
        # rows around one mean, each with its own spread: selections are far from a tie
        n = N + 3 * (name == "median")
        x = (r.standard_normal((n, D)) * (1 + np.arange(n)[:, None]) + r.standard_normal(D)).astype(f"f{bits // 8}")
        tau = ("0x5p3", Fraction(40))
        stages = [("clip", *tau)] + [("nnm",)] * ("nnm" in kind) if STAGES[kind] is None else STAGES[kind]
        if "bulyan" in name and ("bucketing" in kind or "nnm" in kind):
            continue  # n < 4f + 3; rows may be so much alike that choices are too close to tell
        judge = judge_of(bits, name, x, stages)
        case, z = Case(judge), x
        for stage in stages:
            z = pre(r, z, F, stage)
        y = [int(w) for w in rule(r, z, F, name).view(np.uint32 if bits == 32 else np.uint64)]
        finding, out = case.check(y), case.output()
        got = VERDICTS[finding.verdict]
        seen[got] += 1
        far = max(ulps(judge.fmt, a, b) for a, b in zip(y, out))
        greatest[kind] = max(greatest[kind], far)
        own = b"another choice" not in finding.reason  # what is reported of a column is of the rule's own choice
        verdicts = border(judge, case, y, finding) if finding.different and got == "ROUNDING" and own else ["ROUNDING", "none"]
        good = got in ("EXACT", "ROUNDING") and verdicts[0] == "ROUNDING" and verdicts[1] != "ROUNDING"
        for profile in MEDIANS.get(kind, ["byzfl"]) if name == "median" else ["byzfl"] if name in ("average", "trimmed-mean", "krum") else []:
            if not profile_border(r, judge, case, profile):
                good, verdicts = False, [*verdicts, f"{profile}'s border"]
        if name == "meamed" and not finding.profiles >> PROFILES.index("byzfl") & 1:
            good, verdicts = False, [*verdicts, "not byzfl's"]
        check(f"{bits} bits, {kind}, {name}: {got}, at the border {verdicts}: {finding.reason.decode()}\n"
              f"  tests/test_check_pre.py --seed {arguments.seed} --repeat {arguments.repeat}, case {checks.passed + checks.failed + 1}", good)
        case.close()
    print("greatest ULPs: " + ", ".join(f"{kind} {most}" for kind, most in greatest.items()))
    if seen["ROUNDING"] < 0.7 * checks.passed:
        check(f"too few differ from the exact output: {seen}", False)
    finish()


if __name__ == "__main__":
    main()
