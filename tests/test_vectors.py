#!/usr/bin/env python3
"""The test vectors: what the program writes, right by two other computations, and against every wrong program.

usage: test_vectors.py [--write] [RULE...]      --write: writes tests/vectors anew first
"""
import argparse
import json
import subprocess
import tempfile
from fractions import Fraction
from math import ceil
from pathlib import Path

import check_exact
import checks
import exact_rules
import exact_selection as exact
import exact_ties
from checks import check, finish
from json_schema import errors
from test_selection_real import distance, parse
from vector_file import fraction, read, unit

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests/vectors"
COLUMNS = ("average", "median", "trimmed-mean", "meamed")
STAGES = ("nnm", "bucketing", "clip", "arc")
REAL = ("geometric-median", "centered-clipping", "caf")

# Every wrong program must be caught where these say: in a case where the rule in plain arithmetic is not against the vectors too.
SCORED = ["GramDistances", "SelfByValue", "FourthPowers", "PlainDistances", "OneNeighbourMore", "ZeroTimesInfinity"]
WRONG = {
    "average": [],
    "median": ["LowerMedian", "UpperMedian", "NanPoisons", "FiniteValuesOnly"],
    "trimmed-mean": ["Subtraction", "IntTruncation", "EmptySlice"],
    "meamed": ["LowerMedian", "NanPoisons"],
    "krum": SCORED + ["NanIsLeast"],
    "multi-krum": SCORED + ["SumForMean"],
    "bulyan": ["GramDistances", "PlainDistances", "LowerMedian", "UpperMedian", "OneShot", "OneValueTooFew"],
    "multi-bulyan": ["GramDistances", "PlainDistances", "OneNeighbourMore", "LowerMedian", "UpperMedian", "StaleScores", "WinnerForMean",
                     "TwoRoundsMore", "TwoValuesMore", "OneValueTooFew"],
    "mda": ["GramDistances", "SumForMean", "ZeroTimesInfinity", "DividedByTooFew"],
    "cge": ["SumForMean", "ZeroTimesInfinity"],
    "monna": ["GramDistances", "SumForMean", "ZeroTimesInfinity"],
    "geometric-median": ["ThreeSteps", "CompoundWeights"],
    "brsgd": ["StrictlyAbove", "MedianForMean", "LowerMedian", "EuclideanDistances", "HalfLimit", "BelowLimit", "IntTruncation",
              "ShareOfAllRows"],
    "zeno": ["NanIsGreatest", "SumForMean", "ZeroTimesInfinity"],
    "centered-clipping": ["NanPoisons"],
    "caf": ["NoFilter"],
    "smea": ["NoFilter", "TraceForEigenvalue", "OneStep", "NotCentred", "DroppedRowsNotCounted", "DiameterForEigenvalue"],
    "nnm": ["GramDistances", "SelfByValue", "OneRowTooFew", "ZeroTimesInfinity"],
    "bucketing": ["DividedByBucketSize", "NoPermutation"],
    "clip": ["PlainArithmetic"],
    "arc": ["IntTruncation", "FewNormsLeftOut"],
}
# Those that catch nothing but what rounding costs in plain arithmetic are caught by being right.
FOR = ("TIE", "ROUNDING")


def shown(rows):
    return "none" if rows is None else " ".join(f"{w:x}" for w in rows)


# ---- with fractions ----

def threshold(case):
    text = case.parameters["threshold"]
    return None if text == "inf" else fraction(text)


def by_columns(case):
    kind = case.parameters.get("median", "midpoint")
    columns = [exact_rules.aggregate(case.fmt.bits, case.subject, case.f, column, kind) for column in zip(*case.rows)]
    answer = exact.Answer(out=[word for word, _, _ in columns], column_ties=sum(tie for _, tie, _ in columns))
    return exact.finish(case.fmt, case.rows, case.f, answer)


