#!/usr/bin/env python3
"""certigar audit from outside: programs that are right, wrong, and that misbehave (support/audit_program.py); kills and resumes; the reports.

usage: test_audit.py [PATH/TO/certigar]        default: build/certigar; ends with "N passed, M failed"
"""
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path

sys.dont_write_bytecode = True
from checks import check, finish, ran  # noqa: E402

HERE = Path(__file__).resolve().parent
PROGRAM = str(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE.parent / "build" / "certigar")
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
WORKER = [PYTHON, str(HERE / "support" / "audit_program.py")]
AGAINST = {"BREACH", "AMBIGUOUS", "PROFILE", "WRONG", "CRASH", "TIMEOUT", "PROTOCOL", "ERROR", "NOT_RUN"}


def command(state, options, worker):
    reports = ["--json", f"{state}.json", "--junit", f"{state}.xml", "--report", f"{state}.html"]
    return [PROGRAM, "audit", "--state", str(state), *reports, *map(str, options), "--", *worker]


def audit(state, mode, *options, extra=(), resume=False):
    """(exit status, result, standard error) of an audit of the worker in a mode."""
    argv = command(state, [*options, *(["--resume"] if resume else [])], [*WORKER, mode, *extra])
    ran(argv)
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)
    result = json.loads(Path(f"{state}.json").read_text()) if os.path.exists(f"{state}.json") else None
    return done.returncode, result, done.stdout + done.stderr


def outcomes(result, rule):
    return {name: count for name, count in next(row for row in result["rules"] if row["rule"] == rule)["outcomes"].items() if count}


def rule_of(result, rule):
    return next(row for row in result["rules"] if row["rule"] == rule)


def without_times(value):
    if isinstance(value, dict):
        return {key: without_times(inner) for key, inner in value.items() if key != "milliseconds"}
    return [without_times(inner) for inner in value] if isinstance(value, list) else value


def test_right(folder):
    status, result, text = audit(folder / "right", "right", "--cases", 60)
    check("a right program passes", status == 0 and result["passed"], (status, text))
    for rule in ("average", "median", "trimmed-mean", "meamed", "krum", "cge"):
        check(f"{rule}: all exact", outcomes(result, rule) == {"EXACT": 60}, outcomes(result, rule))
    check("the others are unsupported", outcomes(result, "bulyan") == {"UNSUPPORTED": 60}, outcomes(result, "bulyan"))
    check("no worst and no smallest", all(row["worst"] is None and row["smallest"] is None for row in result["rules"]))
    status, result, _ = audit(folder / "unsupported", "right", "--cases", 2, "--rule", "krum", "--rule", "bulyan")
    check("a rule that was named must be there", status == 1 and not result["passed"], status)
    status, _, _ = audit(folder / "words", "right", "--cases", 60, "--encoding", "json", "--rule", "median", "--rule", "krum")
    check("the same by JSON alone", status == 0, status)


def test_fixed(folder):
    """What options fix is fixed."""
    _, result, _ = audit(folder / "fixed", "right", "--cases", 30, "--rule", "krum", "-f", 2, "--dtype", "float32", "--seed", 7)
    cases = rule_of(result, "krum")["cases"]
    check("-f and --dtype", {(case["f"], case["dtype"]) for case in cases} == {(2, "float32")} and all(case["n"] >= 7 for case in cases), cases[0])
    _, other, _ = audit(folder / "fixed", "right", "--cases", 30, "--rule", "krum", "-f", 2, "--dtype", "float32", "--seed", 8)
    check("another seed, other shapes", [case["n"] for case in cases] != [case["n"] for case in rule_of(other, "krum")["cases"]])


