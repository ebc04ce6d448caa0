#!/usr/bin/env python3
"""certigar check from outside: verdicts and exit statuses, files in every layout, the text, the JSON, and what is refused.

usage: check_cli.py [PATH/TO/certigar]        default: build/certigar; needs NumPy, as cli.py, whose tools it uses
Ends with "N passed, M failed"; exit status 1 if a check failed.
"""
import json
import os
import shlex
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
import cli  # noqa: E402
from check_exact import Judge  # noqa: E402
from cli import check, directory, expect, finish, layouts, listing, np, number, read, run, sha256_of_values, words_of  # noqa: E402

KEYS = ["verdict", "reason", "different", "outside", "ulps", "worst", "selected", "profile", "profile_exact", "profiles", "gap", "resolution",
        "admissible", "admissible_cap", "honest", "candidate_sha256", "expected"]


def noise(dtype, n=11, d=40, seed=1):
    return np.random.default_rng(seed).standard_normal((n, d)).astype(dtype)


def judged(what, verdict, status, rule, x, y, *options):
    """The finding as JSON, which the text agrees with."""
    np.save("x.npy", x)
    np.save("y.npy", y)
    text = run("check", rule, *options, "x.npy", "y.npy")
    check(f"{what}: {verdict}, exit status {status}, no word on standard error",
          text.returncode == status and text.stdout.decode().startswith(f"{verdict}: ") and text.stderr == b"", text)
    done = run("check", rule, *options, "x.npy", "y.npy", "--json", "-")
    finding = json.loads(done.stdout)
    check(f"{what}: the JSON says the same", done.returncode == status and list(finding) == KEYS and finding["verdict"] == verdict
          and text.stdout.decode().startswith(f"{verdict}: {finding['reason']}\n") and done.stderr == b"", done)
    check(f"{what}: digests", finding["candidate_sha256"] == sha256_of_values(np.asarray(y).reshape(1, -1))
          and finding["expected"]["input_sha256"] == sha256_of_values(x) and finding["expected"]["output_sha256"] is None, finding)
    return finding


def test_verdicts():
    for dtype in ("f4", "f8"):
        x = noise(dtype)
        exact, middle = np.sort(x, 0), np.median(x, 0)
        judged("a median", "EXACT", 0, "median", x, middle, "-f", 2)
        np.save("x.npy", x)
        run("aggregate", "trimmed-mean", "-f", 2, "x.npy", "-o", "own.npy")
        own = np.load("own.npy")
        finding = judged("a mean, an ULP off", "ROUNDING", 0, "trimmed-mean", x, np.nextafter(own, np.inf, dtype=dtype), "-f", 2)
        check("every coordinate differs by an ULP", finding["different"] == 40 and finding["outside"] == 0
              and finding["ulps"] == {"at_most": [0, 40], "not_finite": 0} and len(finding["worst"]) == 8, finding)
        judged("NumPy's mean", "ROUNDING", 0, "trimmed-mean", x, exact[2:-2].mean(0), "-f", 2)
        far = middle.copy()
        far[7] = 50
        finding = judged("a value that no honest row has", "BREACH", 1, "median", x, far, "-f", 2)
        check("the coordinate is named", "coordinate 7 " in finding["reason"] and finding["worst"][0]["coordinate"] == 7, finding)
        far[7] = np.nan
        finding = judged("a NaN", "BREACH", 1, "median", x, far, "-f", 2)
        check("its difference has no ULPs", finding["worst"][0]["ulps"] is None and finding["worst"][0]["error"] == "inf"
              and finding["worst"][0]["candidate"] in ("nan", "-nan") and finding["ulps"]["not_finite"] == 1, finding)
        np.save("x.npy", x)
        winner = json.loads(run("aggregate", "krum", "-f", 2, "x.npy", "--json", "-").stdout)["selected"][0]
        finding = judged("the row that krum selects", "EXACT", 0, "krum", x, x[winner], "-f", 2)
        check("the row is named", finding["selected"] == [winner] == finding["expected"]["selected"], finding)
        twin = x.copy()
        twin[(winner + 1) % 11] = x[winner] * (1 + 2 * np.finfo(dtype).eps)
        np.save("x.npy", twin)
        winner = json.loads(run("aggregate", "krum", "-f", 2, "x.npy", "--json", "-").stdout)["selected"][0]
        near = int(np.argsort(np.abs(twin - twin[winner]).sum(1))[1])
        finding = judged("its twin", "AMBIGUOUS", 1, "krum", twin, twin[near], "-f", 2)
        check("gap and resolution", finding["selected"] == [near] and 0 < number(finding["gap"]) <= number(finding["resolution"]), finding)
        lower = np.sort(x[:10], 0)[4]
        finding = judged("a lower median", "PROFILE", 1, "median", x[:10], lower, "-f", 2)
        check("its definition", finding["profile"] == "lpd-py" and finding["profile_exact"] and "lpd-py" in finding["profiles"], finding)
        farthest = int(np.argmax(((x - middle) ** 2).sum(1)))
        judged("another row", "WRONG", 1, "krum", x, x[farthest], "-f", 2)