def by_stage(case):
    fmt, rows, f = case.fmt, case.rows, case.f
    name, _, rest = case.parameters["pre"][0].partition(":")
    with_ = dict(pair.split("=") for pair in rest.split(",")) if rest else {}
    ties = 0
    if name == "nnm":
        made, ties = exact.nnm(fmt, rows, f)
    elif name == "bucketing":
        order = exact.permutation(int(with_["seed"]), case.n) if "seed" in with_ else list(range(case.n))
        made = exact.bucketing(fmt, rows, int(with_["s"]), order)
    elif name == "clip":
        made = exact.clip(fmt, rows, fraction(with_["tau"]))
    else:
        made = exact.arc(fmt, rows, f)
    check(f"{case.name}: rows after {name}: {[shown(row) for row in case.made]}, with fractions {[shown(row) for row in made]}", made == case.made)
    return exact.finish(fmt, rows, f, exact.Answer(out=exact.mean_of(fmt, made), ties=ties))


def by_fractions(case):
    """None for rules over real numbers."""
    fmt, rows, f, p = case.fmt, case.rows, case.f, case.parameters
    if case.subject in COLUMNS:
        return by_columns(case)
    if case.subject in STAGES:
        return by_stage(case)
    match case.subject:
        case "krum":
            return exact.krum(fmt, rows, f)
        case "multi-krum":
            return exact.multi_krum(fmt, rows, f, p["m"])
        case "bulyan":
            return exact.bulyan(fmt, rows, f)
        case "multi-bulyan":
            return exact.multi_bulyan(fmt, rows, f, p["variant"])
        case "mda":
            return exact.mda(fmt, rows, f)
        case "cge":
            return exact.cge(fmt, rows, f)
        case "monna":
            return exact.monna(fmt, rows, f, p["pivot"])
        case "brsgd":
            return exact.brsgd(fmt, rows, f, case.rational("beta"), threshold(case))
        case "zeno":
            return exact.zeno(fmt, rows, f, Fraction(0), case.losses())
    return None


def status_of(answer):
    return "no value" if answer.out is None else "not finite" if answer.not_finite else "ok"


def check_fractions(case):
    answer = by_fractions(case)
    if answer is None:
        return
    data = case.data
    check(f"{case.name}: {shown(case.expected)}, with fractions {shown(answer.out)}", answer.out == case.expected)
    check(f"{case.name}: status {data['status']}, with fractions {status_of(answer)}", status_of(answer) == data["status"])
    ties = int(answer.ties) + answer.column_ties
    check(f"{case.name}: {data['ties']} ties, with fractions {ties}", ties == data["ties"])
    if case.subject not in COLUMNS + STAGES:
        check(f"{case.name}: selected {data['selected']}, with fractions {answer.selected}", answer.selected == data["selected"])


# ---- the outputs that ties admit ----

def admissible(case):
    fmt, rows, f, p = case.fmt, case.rows, case.f, case.parameters
    match case.subject:
        case "meamed" | "krum" | "cge" | "mda" | "bulyan" as rule:
            return getattr(exact_ties, rule)(fmt, rows, f)
        case "multi-krum":
            return exact_ties.multi_krum(fmt, rows, f, p["m"])
        case "monna":
            return exact_ties.monna(fmt, rows, f, p["pivot"])
        case "multi-bulyan":
            return exact_ties.multi_bulyan(fmt, rows, f, p["variant"])
        case "zeno":
            return exact_ties.zeno(fmt, rows, f, case.losses())
        case "brsgd":
            return exact_ties.brsgd(fmt, rows, f, case.rational("beta"), threshold(case))
    return None


def same(fmt, a, b):
    return all(x == y or (fmt.is_nan(x) and fmt.is_nan(y)) for x, y in zip(a, b))