def test_nan_row(folder):
    status, result, _ = audit(folder / "nan", "nan-row", "--cases", 50, "--rule", "krum", "--rule", "median")
    krum = rule_of(result, "krum")
    medians = outcomes(result, "median")
    check("a Krum that takes the NaN row fails, and only it", status == 1 and set(medians) == {"EXACT"}, medians)
    check("as a breach", outcomes(result, "krum").get("BREACH", 0) > 0, outcomes(result, "krum"))
    worst = krum["worst"]
    least = worst["d"] == 1 and worst["n"] == 2 * worst["f"] + 3
    check("the worst is shrunk", worst["outcome"] == "BREACH" and worst["reproduced"] and least, worst)
    special = {"float32": 0x7f800000, "float64": 0x7ff0000000000000}[worst["dtype"]]
    rows = [[int(word, 16) for word in row] for row in worst["rows"]]
    nonfinite = sum(any(word & special == special for word in row) for row in rows)
    check("to rows that are not finite, at most f, among others", 0 < nonfinite <= worst["f"], worst["rows"])
    files = {Path(name).name for name in worst["files"]}
    check("its files are named", files == {"krum-worst.npy", "krum-worst-answer.npy", "krum-worst.request"}, files)
    check("and there", all(os.path.exists(name) for name in worst["files"]), worst["files"])
    named = shlex.join(["certigar", "check", "krum", "-f", str(worst["f"]), *worst["files"][:2]])
    check("its command names them", worst["check"] == named, worst["check"])
    done = subprocess.run(worst["ask"], shell=True, capture_output=True, check=False)
    line, data = done.stdout.split(b"\n", 1)
    answered = Path(worst["files"][1]).read_bytes()
    size = 4 if worst["dtype"] == "float32" else 8
    check("asked again it answers the same", json.loads(line)["bytes"] == len(data) and data[-size:] == answered[-size:], done)
    summary = worst["check"].split()
    again = subprocess.run([PROGRAM, *summary[1:]], capture_output=True, text=True, check=False)
    check("certigar check says the same", again.returncode == 1 and "BREACH" in again.stdout, again)


MISBEHAVIOUR = {
    "crash": ("CRASH", "signal 11"), "exit": ("CRASH", "exit status 3"), "garbage": ("PROTOCOL", "no JSON object: no JSON <here>"),
    "too-many": ("PROTOCOL", "more bytes"), "oversized": ("PROTOCOL", "announces 1000000000 bytes"), "wrong-id": ("PROTOCOL", "id"),
    "wrong-dtype": ("PROTOCOL", "asked was"), "wrong-shape": ("PROTOCOL", "2 values"), "no-npy": ("PROTOCOL", "not an .npy file"),
    "error": ("ERROR", "it went wrong"), "eager": ("PROTOCOL", "no end of the line"),
}


def test_misbehaviour(folder):
    for mode, (name, reason) in MISBEHAVIOUR.items():
        status, result, text = audit(folder / mode, mode, "--cases", 12, "--rule", "average")
        worst = rule_of(result, "average")["worst"]
        check(f"{mode}: {name}", status == 1 and worst["outcome"] == name and reason in worst["reason"], (status, text))
        kinds = outcomes(result, "average")
        check(f"{mode}: nothing else is against it", set(kinds) & AGAINST == {name}, kinds)
        if mode in ("crash", "exit", "too-many"):
            check(f"{mode}: the audit goes on", kinds.get("EXACT", 0) > 0 and kinds["EXACT"] + kinds[name] == 12, kinds)
        if mode == "exit":
            check("the end of standard error is kept", worst["stderr"] == "going\nto end\n", worst.get("stderr"))
    _, result, _ = audit(folder / "not-words", "not-words", "--cases", 2, "--rule", "average", "--encoding", "json")
    check("not-words: PROTOCOL", outcomes(result, "average") == {"PROTOCOL": 2}, outcomes(result, "average"))


def test_time_limits(folder):
    for mode in ("hang", "too-few"):
        started = time.monotonic()
        status, result, _ = audit(folder / mode, mode, "--cases", 12, "--rule", "average", "--timeout", "0.3")
        kinds = outcomes(result, "average")
        check(f"{mode}: TIMEOUT, and the audit goes on", status == 1 and kinds.get("TIMEOUT", 0) > 0 and kinds.get("EXACT", 0) > 0, kinds)
        check(f"{mode}: in time", time.monotonic() - started < 60)
    status, result, _ = audit(folder / "deaf", "deaf", "--cases", 60, "--rule", "average", "--timeout", "0.2", "-f", 40)
    kinds = outcomes(result, "average")
    check("deaf: a request that is not read is a TIMEOUT or an answer", status == 1 and set(kinds) <= {"TIMEOUT", "UNSUPPORTED", "NOT_RUN"}, kinds)


def test_giving_up(folder):
    """A program that never starts is not started for every case."""
    argv = command(folder / "never", ["--cases", 40, "--rule", "average"], ["false"])
    ran(argv)
    status = subprocess.run(argv, capture_output=True, check=False).returncode
    kinds = outcomes(json.loads((folder / "never.json").read_text()), "average")
    check("after twenty crashes and no answer the rest is not run", status == 1 and kinds == {"CRASH": 20, "NOT_RUN": 20}, kinds)
    _, result, _ = audit(folder / "often", "crash-of-two", "--cases", 90, "--rule", "average")
    kinds = outcomes(result, "average")
    check("but a program that has answered is asked all", set(kinds) == {"EXACT", "CRASH"} and kinds["CRASH"] > 20, kinds)