def test_text():
    """The histogram is short and complete; what to do next is a command that runs."""
    x = noise("f4", d=300)
    np.save("x y.npy", x)
    y = np.median(x, 0)
    y[:200] *= (1 + 2.0 ** -np.linspace(1, 24, 200)).astype("f4")
    y[299] = np.nan
    np.save("y.npy", y)
    lines = run("check", "median", "-f", 2, "x y.npy", "--json", "f.json", "y.npy").stdout.decode().splitlines()
    finding = json.loads(read("f.json"))
    ulps = next(line for line in lines if line.startswith("ULPs ")).split(None, 1)[1].split(", ")
    counts, left = [int(part.split()[0]) for part in ulps], finding["ulps"]["at_most"]
    check("at most six classes, of all coordinates", len(ulps) <= 6 and sum(counts) == 300 and sum(left) == 299, (ulps, left))
    check("equal first, not finite last", ulps[0] == f"{left[0]} equal" and ulps[-1] == "1 not finite", ulps)
    limits = [2 ** int(text[2:]) if text.startswith("2^") else int(text) for text in (part.split()[-1] for part in ulps[1:-1])]
    below = [sum(left[1 : limit.bit_length()]) for limit in limits]
    check("each class is what is below its limit and in none before", [b - a for a, b in zip([0, *below], below)] == counts[1:-1], (ulps, left))
    check("classes ascend", limits == sorted(limits), ulps)
    check("four of the worst, and how many more", sum(line.startswith("  at ") for line in lines) == 4
          and f"  and {finding['different'] - 4} more" in lines and len(finding["worst"]) == 8, lines)
    command = next(line for line in lines if line.startswith("next ")).split(None, 1)[1]
    check("the command", command == "certigar identify median -f 2 'x y.npy' y.npy", command)
    check("it runs", run(*shlex.split(command)[1:]).returncode in (0, 1))
    np.save("own.npy", np.median(x, 0))
    done = run("check", "median", "-f", 2, "x y.npy", "own.npy")
    check("what is right needs one line", done.stdout == b"EXACT: every word is what the rule gives\n", done)


def test_pre_aggregations():
    for dtype in ("f4", "f8"):
        x = noise(dtype, n=9)
        x[:, 0] += 100 * np.arange(9)
        near = np.argsort(np.abs(x[:, None, 0] - x[None, :, 0]), axis=1)[:, :7]
        y = np.median(np.stack([x[rows[::-1]].mean(0) for rows in near]), 0)
        finding = judged("a median of mixed rows", "ROUNDING", 0, "median", x, y, "-f", 2, "--pre", "nnm")
        check("it differs", finding["different"] > 5 and finding["outside"] == 0, finding)
        y[3] *= 1 + 200 * np.finfo(dtype).eps
        judged("an error beyond it", "WRONG", 1, "median", x, y, "-f", 2, "--pre", "nnm")


def test_ties():
    line = np.array([[0.0], [1], [2], [3], [4]])
    for dtype in ("f4", "f8"):
        x = line.astype(dtype)
        finding = judged("another winner", "TIE", 0, "krum", x, x[3], "-f", 1)
        check("the row, and the choices", finding["selected"] == [3] and 2 <= finding["admissible"] <= finding["admissible_cap"], finding)
        finding = judged("another set", "TIE", 0, "mda", x, np.array([2.5], dtype), "-f", 1)
        check("the rows", finding["selected"] == [1, 2, 3, 4] and finding["expected"]["selected"] == [0, 1, 2, 3], finding)
        judged("the value on the other side", "TIE", 0, "meamed", x[:3], np.array([1.5], dtype), "-f", 1)