def check_ties(case):
    listed = [tuple(case.words(row)) for row in case.data.get("admissible", ())] or [tuple(case.expected or ())]
    complete = case.data.get("all_admissible", True)
    good = listed[0] == tuple(case.expected or ()) and len(set(listed)) == len(listed)
    check(f"{case.name}: admissible outputs do not begin with the expected one, or are there twice", good)
    known = admissible(case) if case.data["ties"] and case.expected is not None else None
    if known is not None:
        good = set(listed) <= known and (set(listed) == known or not complete)
        check(f"{case.name}: admissible {[shown(x) for x in listed]}, with fractions {[shown(x) for x in sorted(known)]}", good)
    for answer in case.data["answers"] if complete and case.subject not in REAL else ():
        output = case.words(answer["output"])
        is_tie = any(same(case.fmt, output, x) for x in listed[1:])
        check(f"{case.name}: {answer['by']}: {answer['verdict']}, but is it admissible: {is_tie}", is_tie == (answer["verdict"] == "TIE"))


# ---- with reference/ ----

def question(case):
    p, rule, n, rows = case.parameters, case.subject, case.n, case.rows
    with_ = []
    match rule:
        case "median":
            with_ = [("midpoint", "lower", "upper").index(p["median"])]
        case "multi-krum":
            with_ = [p["m"]]
        case "monna":
            with_ = [p["pivot"]]
        case "multi-bulyan":
            rule += "-iterated" if p["variant"] == "iterated" else ""
        case "brsgd":
            with_ = [case.rational("beta"), threshold(case) or 0]
        case "zeno":
            with_ = [0, *(f"{w:x}" for w in case.losses())]
        case "centered-clipping":
            with_ = [p["tau"], p["iterations"]]
            n, rows = n + 1, [case.words(p["centre"]) if p["centre"] else [0] * case.d, *rows]
        case "bucketing":
            text = dict(pair.split("=") for pair in p["pre"][0].split(":")[1].split(","))
            if "seed" not in text:
                return None  # the reference program permutes always
            with_ = [text["s"], text["seed"]]
        case "clip":
            with_ = [fraction(p["pre"][0].split("=")[1])]
    return " ".join(map(str, (rule, case.fmt.bits, n, case.f, case.d, *with_, *(f"{w:x}" for row in rows for w in row))))


def ask_reference(cases):
    asked = [(case, question(case)) for case in cases]
    asked = [(case, text) for case, text in asked if text is not None]
    done = subprocess.run([ROOT / "build/reference_selection"], input="".join(text + "\n" for _, text in asked), capture_output=True, text=True,
                          check=False)
    answers = done.stdout.splitlines()
    if not check(f"build/reference_selection: {len(answers)} answers to {len(asked)} questions; {done.stderr.strip()}", len(answers) == len(asked)):
        return
    for (case, text), answer in zip(asked, answers):
        try:
            problem = compare_reference(case, answer)
        except (ValueError, IndexError, ZeroDivisionError) as error:
            problem = f"the answer is {answer!r}: {error!r}"
        check(f"{case.name}: {problem}\n  echo {text} | build/reference_selection", not problem)


def compare_reference(case, answer):
    """What is wrong, or nothing."""
    if case.subject in REAL:
        return compare_real(case, answer)
    fields = answer.split("|")
    words = None if fields[-1] == "none" else [int(w, 16) for w in fields[-1].split()]
    if case.subject in STAGES:
        made = [w for row in case.made for w in row]
        return "" if words == made else f"rows {shown(made)}, the reference {shown(words)}"
    if words != case.expected:
        return f"{shown(case.expected)}, the reference {shown(words)}"
    if case.subject in COLUMNS or case.subject == "smea":
        return ""
    selected, ties = [int(i) for i in fields[0].split()], int(fields[2]) + int(fields[3])
    return "" if (selected, ties) == (case.data["selected"], case.data["ties"]) else f"selected {selected} and {ties} ties by the reference"


# ---- rules over real numbers ----

def ulp(fmt, magnitude):
    """In units."""
    return fmt.magnitude_value(magnitude + 1) - fmt.magnitude_value(magnitude)


def compare_real(case, answer):
    finite, *fields = answer.split("|")
    if case.expected is None:
        return "" if finite == "0" and case.data["status"] == "no value" else "the reference has a value"
    y = parse(fields[0])
    return compare_median(case, *parse(fields[1])) if case.subject == "geometric-median" else compare_interval(case, y)