def test_no_deadlock(folder):
    status, result, text = audit(folder / "chatty", "chatty", "--cases", 60, "--rule", "average", "-f", 4)
    check("much on standard error does not block", status == 0 and outcomes(result, "average") == {"EXACT": 60}, text)


def running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_processes(folder):
    number = folder / "number"
    audit(folder / "forks", "forks", "--cases", 3, "--rule", "average", extra=[str(number)])
    check("what a program started, and took out of its group, is killed", not running(int(number.read_text())), number.read_text())


def begin(folder, name, log, *options):
    """An audit that is well on its way."""
    argv = command(folder / name, ["--cases", 60, "--rule", "average", "--rule", "krum", *options], [*WORKER, "logs", str(log)])
    ran(argv)
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and (not log.exists() or len(log.read_text().split()) < 40):
        time.sleep(0.001)
    return process


def test_resume(folder):
    """kill -9 at three moments: the rest is done, nothing twice but what was under way, and the result is that of an audit that nobody killed."""
    mode, log = "nan-row", folder / "log"
    _, whole, _ = audit(folder / "whole", mode, "--cases", 50, "--rule", "krum", "--rule", "median")
    state = folder / "killed"
    argv = command(state, ["--cases", 50, "--rule", "krum", "--rule", "median"], [*WORKER, mode])
    kills = 0
    for lines in (5, 60, 101):
        options = [*argv[:argv.index("--")], *(["--resume"] if kills else []), *argv[argv.index("--"):]]
        with subprocess.Popen(options, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            journal = state / "journal.jsonl"
            while process.poll() is None and (not journal.exists() or journal.read_bytes().count(b"\n") < lines):
                time.sleep(0.001)
            kills += process.poll() is None
            process.send_signal(signal.SIGKILL)
    check("it was killed on the way", kills >= 2, kills)
    with open(state / "journal.jsonl", "ab") as file:
        file.write(b'{"case": {"rule": "kr')
    status, refused, text = audit(state, mode, "--cases", 50, "--rule", "krum", "--rule", "median")
    check("an unfinished journal is not overwritten", status == 2 and "--resume" in text, text)
    status, _, text = audit(state, mode, "--cases", 51, "--rule", "krum", "--rule", "median", resume=True)
    check("an audit with other options is not this one", status == 2 and "another audit" in text, text)
    status, resumed, text = audit(state, mode, "--cases", 50, "--rule", "krum", "--rule", "median", resume=True)
    expected = json.loads(json.dumps(without_times(whole)).replace(str(folder / "whole"), str(state)))
    check("killed and resumed, the result is the same", status == 1 and without_times(resumed) == expected, text)
    process = begin(folder, "counted", log)
    process.kill()
    process.wait()
    time.sleep(0.2)
    done = len((folder / "counted" / "journal.jsonl").read_text().splitlines()) - 1
    argv = command(folder / "counted", ["--cases", 60, "--rule", "average", "--rule", "krum", "--resume"], [*WORKER, "logs", str(log)])
    subprocess.run(argv, capture_output=True, check=False)
    asked = len(log.read_text().split())
    check("only what was under way is asked twice", done < 120 <= asked <= 121, (done, asked))


def test_damage(folder):
    state = folder / "damaged"
    audit(state, "right", "--cases", 3, "--rule", "average")
    journal = state / "journal.jsonl"
    lines = journal.read_text().splitlines(keepends=True)
    journal.write_text(lines[0] + "{}\n" + "".join(lines[1:]))
    status, _, text = audit(state, "right", "--cases", 3, "--rule", "average", resume=True)
    check("a damaged line is named", status == 3 and "line 2 is damaged" in text, text)
    journal.write_text("".join(lines[:2] + lines[1:]))
    status, _, text = audit(state, "right", "--cases", 3, "--rule", "average", resume=True)
    check("and so is one that is there twice", status == 3 and "line 3 is damaged" in text, text)


def test_interrupt(folder):
    for number in (signal.SIGTERM, signal.SIGKILL):
        process = begin(folder, f"interrupt{number}", folder / f"log{number}")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(number)
        process.wait()
        time.sleep(0.2)
        left = [child for child in children if running(child)]
        check(f"interrupted, it dies of signal {number} and leaves no process", process.returncode == -number and children and not left,
              (process.returncode, children, left))


def test_documentation(folder):
    """The program of docs/audit-protocol.md works, and NumPy's median is what is known of it."""
    text = (HERE.parent / "docs" / "audit-protocol.md").read_text(encoding="utf-8")
    block = re.search(r"## A whole program\n\n((?:    .*\n|\n)+)", text).group(1)
    (folder / "worker.py").write_text(re.sub("^    ", "", block, flags=re.M))
    argv = command(folder / "documented", ["--cases", 60, "--rule", "median"], [PYTHON, str(folder / "worker.py")])
    subprocess.run(argv, capture_output=True, check=False)
    kinds = outcomes(json.loads((folder / "documented.json").read_text()), "median")
    check("the documented program answers", kinds.get("EXACT", 0) > 40 and set(kinds) <= {"EXACT", "ROUNDING", "BREACH", "PROFILE"}, kinds)
    check("and it fails on NaN", kinds.get("BREACH", 0) > 0, kinds)


def test_junit(folder):
    audit(folder / "junit", "exit", "--cases", 60, "--rule", "average", "--rule", "bulyan")
    root = ET.parse(folder / "junit.xml").getroot()
    suites = {suite.get("name"): suite for suite in root}
    cases = suites["average"].findall("testcase")
    errors = suites["average"].findall("testcase/error")
    check("a suite for each rule", set(suites) == {"average", "bulyan"}, list(suites))
    names = {case.get("name") for case in cases}
    check("a test case for each generator", int(suites["average"].get("tests")) == len(cases) == len(names) > 30, len(cases))
    check("a crash is an error", int(suites["average"].get("errors")) == len(errors) > 0 and errors[0].get("type") == "CRASH", len(errors))
    check("with the end of standard error", "going\nto end" in errors[0].text, errors[0].text)
    check("what is unsupported is skipped", int(suites["bulyan"].get("skipped")) == len(suites["bulyan"].findall("testcase/skipped")) > 30)


def test_markup(folder):
    """What a program says stays text in all reports."""
    audit(folder / "markup", "markup", "--cases", 6, "--rule", "average", "--rule", "median", extra=["</script><b>&amp;'\""])
    page = (folder / "markup.html").read_text(encoding="utf-8")
    data = re.search(r'<script type="application/json" id="audit-data">(.*?)</script>', page, re.S).group(1)
    check("markup is escaped in the page", "<b>&" not in page and "<img src" not in page and page.count("</script>") == 2, page.count("</script>"))
    check("the data of the page are the JSON result", json.loads(data) == json.loads((folder / "markup.json").read_text()))
    check("XML stays well-formed", ET.parse(folder / "markup.xml").getroot().tag == "testsuites")
    error = rule_of(json.loads(data), "average")["worst"]["stderr"]
    check("bytes that are no text are shown as such", "\\xff\\xfe\\x00 raw" in error, error)


CALLABLES = """
import numpy as np, certigar

def krum(x, f):
    print("this is no answer")
    return certigar.krum(x, f)

class Median:
    def __init__(self):
        self.rows = list
    def __call__(self, rows):
        assert isinstance(rows, list)
        return certigar.median(rows)

def any_rule(x, f, rule, scores=None):
    return certigar.aggregate(rule, x, f, **({} if scores is None else {"scores": scores}))

def without_nan(x):
    return np.nanmedian(x, axis=0)

def other(x):
    raise NotImplementedError("not here")

def broken(x):
    return x[99]

def multi_krum(x, f, m):
    return certigar.multi_krum(x, f, m=m)

def most_rows(x, f):
    return certigar.multi_krum(x, f)

def deaf_to_m(x, f, m):
    return certigar.multi_krum(x, f)
"""


def test_python(folder):
    """Callables by python -m certigar audit."""
    (folder / "callables.py").write_text(CALLABLES)
    environment = {**os.environ, "PYTHONPATH": f"{HERE.parent / 'python'}:{folder}", "CERTIGAR_PROGRAM": PROGRAM, "PYTHONDONTWRITEBYTECODE": "1"}

    def run(name, *options):
        argv = [PYTHON, "-m", "certigar", "audit", f"callables:{name}", *options]
        ran(argv)
        return subprocess.run(argv, capture_output=True, text=True, check=False, cwd=folder, env=environment)

    for number, (name, options, status, word) in enumerate((
            ("krum", ["--rule", "krum", "-f", "5", "--cases", "20"], 0, "20 EXACT"),
            ("Median", ["--rule=median", "--as", "list", "--cases", "20"], 0, "20 EXACT"),
            ("any_rule", ["--rule", "zeno", "--rule", "cge", "--cases", "30"], 0, "60 answers are right"),
            ("without_nan", ["--rule", "median", "--cases", "60"], 1, "callables:without_nan <"),
            ("other", ["--rule", "median", "--cases", "3"], 1, "3 UNSUPPORTED"),
            ("broken", ["--rule", "median", "--cases", "3"], 1, "IndexError: index 99"))):
        done = run(name, *options, "--state", f"state{number}")
        check(f"{name}: {word}", done.returncode == status and word in done.stdout, done)
    for name, status in (("multi_krum", 0), ("most_rows", 0), ("deaf_to_m", 1)):
        done = run(name, "--rule", "multi-krum", "--cases", "60", "--state", name, "--json", f"{name}.json", "--report", f"{name}.html")
        result = rule_of(json.loads((folder / f"{name}.json").read_text()), "multi-krum")
        own, kinds = sum("own_parameters" in case for case in result["cases"]), {key for key, count in result["outcomes"].items() if count}
        good = done.returncode == status and (own > 20) == (name == "most_rows")
        check(f"{name}: with the vectors' m, or asked again with n-f-2", good, (done, own))
        said = f"({own} with the rule's own parameters" in done.stdout
        check(f"{name}: the summary says of how many", said == (own > 0), done.stdout)
        page = (folder / f"{name}.html").read_text(encoding="utf-8")
        said = f"as the program does not take those of the test vector: multi-krum {own}" in page
        check(f"{name}: and so does the page", said == (own > 0))
        check(f"{name}: right answers are", status or kinds == {"EXACT"}, kinds)
    check("the command has the m", re.search(" -m [12] ", result["worst"]["check"]), result["worst"])
    done = run("deaf_to_m", "--rule", "multi-krum", "--cases", "60", "-m", "2", "--state", "given", "--json", "given.json")
    check("given parameters are asked for in every case", "own_parameters" not in (folder / "given.json").read_text() and done.returncode == 1, done)
    for name, options, word in (("none", ["--rule", "krum"], "no attribute 'none'"), ("krum", [], "--rule RULE"),
                                ("krum", ["--rule", "krum", "--as", "bag"], "--as"),
                                ("krum", ["--rule", "krum", "more"], "one MODULE:CALLABLE"), ("krum", ["--rule", "krum", "--cases", "x"], "--cases")):
        done = run(name, *options)
        check(f"{name} {options} is refused", done.returncode == 2 and word in done.stderr, done)


def test_usage(folder):
    for options, word in ((["--rule", "krom"], "did you mean"), (["--cases", "0"], "--cases"), (["--timeout", "0"], "--timeout"),
                          (["--timeout", "1.2345"], "--timeout"), (["--param", "tau=1"], "one --rule"),
                          (["--rule", "krum", "--param", "tau=1"], "krum has no parameter"), (["--encoding", "xml"], "--encoding"),
                          (["--json", "-"], "standard output"), (["--dtype", "float16"], "float16"), (["-f", "x"], "-f"),
                          (["--json", "/nonexistent/x.json"], "/nonexistent")):
        argv = [PROGRAM, "audit", "--state", str(folder / "usage"), *options, "--", "true"]
        ran(argv)
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        refused = done.returncode in (2, 5) and word in done.stderr
        check(f"{options} is refused before anything runs", refused and not os.path.exists(folder / "usage"), done)
    argv = [PROGRAM, "audit", "--state", str(folder / "usage"), "--", "/nonexistent/program"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    check("a program that is not there", done.returncode == 5 and "/nonexistent/program: cannot be started: No such file" in done.stderr, done)
    done = subprocess.run([PROGRAM, "audit"], capture_output=True, text=True, check=False)
    check("no program", done.returncode == 2 and "-- PROGRAM" in done.stderr, done)


with tempfile.TemporaryDirectory() as temporary:
    for name, test in [(name, value) for name, value in globals().items() if name.startswith("test_")]:
        place = Path(temporary) / name
        place.mkdir()
        test(place)
finish()