def test_numbers():
    """Errors and bounds of an average against fractions."""
    for bits in (32, 64):
        x = noise(f"f{bits // 8}", n=7, d=5)
        y = x.mean(0) * np.array([1, 1.001, 1 - 2**-18, 1, 2], x.dtype)
        np.save("x.npy", x)
        np.save("y.npy", y)
        finding = json.loads(run("check", "average", "x.npy", "y.npy", "--json", "-").stdout)
        judge = Judge(bits, "average", 0, [[int(w) for w in row] for row in words_of(x)])
        unit = Fraction(1, 2 ** (149 if bits == 32 else 1074))
        for w in finding["worst"]:
            c = w["coordinate"]
            column = judge.column(c)
            error = abs(Fraction(float(y[c])) - sum(Fraction(float(v)) for v in x[:, c]) / 7)
            bound = judge.bound(column) * unit
            check(f"error of coordinate {c}", error <= number(w["error"]) <= error * (1 + Fraction(1, 2**60)), w)
            check(f"bound of coordinate {c}", bound * (1 - Fraction(1, 2**60)) <= number(w["bound"]) <= bound, w)
            check(f"candidate of coordinate {c}", float.fromhex(w["candidate"]) == float(y[c]) and int(w["candidate_bits"], 16) == int(words_of(y)[c])
                  and len(w["candidate_bits"]) == 2 + bits // 4, w)
        ratios = [number(w["error"]) / number(w["bound"]) for w in finding["worst"]]
        check("the worst come first", ratios == sorted(ratios, reverse=True), ratios)


def test_layouts():
    for dtype in ("f4", "f8"):
        x = noise(dtype)
        y = x.mean(0)
        answers = set()
        for name, values in layouts(x):
            np.save("x.npy", values)
            for candidate in (y, y.reshape(1, -1), y.astype(">" + dtype), np.asfortranarray(y.reshape(1, -1))):
                np.save("y.npy", candidate)
                done = run("check", "average", "x.npy", "y.npy", "--json", "-")
                check(f"{name}: finishes", done.returncode == 0, done)
                answers.add(done.stdout)
        check("layouts change nothing", len(answers) == 1, answers)
        np.save("x.npy", x)
        np.save("y.npy", y)
        for options in (["--threads", 1], ["--threads", 3], ["--level", "baseline"]):
            done = run("check", "average", *options, "x.npy", "y.npy", "--json", "-")
            check(f"{options} changes nothing", {done.stdout} == answers, done)
        check("the input on standard input", {run("check", "average", "-", "y.npy", "--json", "-", input=read("x.npy")).stdout} == answers)
        check("the candidate on standard input", {run("check", "average", "x.npy", "-", "--json", "-", input=read("y.npy")).stdout} == answers)


def test_files():
    x = noise("f4")
    np.save("x.npy", x)
    np.save("y.npy", x.mean(0))
    done = run("check", "average", "x.npy", "y.npy", "--json", "finding.json")
    check("with a file the text is there too", done.returncode == 0 and done.stdout.startswith(b"ROUNDING: "), done)
    check("and the file", json.loads(read("finding.json"))["verdict"] == "ROUNDING" and listing() == ["finding.json", "x.npy", "y.npy"], listing())
    expect("no such folder", run("check", "average", "x.npy", "y.npy", "--json", "none/finding.json"), 5, "none/finding.json")
    with open("/dev/full", "wb") as full:
        expect("no room for the text", run("check", "average", "x.npy", "y.npy", stdout=full), 5, "standard output")
        expect("no room for the JSON", run("check", "average", "x.npy", "y.npy", "--json", "-", stdout=full), 5, "standard output")


def test_refusals():
    x = noise("f4")
    np.save("x.npy", x)
    np.save("y.npy", x[0])
    np.save("wide.npy", x[0].astype("f8"))
    np.save("short.npy", x[0, :-1])
    np.save("rows.npy", x[:2])
    np.save("cube.npy", x[:1, :, None])
    expect("no rule", run("check"), 2, "check needs a rule, an input and a candidate")
    expect("no input", run("check", "krum"), 2, "check needs an input file")
    expect("no candidate", run("check", "krum", "x.npy"), 2, "candidate file")
    expect("an operand too many", run("check", "krum", "x.npy", "y.npy", "z.npy"), 2, "unexpected operand 'z.npy'", "two files")
    expect("an unknown rule", run("check", "krun", "x.npy", "y.npy"), 2, "krum")
    expect("-o", run("check", "krum", "x.npy", "y.npy", "-o", "out.npy"), 2, "-o")
    expect("--profile", run("check", "krum", "x.npy", "y.npy", "--profile", "byzfl"), 2, "--profile")
    expect("both on standard input", run("check", "krum", "-", "-"), 2, "only one")
    expect("an f too great", run("check", "krum", "-f", 5, "x.npy", "y.npy"), 2, "f = 5")
    expect("another type", run("check", "krum", "x.npy", "wide.npy"), 3, "wide.npy", "float64", "float32")
    expect("too few values", run("check", "krum", "x.npy", "short.npy"), 3, "short.npy", "39 values", "40 columns")
    expect("two rows", run("check", "krum", "x.npy", "rows.npy"), 3, "rows.npy", "2 rows", "one row")
    expect("three axes", run("check", "krum", "x.npy", "cube.npy"), 3, "cube.npy", "3 axes; expected 1 or 2")
    expect("no file", run("check", "krum", "x.npy", "none.npy"), 3, "none.npy")
    expect("no input file", run("check", "krum", "none.npy", "y.npy"), 3, "none.npy")
    np.save("bad.npy", np.full((3, 40), np.nan, "f4"))
    expect("no value", run("check", "geometric-median", "-f", 1, "bad.npy", "y.npy"), 4, "no value")
    check("nothing was written", set(listing()) == {f"{name}.npy" for name in ("x", "y", "wide", "short", "rows", "cube", "bad")}, listing())
    done = run("check", "--help")
    check("help", done.returncode == 0 and done.stdout == run("help", "check").stdout and b"AMBIGUOUS" in done.stdout, done)
    page = os.path.join(cli.HERE, "..", "docs", "man", "certigar-check.1")
    check("the manual page names every key", all(key.encode() in read(page).replace(b"\\", b"") for key in KEYS))


def main():
    for test in (test_verdicts, test_text, test_pre_aggregations, test_ties, test_numbers, test_layouts, test_files, test_refusals):
        with directory():
            test()
    finish()


if __name__ == "__main__":
    main()