def compare_interval(case, y):
    fmt, u = case.fmt, unit(case.fmt)
    rows = [row for row in case.rows if exact.is_finite_row(fmt, row)]
    rows += [case.words(case.parameters["centre"])] if case.parameters.get("centre") else []
    for c, (text, column) in enumerate(zip(case.data["exact"], zip(*rows))):
        low, high = map(fraction, text)
        if not low <= y[c] * u <= high:
            return f"coordinate {c} of the reference, {float(y[c] * u)!r}, is not in {text}"
        allowed = ulp(fmt, max(map(fmt.magnitude, column)))
        if abs(fmt.value(case.expected[c]) - y[c]) > allowed:
            return f"coordinate {c} is off by more than an ULP of the greatest magnitude"
    return ""


def compare_median(case, least, gap):
    """least, gap: the reference's sum of distances, in units."""
    fmt, u = case.fmt, unit(case.fmt)
    rows = [[fmt.value(w) for w in row] for row in case.rows if exact.is_finite_row(fmt, row)]
    low, high = map(fraction, case.data["objective"])
    ours, slack = fraction(case.data["gap"]), Fraction(1, 2**1000)
    if not (low - ours <= (least + gap) * u + slack and (least - gap) * u <= high):
        return f"the least sum of distances, {float(least * u)!r}, is not between {float(low - ours)!r} and {float(high)!r}"
    # spec/verdicts.md, ROUNDING: the tolerance's share, and what rounding to the format may cost
    y = [fmt.value(w) for w in case.expected]
    far = sorted(distance(y, row) for row in rows)
    share = Fraction(1, 10**5 if fmt.bits == 32 else 10**9) * sum(far[: ceil(len(rows) / 2)])
    halves = distance([Fraction(ulp(fmt, fmt.magnitude(w)), 2) for w in case.expected], [0] * case.d)
    excess = sum(far) - least - gap
    return "" if excess <= share + len(rows) * halves + 1 else f"the sum of distances of the output is {float(excess * u)!r} above the least one"


# ---- answers of wrong programs ----

def check_verdicts(case):
    """Of rules of columns, whose verdicts have a twin: tests/check_exact.py."""
    if case.subject not in COLUMNS or case.n > 8:
        return
    judge = check_exact.Judge(case.fmt.bits, case.subject, case.f, case.rows, median=case.parameters.get("median", "midpoint"))
    for answer in case.data["answers"]:
        verdict = judge.verdict(case.words(answer["output"]), case.expected)
        good = verdict == answer["verdict"] or (answer["verdict"] == "PROFILE" and verdict == "WRONG")
        check(f"{case.name}: {answer['by']}: {answer['verdict']}, with fractions {verdict}", good)


def check_wrong(rule, cases):
    """Which cases catch a wrong program, by its flag; and that each program by itself is caught."""
    caught, programs, tried = {}, set(), set()
    for case in cases:
        against = {answer["by"]: answer["flag"] for answer in case.data["answers"] if answer["verdict"] not in FOR}
        plain = "PlainArithmetic" in against.values()
        tried |= {answer["by"] for answer in case.data["answers"] if answer["flag"] != "PlainArithmetic"}
        programs |= set() if plain else set(against)
        for flag in against.values():
            if not plain or flag == "PlainArithmetic":
                caught.setdefault(flag, []).append(case.data["id"])
    check(tried <= programs, f"{rule}: no case catches {sorted(tried - programs)}")
    for flag in WRONG[rule]:
        check(f"{rule}: no case catches {flag}", flag in caught)
    print(f"  {rule}, {len(cases)} cases, against " + (", ".join(f"{flag} {len(ids)}" for flag, ids in sorted(caught.items())) or "nothing"))


# ---- the files ----

def check_file(rule, path, schema):
    data, cases = read(path)
    for problem in errors(data, schema):
        check(f"{path.name}: {problem}", False)
    check(f"{path.name}: rule {data['rule']}, {data['case_count']} cases", data["rule"] == rule and data["case_count"] == len(cases))
    check(f"{path.name}: ids are not 1, 2, ...", [case.data["id"] for case in cases] == list(range(1, len(cases) + 1)))
    flags = {flag for case in cases for flag in case.data["flags"]}
    check(f"{path.name}: notes without cases, or flags without notes: {sorted(flags ^ set(data['notes']))}", flags == set(data["notes"]))
    for case in cases:
        shape = (len(case.rows), {len(row) for row in case.rows}, len(case.expected or case.rows[0]))
        check(f"{case.name}: is of another shape than it says", shape == (case.n, {case.d}, case.d) and case.parameters["f"] == case.f)
        check_fractions(case)
        check_ties(case)
        check_verdicts(case)
    ask_reference(cases)
    check_wrong(rule, cases)


def write(folder):
    done = subprocess.run([ROOT / "build/certigar", "vectors", "-o", folder], check=False)
    return check(f"build/certigar vectors -o {folder}: exit status {done.returncode}", done.returncode == 0)


def check_written():
    with tempfile.TemporaryDirectory() as folder:
        if not write(folder):
            return
        for rule in WRONG:
            new, old = (Path(place) / f"{rule}.json" for place in (folder, FOLDER))
            check(f"tests/vectors/{rule}.json is not what certigar vectors {rule} writes", old.exists() and new.read_bytes() == old.read_bytes())
    known = {f"{rule}.json" for rule in WRONG} | {"schema.json", "README.md"}
    check("tests/vectors: a file too many, or too few", {path.name for path in FOLDER.iterdir()} == known)
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    check(f"tests/vectors: {size} bytes", size < 3_000_000)


def check_schema(schema):
    """The schema refuses what is not meant."""
    data, _ = read(FOLDER / "krum.json")
    for spoil in (lambda d: d.pop("notes"), lambda d: d["cases"][0].update(more=1), lambda d: d["cases"][0].update(dtype="float16"),
                  lambda d: d["cases"][0]["rows"][0].__setitem__(0, "1.5"), lambda d: d["cases"][0].update(n=0),
                  lambda d: d.update(cases=d["cases"][:59])):
        spoiled = json.loads(json.dumps(data))
        spoil(spoiled)
        check("schema.json takes a spoiled file", any(True for _ in errors(spoiled, schema)))


def check_command():
    """What certigar vectors says when it is asked wrongly, and that one rule goes where it was told."""
    def run(*arguments):
        return subprocess.run([ROOT / "build/certigar", "vectors", *arguments], capture_output=True, text=True, check=False)
    for arguments, status, said in (([], 2, "vectors needs a rule"), (["krun"], 2, "did you mean 'krum'?"), (["krum", "mda"], 2, "operand 'mda'"),
                                    (["quorum"], 2, "no vectors of 'quorum'"), (["mda", "-o", "/nowhere"], 5, "/nowhere/mda.json: cannot be written")):
        done = run(*arguments)
        check(f"certigar vectors {' '.join(arguments)}: {done}", done.returncode == status and said in done.stderr and not done.stdout)
    check("certigar vectors --help", run("--help").stdout.startswith("usage: certigar vectors"))
    with tempfile.TemporaryDirectory() as folder:
        done, printed = run("monna", "-o", folder), run("monna")
        files = list(Path(folder).iterdir())
        check(f"certigar vectors monna -o: {done}, {files}", [file.name for file in files] == ["monna.json"] and files[0].read_text() == printed.stdout)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--write", action="store_true", help="write tests/vectors anew first")
    options.add_argument("rules", nargs="*", metavar="RULE", help="of these only, and not whether the files are up to date")
    options = options.parse_args()
    checks.most_shown = 20
    if options.write:
        write(FOLDER)
    if not options.rules:
        check_written()
        check_command()
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="ascii"))
    check_schema(schema)
    for rule in options.rules or WRONG:
        check_file(rule, FOLDER / f"{rule}.json", schema)
    finish()


if __name__ == "__main__":
    main()
