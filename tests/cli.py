#!/usr/bin/env python3
"""The command line, from outside: exit statuses, streams, files that appear whole or not at all, signals, the certificate.

usage: cli.py [PATH/TO/certigar]        default: build/certigar; needs NumPy (Debian: python3-numpy)
Ends with "N passed, M failed"; exit status 1 if a check failed, which prints what it saw and the command.
"""
import contextlib
import glob
import hashlib
import itertools
import json
import math
import os
import pty
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import time
from fractions import Fraction

sys.dont_write_bytecode = True
import exact_selection  # noqa: E402
from checks import check, finish, ran  # noqa: E402
from exact_rules import RULES, Format, aggregate  # noqa: E402
from with_numpy import np  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "build", "certigar"))
if not os.access(PROGRAM, os.X_OK):
    sys.exit(f"{sys.argv[0]}: no program {PROGRAM}\n0 passed, 1 failed")


def run(*arguments, **options):
    """The finished process; stdin is empty and the streams are pipes unless told otherwise."""
    if "input" not in options:
        options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    return subprocess.run(ran([PROGRAM, *arguments]), timeout=300, **options)


def start(*arguments, **options):
    options.setdefault("stderr", subprocess.PIPE)
    return subprocess.Popen(ran([PROGRAM, *arguments]), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **options)


def expect(what, process, status, *said):
    """The exit status, and standard error: nothing, or one line "certigar: ..." with all of said in it."""
    error = process.stderr.decode() if isinstance(process.stderr, bytes) else process.stderr
    lines = error.splitlines()
    good = len(lines) == 1 and lines[0].startswith("certigar: ") if status != 0 else not lines
    good = good and all(part in error for part in said)
    check(f"{what}: exit status {status}, saying {said}", process.returncode == status and good, (process.returncode, error))


@contextlib.contextmanager
def directory():
    with tempfile.TemporaryDirectory() as name:
        before = os.getcwd()
        os.chdir(name)
        try:
            yield name
        finally:
            os.chdir(before)


def listing():
    return sorted(os.listdir("."))


def read(path):
    with open(path, "rb") as f:
        return f.read()


def write(path, contents):
    with open(path, "wb") as f:
        f.write(contents)


def run_tests(of):
    """Every function test_... of a module, given as its globals(); ends the program."""
    # as they are in a shell's background jobs and under nohup, and would be in the programs started here
    for ignored in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_DFL)
    for name, test in list(of.items()):
        if name.startswith("test_"):
            test()
    finish()


def sample(bits=32, n=7, d=300, seed=1):
    """Values of all magnitudes, ties, zeros of both signs, and a few infinities and NaN in rows 0 and 1."""
    source = np.random.default_rng(seed)
    unsigned = f"u{bits // 8}"
    words = source.integers(0, 1 << bits, (n, d), dtype=unsigned)
    near = source.normal(size=(n, d)).astype(f"f{bits // 8}").view(unsigned)
    small = source.integers(-3, 4, (n, d)).astype(f"f{bits // 8}").view(unsigned)
    kind = source.integers(0, 3, (1, d))
    words = np.where(kind == 0, words, np.where(kind == 1, near, small))
    exponent = Format(bits).infinity
    finite = (words & np.array(exponent, unsigned)) != exponent
    words[2:][~finite[2:]] = 0
    return words.view(f"f{bits // 8}")


def words_of(a):
    return a.view(f"u{a.dtype.itemsize}")


def model(a, rule, f, median="midpoint"):
    bits = 8 * a.dtype.itemsize
    columns = [aggregate(bits, rule, f, [int(w) for w in column], median) for column in words_of(a).T]
    return [c[0] for c in columns], sum(c[1] for c in columns), sum(c[2] for c in columns)


def layouts(a):
    """The same values in C and Fortran order, little and big endian."""
    for order, endian in itertools.product("CF", "<>"):
        yield f"{order}{endian}", np.array(a, dtype=a.dtype.newbyteorder(endian), order=order)


def sha256_of_values(a):
    return hashlib.sha256(np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<")).tobytes()).hexdigest()


# ---- results ----


def test_results():
    """Every rule, dtype and layout against tests/exact_rules.py, with the certificate."""
    with directory():
        for bits in (32, 64):
            a = sample(bits)
            for name, values in layouts(a):
                np.save(f"{name}.npy", values)
            for rule, f, median in [(r, 2, "midpoint") for r in RULES] + [("median", 0, "lower"), ("median", 3, "upper")]:
                expected, ties, bad = model(a, rule, f, median)
                options = ["-f", f] + (["--median", median] if rule == "median" else [])
                for name, _ in layouts(a):
                    done = run("aggregate", rule, *options, f"{name}.npy", "-o", "out.npy", "--json", "out.json")
                    out = np.load("out.npy")
                    what = f"{rule} f={f} {median} float{bits} {name}"
                    check(what, out.dtype == a.dtype and list(words_of(out)) == expected, out)
                    check(f"{what}: exit status", done.returncode == (4 if bad else 0), done)
                    check_certificate(what, a, out, rule, f, median, ties, bad)


CERTIFICATE_KEYS = """rule profile parameters n d dtype nonfinite_rows nonfinite_outputs selected scores margin gap objective iterations
    ties exact_distances exact_evaluations status
    spec_version version commit proof_manifest_sha256 input_sha256 output_sha256""".split()


def check_certificate(what, a, out, rule, f, median, ties, bad):
    text = read("out.json").decode()
    c = json.loads(text)
    rows = [int(i) for i in np.flatnonzero(~np.isfinite(a).all(axis=1))]
    parameters = {"f": f, "median": median} if rule == "median" else {"f": f}
    check(f"{what}: keys", list(c) == CERTIFICATE_KEYS and text.endswith("}\n"), text)
    expected = {
        "rule": rule, "profile": "paper", "parameters": parameters, "n": a.shape[0], "d": a.shape[1], "dtype": a.dtype.name,
        "nonfinite_rows": rows, "nonfinite_outputs": bad, "selected": None, "scores": None, "margin": None, "gap": None,
        "objective": None, "iterations": None, "ties": ties, "exact_distances": None,
        "status": "not finite" if bad or len(rows) > f else "ok", "spec_version": "1",
        "input_sha256": sha256_of_values(a), "output_sha256": sha256_of_values(out),
    }  # fmt: skip
    wrong = {k: c.get(k) for k in expected if c.get(k) != expected[k]}
    check(f"{what}: certificate", not wrong, wrong)
    counts = isinstance(c["exact_evaluations"], int) and 0 <= c["exact_evaluations"] <= a.shape[1]
    check(f"{what}: certificate types", counts and all(isinstance(c[k], str) for k in ("version", "commit", "proof_manifest_sha256")), c)


def row_samples(bits):
    """Matrices of 9 rows that a rule over distances meets: values of all sizes, ties, equal rows, rows that are not finite."""
    source, dtype = np.random.default_rng(7), f"f{bits // 8}"
    near = source.normal(size=(9, 40)).astype(dtype)
    offset = (1e4 + 1e-3 * source.normal(size=(9, 600))).astype(dtype)
    ties = source.integers(-2, 3, (9, 6)).astype(dtype)
    ties[7] = ties[2]
    ties[3] = -ties[3]
    huge = near * np.array(1e38 if bits == 32 else 1e307, dtype) / 4
    tiny = np.zeros((9, 3), dtype)
    tiny[:, 1] = np.array([0, 1, 2, 3, 4, 6, 9, 11, 12], f"u{bits // 8}").view(dtype)  # in units
    tiny[:, 2] = huge[:, 0]
    close = np.zeros((9, 10), dtype)  # equal scores, each row the next one turned, but for one unit
    for i in range(9):
        close[i, :9] = np.roll(huge[0, :9], i)
    close[3, 9] = tiny[1, 1]
    bad = near.copy()
    bad[1, 0], bad[6, 39], bad[8, 20] = np.nan, -np.inf, np.inf
    return {"near": near, "offset": offset, "ties": ties, "huge": huge, "tiny": tiny, "close": close, "bad": bad}


# each rule that selects rows: its name, f, options beside -f, its parameters in the certificate, and the model
SELECTING = [
    ("krum", 0, [], {}, lambda fmt, rows: exact_selection.krum(fmt, rows, 0)),
    ("krum", 2, [], {}, lambda fmt, rows: exact_selection.krum(fmt, rows, 2)),
    ("multi-krum", 2, [], {"m": 5}, lambda fmt, rows: exact_selection.multi_krum(fmt, rows, 2, 5)),
    ("multi-krum", 3, ["-m", 1], {"m": 1}, lambda fmt, rows: exact_selection.multi_krum(fmt, rows, 3, 1)),
    ("multi-krum", 1, ["-m", "3"], {"m": 3}, lambda fmt, rows: exact_selection.multi_krum(fmt, rows, 1, 3)),
    ("bulyan", 1, [], {}, lambda fmt, rows: exact_selection.bulyan(fmt, rows, 1)),
    ("multi-bulyan", 1, [], {"variant": "one-pass"}, lambda fmt, rows: exact_selection.multi_bulyan(fmt, rows, 1, "one-pass")),
    ("multi-bulyan", 1, ["--param", "variant=iterated"], {"variant": "iterated"},
     lambda fmt, rows: exact_selection.multi_bulyan(fmt, rows, 1, "iterated")),
    ("mda", 3, [], {}, lambda fmt, rows: exact_selection.mda(fmt, rows, 3)),
    ("cge", 2, [], {}, lambda fmt, rows: exact_selection.cge(fmt, rows, 2)),
    ("monna", 2, [], {"pivot": 0}, lambda fmt, rows: exact_selection.monna(fmt, rows, 2, 0)),
    ("monna", 3, ["--param=pivot=6"], {"pivot": 6}, lambda fmt, rows: exact_selection.monna(fmt, rows, 3, 6)),
]


def number(text):
    """A number of the certificate, exactly: -0x1.8p+3, at any exponent, or inf."""
    if text.startswith("-"):
        return -number(text[1:])
    if text == "inf":
        return math.inf
    digits, exponent = text.removeprefix("0x").split("p")
    whole, _, fraction = digits.partition(".")
    return Fraction(int(whole + fraction, 16), 16 ** len(fraction)) * Fraction(2) ** int(exponent)


def test_selection():
    """The rules that select rows against tests/exact_selection.py: bits, selected rows, scores, margin, ties."""
    with directory():
        for bits in (32, 64):
            unit = Fraction(1, 2 ** (298 if bits == 32 else 2148))  # squared
            for kind, a in row_samples(bits).items():
                rows = [[int(w) for w in row] for row in words_of(a)]
                for name, values in layouts(a):
                    np.save(f"{name}.npy", values)
                for rule, f, options, parameters, model_of in SELECTING:
                    answer = model_of(Format(bits), rows)
                    texts = set()
                    for name, _ in layouts(a):
                        done = run("aggregate", rule, "-f", f, *options, f"{name}.npy", "-o", "out.npy", "--json", "out.json")
                        what = f"{rule} f={f} {options} float{bits} {kind} {name}"
                        check(what, list(words_of(np.load("out.npy"))) == answer.out, np.load("out.npy"))
                        check(f"{what}: exit status", done.returncode == (4 if answer.not_finite else 0), done)
                        texts.add(read("out.json"))
                    check(f"{rule} float{bits} {kind}: the layout changes nothing", len(texts) == 1, texts)
                    check_selection(f"{rule} f={f} float{bits} {kind}", json.loads(texts.pop()), {"f": f, **parameters}, answer, unit)
                    for option in (["--threads", 1], ["--threads", 5], ["--level", "baseline"]):
                        run("aggregate", rule, "-f", f, *options, *option, "C<.npy", "-o", "out.npy", "--json", "other.json")
                        check(f"{rule} float{bits} {kind} {option} changes nothing", read("other.json") == read("out.json"), read("other.json"))


def check_selection(what, c, parameters, answer, unit):
    check(f"{what}: keys", list(c) == CERTIFICATE_KEYS, list(c))
    rows = c["n"]
    check(f"{what}: parameters", c["parameters"] == parameters and list(c["parameters"]) == list(parameters), c["parameters"])
    check(f"{what}: selected", c["selected"] == answer.selected, (c["selected"], answer.selected))
    check(f"{what}: ties", c["ties"] == answer.ties + answer.column_ties, (c["ties"], answer.ties))
    check(f"{what}: exact_distances", isinstance(c["exact_distances"], int) and 0 <= c["exact_distances"] <= rows * (rows - 1) // 2, c["exact_distances"])
    exact = [math.inf if answer.scores[i][0] else answer.scores[i][1] * unit for i in range(rows)] if answer.scores else []
    pairs = c["scores"] or []
    check(f"{what}: no scores are null", (c["scores"] is None) == (not answer.scores), c["scores"])
    check(f"{what}: scores are pairs of texts", [[type(x) for x in pair] for pair in pairs] == [[str, str]] * len(exact), pairs)
    check(f"{what}: scores", all(number(low) <= x <= number(high) for (low, high), x in zip(pairs, exact)), (pairs, exact))
    margin = math.inf if answer.margin[0] else answer.margin[1]
    given = math.inf if c["margin"] == "inf" else Fraction(c["margin"])
    check(f"{what}: margin", given <= margin and (given > 0 or margin < Fraction(1, 2**1074)) and (answer.ties > 0) == (margin == 0), (given, margin))
    if c["rule"] not in ("bulyan", "multi-bulyan", "mda") and all(low == high for low, high in pairs):  # several choices, or no scores
        bounds = (Fraction(1, 2**1022), Fraction(2) ** 1023)
        near = given == margin if margin in (0, math.inf) else given >= margin * (1 - Fraction(1, 2**51)) or not bounds[0] < margin < bounds[1]
        check(f"{what}: margin of exact scores", near, (given, margin))


def test_threads_and_levels():
    with directory():
        a = sample(32, 20, 100003, 5)
        np.save("in.npy", a)
        outputs = set()
        levels = [l for l in ("baseline", "x86-64-v3", "x86-64-v4") if run("aggregate", "median", "--level", l, "in.npy").returncode != 2]
        for level, threads in itertools.product(levels, (1, 2, 7)):
            outputs.add(run("aggregate", "trimmed-mean", "-f", 6, "--level", level, "--threads", threads, "in.npy").stdout)
        check("threads and levels change nothing", len(outputs) == 1 and len(levels) >= 1, (len(outputs), levels))
        outputs.add(run("aggregate", "trimmed-mean", "-f", 6, "in.npy").stdout)
        check("the defaults change nothing", len(outputs) == 1, len(outputs))


def test_old_formats():
    """Versions 2.0 and 3.0, headers not aligned to anything."""
    with directory():
        a = sample(64, 5, 17)
        np.save("in.npy", a)
        expected = run("aggregate", "meamed", "-f", 2, "in.npy").stdout
        for version, padding in itertools.product((1, 2, 3), range(4)):
            header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (5, 17), }" + b" " * padding + b"\n"
            length = len(header).to_bytes(2 if version == 1 else 4, "little")
            write("other.npy", b"\x93NUMPY" + bytes([version, 0]) + length + header + a.tobytes())
            done = run("aggregate", "meamed", "-f", 2, "other.npy")
            check(f"version {version}.0, {padding} bytes of padding", done.stdout == expected, done)


def test_output_format():
    with directory():
        for bits, d in ((32, 1), (64, 123456)):
            np.save("in.npy", np.ones((3, d), f"f{bits // 8}"))
            run("aggregate", "average", "in.npy", "-o", "out.npy")
            raw, out = read("out.npy"), np.load("out.npy")
            np.save("numpy.npy", out)
            check("a file as NumPy writes it", raw == read("numpy.npy"), raw[:128])
            check("one axis", out.shape == (d,) and out.dtype == np.dtype(f"f{bits // 8}"), out)


# ---- streams ----


def test_streams():
    with directory():
        np.save("in.npy", sample())
        contents = read("in.npy")
        run("aggregate", "median", "-f", 2, "in.npy", "-o", "out.npy")
        expected = read("out.npy")
        check("no -o: standard output", run("aggregate", "median", "-f", 2, "in.npy").stdout == expected)
        check("-o -", run("aggregate", "median", "-f", 2, "in.npy", "-o", "-").stdout == expected)
        check("- reads a pipe", run("aggregate", "median", "-f", 2, "-", input=contents).stdout == expected)
        with open("in.npy", "rb") as f:
            check("- reads a redirected file", run("aggregate", "median", "-f", 2, "-", stdin=f).stdout == expected)
        write("two", b"0123456789" + contents)
        with open("two", "rb") as f:
            f.seek(10)
            os.lseek(f.fileno(), 10, os.SEEK_SET)
            check("- reads a file from where it stands", run("aggregate", "median", "-f", 2, "-", stdin=f).stdout == expected)
        with open("redirected", "wb") as f:
            run("aggregate", "median", "-f", 2, "in.npy", stdout=f)
        check("standard output may be a file", read("redirected") == expected)
        check("/dev/stdin", run("aggregate", "median", "-f", 2, "/dev/stdin", input=contents).stdout == expected)
        check("/dev/stdout", run("aggregate", "median", "-f", 2, "in.npy", "-o", "/dev/stdout").stdout == expected)
        os.mkfifo("fifo")
        reader = subprocess.Popen(["cat", "fifo"], stdout=subprocess.PIPE)
        run("aggregate", "median", "-f", 2, "in.npy", "-o", "fifo")
        check("-o a named pipe", reader.communicate()[0] == expected and stat.S_ISFIFO(os.stat("fifo").st_mode))
        expect("-o /dev/null", run("aggregate", "median", "-f", 2, "in.npy", "-o", "/dev/null", "--json", "/dev/null"), 0)
        check("/dev/null stays a device", stat.S_ISCHR(os.stat("/dev/null").st_mode))
        large = np.ones((5, 300001), "f8")
        np.save("large.npy", large)
        check("a large pipe", run("aggregate", "average", "-", input=read("large.npy")).stdout == run("aggregate", "average", "large.npy").stdout)
        before = listing()
        done = run("aggregate", "median", "-f", 2, "in.npy", "--json", "-")
        check("--json - prints the certificate", json.loads(done.stdout)["output_sha256"] == hashlib.sha256(expected[-1200:]).hexdigest(), done)
        check("--json alone writes no .npy", listing() == before, listing())
        run("aggregate", "median", "-f", 2, "in.npy", "--json", "c.json")
        check("--json FILE alone writes that file", sorted(before + ["c.json"]) == listing(), listing())
        done = run("aggregate", "median", "-f", 2, "in.npy", "--json", "c2.json", "-o", "-")
        check("-o - with --json FILE", done.stdout == expected and read("c2.json") == read("c.json"), done)
        done = run("aggregate", "median", "-f", 2, "in.npy", "-o", "o3.npy", "--json", "-")
        check("-o FILE with --json -", done.stdout == read("c.json") and read("o3.npy") == expected, done)


def test_terminal():
    with directory():
        np.save("in.npy", sample())
        leader, terminal = pty.openpty()
        expect("a terminal gets no .npy", run("aggregate", "median", "in.npy", stdout=terminal), 2, "standard output is a terminal")
        expect("a terminal gets no .npy by -o -", run("aggregate", "median", "in.npy", "-o", "-", stdout=terminal), 2, "terminal")
        done = run("aggregate", "median", "-f", 2, "in.npy", "--json", "-", stdout=terminal)
        check("a terminal gets the certificate", done.returncode in (0, 4) and b"output_sha256" in os.read(leader, 65536), done)
        os.close(leader)
        os.close(terminal)


# ---- usage: exit status 2 ----


def test_options():
    with directory():
        np.save("in.npy", sample())
        expected = run("aggregate", "median", "-f", "2", "--median", "lower", "in.npy").stdout
        spellings = [
            "aggregate -f 2 median --median lower in.npy",
            "aggregate median in.npy --median=lower -f2",
            "aggregate --median lower -f 2 median in.npy",
            "aggregate median -f 2 --median lower -- in.npy",
            "aggregate -f 2 --median=lower -- median in.npy",
            "aggregate median in.npy -f 02 --median lower --threads=1 --level=baseline -o-",
        ]
        for spelling in spellings:
            check(spelling, run(*spelling.split()).stdout == expected)
        os.rename("in.npy", "-in.npy")
        check("-- before a file that looks like an option", run(*"aggregate median -f 2 --median lower -- -in.npy".split()).stdout == expected)


def test_usage():
    with directory():
        np.save("in.npy", np.ones((7, 3), "f4"))
        np.save("two.npy", np.ones((2, 3), "f4"))
        np.save("scores.npy", np.arange(7.0))
        refused = [
            ("", "no command"),
            ("agregate median in.npy", "unknown command 'agregate'; did you mean 'aggregate'?"),
            ("krum in.npy", "unknown command 'krum'; the commands are"),
            ("--verson", "unknown option '--verson'; did you mean '--version'?"),
            ("--version now", "unexpected argument 'now'"),
            ("help frobnicate", "no help for 'frobnicate'"),
            ("help info aggregate", "unexpected argument 'aggregate'"),
            ("aggregate", "needs a rule", "average, median, trimmed-mean, meamed"),
            ("aggregate median", "needs an input"),
            ("aggregate median in.npy in.npy", "unexpected operand 'in.npy'"),
            ("aggregate medain in.npy", "unknown rule 'medain'; did you mean 'median'?"),
            ("aggregate trimmed_mean in.npy", "did you mean 'trimmed-mean'?"),
            ("aggregate krumm in.npy", "unknown rule 'krumm'; did you mean 'krum'?"),
            ("aggregate multikrum in.npy", "did you mean 'multi-krum'?"),
            ("aggregate mean in.npy", "unknown rule 'mean'; the rules are"),
            ("aggregate nnm in.npy", "'nnm' is a pre-aggregation", "--pre nnm of certigar aggregate", "the rules are average"),
            ("aggregate bucketing in.npy", "--pre bucketing:s=S"),
            ("aggregate clip in.npy", "--pre clip:tau=T"),
            ("check arc in.npy in.npy", "'arc' is a pre-aggregation", "--pre arc"),
            ("info --bounds nnm -n 9", "'nnm' is a pre-aggregation", "the rules are average"),
            ("aggregate zeno++ in.npy", "zeno++ is a test of one row", "certigar train --rule zeno++", "certigar_zeno_server_test"),
            ("info --bounds zeno++ -n 9", "zeno++ is a test of one row"),
            ("aggregate median in.npy -f", "'-f' needs a value"),
            ("aggregate median in.npy -f 1.5", "-f", "'1.5'"),
            ("aggregate median in.npy -f -1", "-f", "'-1'"),
            ("aggregate median in.npy -f-1", "-f", "'-1'"),
            ("aggregate median in.npy -f +1", "'+1'"),
            ("aggregate median in.npy -f 0x1", "'0x1'"),
            ("aggregate median in.npy -f 1e0", "'1e0'"),
            ("aggregate median in.npy -f one", "'one'"),
            ("aggregate median in.npy -f 99999999999999999999999", "'99999999999999999999999'"),
            ("aggregate median in.npy -f 18446744073709551616", "'18446744073709551616'"),
            ("aggregate median in.npy -f 18446744073709551615", "18446744073709551615", "0 to 3"),
            ("aggregate average in.npy -f 4", "f = 4", "0 to 3"),
            ("aggregate median in.npy -f 4", "f = 4", "0 to 3"),
            ("aggregate trimmed-mean in.npy -f 4", "f = 4", "0 to 3"),
            ("aggregate meamed in.npy -f 4", "f = 4", "0 to 3"),
            ("aggregate median in.npy -f 1 -f 2", "'-f' is given twice"),
            ("aggregate median in.npy --median middle", "midpoint, lower or upper", "'middle'"),
            ("aggregate median in.npy --median=", "midpoint, lower or upper", "''"),
            ("aggregate meamed in.npy --median lower", "--median applies to the rule median only"),
            ("aggregate median in.npy --threads 0", "1 to 1024", "'0'"),
            ("aggregate median in.npy --threads 1025", "1 to 1024", "'1025'"),
            ("aggregate median in.npy --threads all", "1 to 1024", "'all'"),
            ("aggregate median in.npy --level avx2", "baseline, x86-64-v3 or x86-64-v4", "'avx2'"),
            ("aggregate median in.npy --thread 2", "unknown option '--thread'; did you mean '--threads'?"),
            ("aggregate median in.npy -json x", "unknown option '-json'; did you mean '--json'?"),
            ("aggregate median in.npy --pre knn", "--pre must be nnm, bucketing:s=S or bucketing:s=S,seed=X, clip:tau=T, or arc", "'knn'"),
            ("aggregate median in.npy --pre clip", "--pre must be", "'clip'"),
            ("aggregate median in.npy --pre clip:", "--pre clip takes tau=T", "a number such as 0.1, 1/3 or 1e-9", "'clip:'"),
            ("aggregate median in.npy --pre clip:tau=one", "tau=T", "a number such as 0.1, 1/3 or 1e-9", "greater than 0", "'clip:tau=one'"),
            ("aggregate median in.npy --pre clip:tau=0", "clip: tau = 0", "must be a number > 0"),
            ("aggregate median in.npy --pre clip:tau=-1e-3", "clip: tau = -1e-3", "must be a number > 0"),
            ("aggregate median in.npy --pre clip:tau=inf", "clip: tau = inf", "must be a number > 0"),
            ("aggregate median in.npy --pre arc:tau=1", "--pre must be", "'arc:tau=1'"),
            ("aggregate zeno in.npy -f 4 --param scores=scores.npy --pre arc", "arc: f = 4 with n = 7", "n > 2f", "0 to 3"),
            ("aggregate median in.npy --profile byzzfl", "--profile must be one of paper, byzfl", "got 'byzzfl'"),
            ("aggregate median in.npy --param k=v", "median has no parameter 'k'; it has none"),
            ("aggregate krum in.npy --param pivot=1", "krum has no parameter 'pivot', which is of monna"),
            ("aggregate zeno in.npy --param score=x", "zeno has no parameter 'score'; did you mean 'scores'?"),
            ("aggregate centered-clipping in.npy --param radius=1", "no parameter 'radius'; it has tau, iterations, centre"),
            ("aggregate brsgd in.npy --param beta=1/3 --param beta=1/2", "--param beta is given twice"),
            ("aggregate brsgd in.npy --param beta=half", "--param beta must be a number such as 0.1, 1/3 or 1e-9", "at most 1/2", "'half'"),
            ("aggregate brsgd in.npy --param beta=1/0", "--param beta must be a number", "'1/0'"),
            ("aggregate brsgd in.npy --param beta=0", "brsgd: beta = 0", "> 0 and <= 1/2"),
            ("aggregate brsgd in.npy --param beta=0.50000000000000000000000000000000000000000000000000000000001", "must be > 0 and <= 1/2"),
            ("aggregate brsgd in.npy --param beta=0." + 70 * "1", "--param beta must be a number", 70 * "1"),
            ("aggregate brsgd in.npy --param threshold=0", "brsgd: threshold = 0", "must be > 0"),
            ("aggregate brsgd in.npy --param threshold=-inf", "--param threshold must be a number", "or inf", "'-inf'"),
            ("aggregate zeno in.npy", "zeno needs --param scores=FILE.npy"),
            ("aggregate zeno in.npy -f 2", "zeno needs --param scores=FILE.npy"),
            ("aggregate zeno in.npy --param b=7,scores=scores.npy", "zeno: f = 7 with n = 7", "n > f", "0 to 6"),
            ("aggregate zeno in.npy --param b=-1,scores=scores.npy", "--param b must be an integer from 0 to n-1", "'-1'"),
            ("aggregate zeno in.npy -f 2 --param b=2,scores=scores.npy", "-f and --param b are the same parameter"),
            ("aggregate zeno in.npy -f two --param scores=scores.npy", "-f must be an integer F >= 0 with F less", "'two'"),
            ("aggregate zeno - --param scores=-", "only one of them can be standard input"),
            ("aggregate centered-clipping - --param centre=-", "only one of them can be standard input"),
            ("aggregate centered-clipping in.npy --param tau=1e", "--param tau must be a number such as 0.1, 1/3 or 1e-9", "greater than 0", "'1e'"),
            ("aggregate centered-clipping in.npy --param tau=0", "centered-clipping: tau = 0", "must be a number > 0"),
            ("aggregate centered-clipping in.npy --param tau=inf", "centered-clipping: tau = inf", "must be a number > 0"),
            ("aggregate centered-clipping in.npy --param iterations=0", "iterations = 0", "1 to 1000000"),
            ("aggregate centered-clipping in.npy --param iterations=1000001", "iterations = 1000001", "1 to 1000000"),
            ("aggregate centered-clipping in.npy --param iterations=1.5", "--param iterations must be an integer from 1 to 1000000", "'1.5'"),
            ("aggregate geometric-median in.npy --param tolerance=0", "geometric-median: tolerance = 0", "must be a number > 0"),
            ("aggregate geometric-median in.npy --param tolerance=1e-99999", "--param tolerance must be a number", "'1e-99999'"),
            ("aggregate caf in.npy -f 4", "caf: f = 4 with n = 7", "n > 2f", "0 to 3"),
            ("aggregate smea in.npy -f 4", "smea: f = 4 with n = 7", "n > 2f", "0 to 3"),
            ("aggregate krum in.npy --param " + 4096 * "x", "--param takes at most 4095 bytes, got 4096"),
            ("aggregate monna in.npy --param pivot", "--param must be KEY=VALUE", "'pivot'"),
            ("aggregate monna in.npy --param pivot=x", "--param pivot", "'x'"),
            ("aggregate monna in.npy --param pivot=7", "monna: pivot = 7", "0 to 6"),
            ("aggregate multi-bulyan in.npy --param variant=two-pass", "one-pass or iterated", "'two-pass'"),
            ("aggregate bulyan in.npy -f 2", "bulyan: f = 2 with n = 7", "n >= 4f+3", "0 to 1"),
            ("aggregate multi-bulyan in.npy -f 2", "multi-bulyan: f = 2 with n = 7", "n >= 4f+3", "0 to 1"),
            ("aggregate mda in.npy -f 4", "mda: f = 4 with n = 7", "n > 2f", "0 to 3"),
            ("aggregate cge in.npy -f 4", "cge: f = 4 with n = 7", "n > 2f", "0 to 3"),
            ("aggregate monna in.npy -f 4", "monna: f = 4 with n = 7", "n > 2f", "0 to 3"),
            ("aggregate bulyan in.npy -m 3", "-m applies to multi-krum only, not to bulyan"),
            ("aggregate median in.npy -m 3", "-m applies to multi-krum only, not to median"),
            ("aggregate krum in.npy -m 3", "-m applies to multi-krum only, not to krum"),
            ("aggregate krum in.npy -f 3", "krum: f = 3 with n = 7", "n >= 2f+3", "0 to 2"),
            ("aggregate krum in.npy -f 18446744073709551615", "n >= 2f+3", "0 to 2"),
            ("aggregate multi-krum in.npy -f 3", "multi-krum: f = 3 with n = 7", "n >= 2f+3", "0 to 2"),
            ("aggregate multi-krum in.npy -f 2 -m 4", "multi-krum: m = 4", "1 to n-f-2 = 3"),
            ("aggregate multi-krum in.npy -m 6", "multi-krum: m = 6", "1 to n-f-2 = 5"),
            ("aggregate multi-krum in.npy -m 18446744073709551615", "m = 18446744073709551615", "1 to n-f-2 = 5"),
            ("aggregate multi-krum in.npy -m 0", "-m must be an integer from 1 to n-f-2", "'0'"),
            ("aggregate multi-krum in.npy -m -1", "'-1'"),
            ("aggregate multi-krum in.npy -m two", "'two'"),
            ("aggregate multi-krum in.npy -m", "'-m' needs a value"),
            ("aggregate multi-krum in.npy -m 1 -m 2", "'-m' is given twice"),
            ("aggregate multi-krum in.npy --median lower", "--median applies to the rule median only"),
            ("aggregate krum two.npy", "krum: n = 2 rows", "n >= 2f+3", "at least 3"),
            ("aggregate median in.npy --help=yes", "'--help' takes no value"),
            ("aggregate median in.npy -o - --json -", "only one of them"),
            ("aggregate median in.npy -o same --json same", "the same file"),
            ("aggregate median in.npy -o same --json ./same", "the same file"),
            ("info --selftest", "unknown option '--selftest'; did you mean '--self-test'?"),
            ("info now", "takes no operand"),
            ("info --bounds", "'--bounds' needs a value"),
            ("info --bounds krum", "--bounds needs -n N"),
            ("info --bounds krumm -n 9", "unknown rule 'krumm'; did you mean 'krum'?", "median, trimmed-mean"),
            ("info --bounds krum -n 9 -f 4", "krum: f = 4 with n = 9", "n >= 2f+3", "0 to 3"),
            ("info --bounds krum -n 2", "krum: n = 2 rows", "n >= 2f+3", "at least 3"),
            ("info --bounds bulyan -n 9 -f 2", "bulyan: f = 2 with n = 9", "n >= 4f+3", "0 to 1"),
            ("info --bounds zeno -n 9 -f 9", "zeno: f = 9 with n = 9", "n > f", "0 to 8"),
            ("info --bounds median -n 9 -f 18446744073709551615", "0 to 4"),
            ("info --bounds median -n 0", "-n must be an integer from 1 to 16777216", "'0'"),
            ("info --bounds median -n 16777217", "-n must be an integer from 1 to 16777216"),
            ("info --bounds median -n x", "-n must be an integer", "'x'"),
            ("info --bounds median -n 9 -f x", "-f must be an integer F >= 0", "'x'"),
            ("info --bounds median -n 9 -d 0", "-d must be an integer D >= 1", "'0'"),
            ("info --bounds median --self-test -n 9", "--bounds and --self-test"),
            ("info -n 9", "'-n' goes with --bounds"),
            ("info --self-test -d 9", "'-d' goes with --bounds"),
        ]
        for line, *said in refused:
            expect(line, run(*line.split()), 2, *said)
        expect("-f ''", run("aggregate", "median", "in.npy", "-f", ""), 2, "-f", "''")
        expect("one line, whatever the bytes", run("aggregate", "me\ndian\x1b[31m", "in.npy"), 2, "me?dian?[31m")
        check("nothing was written", listing() == ["in.npy", "scores.npy", "two.npy"], listing())
        levels = run("info", "--self-test").stdout.decode()
        for level in ("x86-64-v3", "x86-64-v4"):
            if f"{level}: not on this processor" in levels:
                expect(level, run("aggregate", "median", "in.npy", "--level", level), 2, "not on this processor")


# ---- parameters, also from files ----

# the rules without bits of their own here (tests/cli_real_rules.py has them): options, and their parameters in the certificate of float32 input
PARAMETERS = [
    ("brsgd", [], {"f": 0, "beta": "1/2", "threshold": "inf"}),
    ("brsgd", ["-f", 2, "--param", "beta=0.25,threshold=0x1p-3"], {"f": 2, "beta": "0.25", "threshold": "0x1p-3"}),
    ("zeno", ["-f", 3, "--param", "scores=scores.npy"], {"f": 3, "scores": "SCORES"}),
    ("zeno", ["--param", "b=6,scores=scores.npy"], {"f": 6, "scores": "SCORES"}),
    ("zeno", ["--param", "scores=swapped.npy", "--param", "b=6"], {"f": 6, "scores": "SCORES"}),
    ("centered-clipping", [], {"f": 0, "tau": "100", "iterations": 1, "centre": None}),
    ("centered-clipping", ["-f1", "--param=tau=1/3,iterations=7,centre=centre.npy"], {"f": 1, "tau": "1/3", "iterations": 7, "centre": "CENTRE"}),
    ("centered-clipping", ["--param", "centre=big.npy"], {"f": 0, "tau": "100", "iterations": 1, "centre": "CENTRE"}),
    ("geometric-median", ["-f", 1], {"f": 1, "tolerance": "1e-5"}),
    ("geometric-median", ["--param", "tolerance=1e-3"], {"f": 0, "tolerance": "1e-3"}),
    ("caf", ["-f", 3], {"f": 3}),
    ("smea", ["-f", 3], {"f": 3}),
    ("median", ["--pre", "clip:tau=1e-3", "--pre=arc"], {"f": 0, "median": "midpoint", "pre": ["clip:tau=1e-3", "arc"]}),
]  # fmt: skip


def test_parameters():
    with directory():
        a, scores, centre = sample()[2:], np.array([3, -1.5, np.inf, 0, -0.0]), np.linspace(-1, 1, 300, dtype="f4")
        a = np.concatenate([a, a[:2]])
        scores = np.concatenate([scores, [np.nan, 1e300]])
        for name, array in [("in", a), ("scores", scores), ("swapped", scores.astype(">f8")), ("centre", centre), ("big", centre.astype(">f4"))]:
            np.save(f"{name}.npy", array)
        np.save("double.npy", a.astype("f8"))
        hashes = {"SCORES": sha256_of_values(scores), "CENTRE": sha256_of_values(centre)}
        for rule, options, parameters in PARAMETERS:
            done = run("aggregate", rule, *options, "in.npy", "--json", "out.json")
            expected = {key: hashes.get(value, value) if isinstance(value, str) else value for key, value in parameters.items()}
            c = json.loads(read("out.json"))
            check(f"{rule} {options}", done.returncode in (0, 4) and list(c["parameters"].items()) == list(expected.items()), (done, c["parameters"]))
            check(f"{rule}: keys", list(c) == CERTIFICATE_KEYS and c["rule"] == rule, list(c))
        run("aggregate", "geometric-median", "double.npy", "--json", "out.json")
        check("the default of float64", json.loads(read("out.json"))["parameters"] == {"f": 0, "tolerance": "1e-9"}, read("out.json"))

        texts = set()
        os.mkdir("x" * 200)
        os.rename("swapped.npy", f"{'x' * 200}/{'y' * 200}.npy")
        for path in ("scores.npy", f"{'x' * 200}/{'y' * 200}.npy", "./scores.npy", "/dev/stdin"):
            run("aggregate", "zeno", "--param", f"b=1,scores={path}", "in.npy", "--json", "out.json", stdin=open("scores.npy", "rb"))
            texts.add(read("out.json"))
        done = run("aggregate", "zeno", "--param", "b=1,scores=-", "in.npy", "--json", "-", input=read("scores.npy"))
        check("a parameter file, however it comes", texts == {done.stdout}, (texts, done))


def test_exact_distances():
    """Rows 0, 1, -1: of distances, and of norms, some are so near that intervals do not decide. For a rule of columns they are a stage's."""
    with directory():
        np.save("in.npy", np.array([[0.0], [1], [-1]]))
        for rule, f, stages, least in (("median", 1, [], None), ("average", 1, ["bucketing:s=2"], None), ("median", 1, ["nnm"], 1),
                                       ("average", 1, ["clip:tau=1"], 1), ("average", 1, ["arc"], 1),
                                       ("trimmed-mean", 1, ["bucketing:s=1,seed=7", "nnm"], 1), ("krum", 0, ["bucketing:s=1"], 0)):
            run("aggregate", rule, "-f", f, *(f"--pre={stage}" for stage in stages), "in.npy", "--json", "out.json")
            count = json.loads(read("out.json"))["exact_distances"]
            check(f"exact_distances of {rule} after {stages}", count is None if least is None else type(count) is int and count >= least, count)


def test_parameter_files():
    with directory():
        np.save("in.npy", np.ones((7, 3), "f4"))
        np.save("double.npy", np.ones((7, 3)))
        arrays = {
            "six": np.arange(6.0), "single": np.arange(7, dtype="f4"), "int": np.arange(7), "column": np.ones((7, 1)), "none": np.ones(0),
            "three": np.ones(3, "f4"), "two": np.ones(2, "f4"), "nan": np.array([1, np.nan, 2], "f4"), "inf": np.array([1, 2, -np.inf], ">f8"),
            "scalar": np.float64(1),
        }  # fmt: skip
        for name, array in arrays.items():
            np.save(f"{name}.npy", array)
        write("short.npy", read("six.npy")[:-1])
        write("long.npy", read("six.npy") + b"x")
        before = listing()
        for rule, value, *said in [
            ("zeno", "scores=six.npy", "six.npy: 6 scores", "7 rows"),
            ("zeno", "scores=single.npy", "single.npy: scores must be float64, got float32"),
            ("zeno", "scores=int.npy", "int.npy: header: dtype '<i8'"), ("zeno", "scores=column.npy", "column.npy: the array has 2 axes; expected 1"),
            ("zeno", "scores=scalar.npy", "0 axes; expected 1"), ("zeno", "scores=none.npy", "shape (0,): no values"),
            ("zeno", "scores=missing.npy", "missing.npy: cannot be opened: No such file"), ("zeno", "scores=.", ".: cannot be read: Is a directory"),
            ("zeno", "scores=short.npy", "truncated: shape (6,) of float64", "has 175"),
            ("zeno", "scores=long.npy", "too long: shape (6,)", "has 177"),
            ("zeno", "scores=" + 300 * "x", "File name too long"), ("zeno", "scores=-", "standard input: empty"),
            ("centered-clipping", "centre=two.npy", "two.npy: the centre has 2 values", "3 columns"),
            ("centered-clipping", "centre=six.npy", "six.npy: the centre is float64, but the input float32"),
            ("centered-clipping", "centre=nan.npy", "nan.npy: value 1 (counted from 0) of the centre", "is not finite"),
            ("centered-clipping", "centre=in.npy", "in.npy: the array has 2 axes; expected 1"),
            ("centered-clipping", "centre=missing.npy", "missing.npy: cannot be opened"),
        ]:  # fmt: skip
            expect(f"{rule} {value[:40]}", run("aggregate", rule, "--param", value, "in.npy", "-o", "out.npy"), 3, *said)
        for value, *said in [("centre=three.npy", "the centre is float32, but the input float64"), ("centre=inf.npy", "value 2 (counted from 0) of the centre", "is not finite")]:
            expect(value, run("aggregate", "centered-clipping", "--param", value, "double.npy", "-o", "out.npy"), 3, *said)
        expect("a vector is no input", run("aggregate", "median", "three.npy"), 3, "three.npy: the array has 1 axis; expected 2: rows")
        check("nothing was written", listing() == before, listing())


def test_no_value():
    """No row is finite: these rules have no value, and there is no .npy."""
    with directory():
        a = np.ones((3, 5), "f8")
        a[:, 2] = np.inf, np.nan, -np.inf
        np.save("in.npy", a)
        write("old.npy", b"old")
        for rule in ("brsgd", "geometric-median", "centered-clipping", "caf", "smea"):
            said = f"certigar: {rule} has no value: no row is finite"
            expect(rule, run("aggregate", rule, "-f", 1, "in.npy", "-o", "old.npy", "--json", "out.json"), 4, said)
            c = json.loads(read("out.json"))
            check(f"{rule}: certificate", (c["status"], c["output_sha256"]) == ("no value", None) and c["nonfinite_rows"] == [0, 1, 2], c)
            check(f"{rule}: no gap", [c[k] for k in ("gap", "objective", "iterations")] == [None] * 3 and not c["nonfinite_outputs"], c)
            check(f"{rule}: keys", list(c) == CERTIFICATE_KEYS, list(c))
            done = run("aggregate", rule, "in.npy")
            check(f"{rule}: nothing on standard output", done.stdout == b"" and done.returncode == 4, done)
            done = run("aggregate", rule, "in.npy", "-o", "new.npy", "--json", "-")
            check(f"{rule}: the certificate on standard output", json.loads(done.stdout)["status"] == "no value", done)
            expect(f"{rule}: a full disk", run("aggregate", rule, "in.npy", "--json", "/dev/full"), 5, "No space left")
        check("the old file stays, no new one", listing() == ["in.npy", "old.npy", "out.json"] and read("old.npy") == b"old", listing())


# ---- input: exit status 3 ----


def test_input():
    with directory():
        np.save("in.npy", np.ones((7, 3), "f4"))
        contents = read("in.npy")
        write("short.npy", contents[:-1])
        write("long.npy", contents + b"\0")
        write("header.npy", contents[:100])
        write("empty.npy", b"")
        write("text.npy", b"1,2,3\n")
        np.savez("archive.npz", np.ones(3))
        for name, array in [("i4", np.ones((2, 2), "i4")), ("f2", np.ones((2, 2), "f2")), ("c8", np.ones((2, 2), "c8")), ("b", np.ones((2, 2), "?")),
                            ("one", np.ones(4)), ("three", np.ones((2, 2, 2))), ("zero", np.float64(1)), ("norows", np.ones((0, 5))),
                            ("nocolumns", np.ones((5, 0))), ("record", np.ones((2, 2), "f4,f4")), ("object", np.full((2, 2), None))]:  # fmt: skip
            np.save(f"{name}.npy", array)
        write("huge.npy", contents.replace(b"(7, 3)", b"(7, 99999999999999999999)")[:128])
        write("lying.npy", contents.replace(b"(7, 3), }         ", b"(7, 3000000000), }"))
        write("other.npy", contents[:6] + b"\x04" + contents[7:])
        refused = [
            ("missing.npy", "missing.npy: cannot be opened: No such file"), (".", "Is a directory"), ("in.npy/x", "Not a directory"),
            ("short.npy", "truncated", "212 bytes", "has 211"), ("long.npy", "too long", "212 bytes", "has 213"),
            ("header.npy", "truncated: the header needs 128 bytes, the file has 100"), ("empty.npy", "empty"), ("text.npy", "not an .npy file"),
            ("archive.npz", "zip"), ("i4.npy", "dtype '<i4'"), ("f2.npy", "dtype '<f2'"), ("c8.npy", "dtype '<c8'"), ("b.npy", "dtype '|b1'"),
            ("one.npy", "1 axis"), ("three.npy", "3 axes"), ("zero.npy", "0 axes"), ("norows.npy", "no rows"), ("nocolumns.npy", "no columns"),
            ("record.npy", "structured"), ("object.npy", "dtype '|O'"), ("huge.npy", "addressed"), ("lying.npy", "truncated", "84000000128"),
            ("other.npy", "format version 4.0"),
        ]  # fmt: skip
        before = listing()
        for name, *said in refused:
            expect(name, run("aggregate", "median", name, "-o", "out.npy"), 3, *said)
            if os.path.isfile(name):
                expect(f"{name} by a pipe", run("aggregate", "median", "-", "-o", "out.npy", input=read(name)), 3, "standard input: ")
        many = np.ones((50, 3000), "f8")
        np.save("many.npy", many)
        whole = read("many.npy")
        os.remove("many.npy")
        expect("a pipe that ends early", run("aggregate", "median", "-", input=whole[:-8]), 3, "truncated", "has 1200120")
        expect("a pipe that goes on", run("aggregate", "median", "-", input=whole + b"x"), 3, "too long")
        expect("no standard input", run("aggregate", "median", "-", preexec_fn=lambda: os.close(0), stdin=None), 3, "standard input")
        with open("/dev/zero", "rb") as zeros:
            expect("an endless pipe", run("aggregate", "median", "-", stdin=zeros), 3, "not an .npy file")
        check("no output appeared", listing() == before, listing())


def test_input_that_shrinks():
    with directory():
        sparse("big.npy", 301, 5 * 10**7)
        process = start("aggregate", "meamed", "big.npy", "--threads", 1, "-o", "out.npy", "--json", "out.json")
        wait_for_temporary()
        os.truncate("big.npy", 4096)
        error = process.communicate(timeout=60)[1].decode()
        check("a file that shrinks", process.returncode == 3 and "became shorter" in error and error.count("\n") == 1, (process.returncode, error))
        check("a file that shrinks: nothing left", listing() == ["big.npy"], listing())


# ---- not finite: exit status 4 ----


def test_not_finite():
    with directory():
        a = np.ones((5, 4), "f4")
        a[1, 2] = np.nan
        a[3, 0] = np.inf
        np.save("in.npy", a)
        expect("more rows than f", run("aggregate", "median", "-f", 1, "in.npy", "-o", "out.npy", "--json", "out.json"), 4, "2 of 5 rows", "f = 1")
        c = json.loads(read("out.json"))
        check("outputs are written", np.load("out.npy").tolist() == [1, 1, 1, 1] and c["status"] == "not finite", c)
        check("rows are named", c["nonfinite_rows"] == [1, 3] and c["nonfinite_outputs"] == 0, c)
        expect("enough f", run("aggregate", "median", "-f", 2, "in.npy", "-o", "out.npy", "--json", "out.json"), 0)
        check("status ok", json.loads(read("out.json"))["status"] == "ok")
        expect("a result that is not finite", run("aggregate", "average", "-f", 2, "in.npy", "-o", "out.npy", "--json", "out.json"), 4, "2 of 4 output")
        words = [f"{w:08x}" for w in words_of(np.load("out.npy"))]
        check("infinity and the quiet NaN", words == ["7f800000", "3f800000", "7fc00000", "3f800000"], words)
        check("counted", json.loads(read("out.json"))["nonfinite_outputs"] == 2)
        check("standard output too", run("aggregate", "average", "-f", 2, "in.npy").stdout == read("out.npy"))


# ---- outputs: exit status 5, whole or not at all ----


def test_output_errors():
    with directory():
        np.save("in.npy", np.ones((3, 100000), "f4"))
        write("old.npy", b"old npy")
        write("old.json", b"old json")
        os.mkdir("somewhere")
        os.symlink("nowhere", "dangling")
        before = listing()
        for path, *said in [
            ("/dev/full", "No space left"), ("missing/out.npy", "No such file"), ("in.npy/out.npy", "Not a directory"), ("somewhere", "Is a directory"),
            ("somewhere/", "Is a directory"), ("missing/", "No such file"), ("", "No such file"), ("dangling", "symbolic link to nothing"), ("x" * 256, "name too long"),
            ("/proc/out.npy", "No such file"), ("/proc/version", ""),
        ]:  # fmt: skip
            expect(f"-o {path}", run("aggregate", "median", "in.npy", "-o", path), 5, *said)
            expect(f"--json {path}", run("aggregate", "median", "in.npy", "--json", path), 5, *said)
            expect(f"--json {path} with -o", run("aggregate", "median", "in.npy", "-o", "old.npy", "--json", path), 5, *said)
            expect(f"-o {path} with --json", run("aggregate", "median", "in.npy", "-o", path, "--json", "old.json"), 5, *said)
        with open("/dev/full", "wb") as full:
            expect("full standard output", run("aggregate", "median", "in.npy", stdout=full), 5, "standard output", "No space left")
            expect("full --json -", run("aggregate", "median", "in.npy", "-o", "old.npy", "--json", "-", stdout=full), 5, "No space left")
            expect("full --help", run("--help", stdout=full), 5, "No space left")
            expect("full info", run("info", stdout=full), 5, "No space left")
            expect("full self-test", run("info", "--self-test", stdout=full), 5, "No space left")
        for arguments in (["in.npy"], ["in.npy", "-o", "-"], ["in.npy", "--json", "-"], ["in.npy", "-o", "old.npy", "--json", "-"], ["in.npy", "-o", "-", "--json", "old.json"]):
            reader, writer = os.pipe()
            os.close(reader)
            expect(f"closed pipe {arguments}", run("aggregate", "median", *arguments, stdout=writer), 5, "standard output", "Broken pipe")
            os.close(writer)
            closed = run("aggregate", "median", *arguments, stdout=None, preexec_fn=lambda: os.close(1))
            expect(f"closed standard output {arguments}", closed, 5, "standard output")
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))  # noqa: E731
        expect("a file size limit, as a full disk", run("aggregate", "median", "in.npy", "-o", "old.npy", preexec_fn=limit), 5, "old.npy: cannot be written: File too large")
        expect("a limit, new file", run("aggregate", "median", "in.npy", "-o", "new.npy", preexec_fn=limit), 5, "File too large")
        with open("in.npy", "rb") as source, open("somewhere/limited", "wb") as sink:
            expect("a limit on standard output", run("aggregate", "median", "-", stdin=source, stdout=sink, preexec_fn=limit), 5, "File too large")
        os.remove("somewhere/limited")
        check("old files are kept", read("old.npy") == b"old npy" and read("old.json") == b"old json")
        check("no partial files", listing() == before and not os.listdir("somewhere"), listing())


def test_permissions():
    """As an ordinary user: root, who may write everything, becomes nobody for this where nobody may run the program."""
    nobody = {"preexec_fn": lambda: os.setuid(65534)} if os.geteuid() == 0 else {}
    with directory():
        os.chmod(".", 0o777)
        try:
            expect("an ordinary user", run("--version", **nobody), 0)
        except PermissionError:
            return
        np.save("in.npy", np.ones((3, 5), "f4"))
        write("old.npy", b"old")
        os.chmod("old.npy", 0o444)
        os.mkdir("closed", 0o555)
        np.save("secret.npy", np.ones((3, 5), "f4"))
        os.chmod("secret.npy", 0o000)
        expect("a write-protected file", run("aggregate", "median", "in.npy", "-o", "old.npy", **nobody), 5, "Permission denied")
        expect("a write-protected directory", run("aggregate", "median", "in.npy", "-o", "closed/x", **nobody), 5, "Permission denied")
        expect("an unreadable file", run("aggregate", "median", "secret.npy", "-o", "x", **nobody), 3, "Permission denied")
        check("nothing was written", read("old.npy") == b"old" and listing() == ["closed", "in.npy", "old.npy", "secret.npy"], listing())
        os.chmod("closed", 0o755)


def test_sizes_beyond_the_machine():
    """Twelve terabytes of input that take no room, four of output that do."""
    if read("/proc/sys/vm/overcommit_memory").strip() == b"1":
        return  # this machine never runs out of memory, until it does
    with directory():
        try:
            sparse("big.npy", 3, 10**12)
        except OSError:  # this file system has no such files
            return
        expect("more output than disk", run("aggregate", "median", "big.npy", "-o", "out.npy"), 5, "out.npy: cannot be written: No space left")
        expect("more output than memory", run("aggregate", "median", "big.npy", "-o", "/dev/null"), 5, "no memory")
        expect("more output than memory, certificate alone", run("aggregate", "median", "big.npy", "--json", "out.json"), 5, "no memory")
        with open("big.npy", "rb") as f:
            expect("more input than memory", run("aggregate", "median", "-", input=f.read(100000)), 3, "standard input: no memory for 12000000000128 bytes")
        check("nothing was written", listing() == ["big.npy"], listing())


def test_replacing():
    with directory():
        np.save("in.npy", np.ones((3, 5), "f4"))
        expected = run("aggregate", "median", "in.npy").stdout
        write("old.npy", b"old")
        os.chmod("old.npy", 0o640)
        os.symlink("old.npy", "link.npy")
        expect("through a link", run("aggregate", "median", "in.npy", "-o", "link.npy"), 0)
        check("the link stays, its file is new", os.path.islink("link.npy") and read("old.npy") == expected)
        check("its permissions stay", stat.S_IMODE(os.stat("old.npy").st_mode) == 0o640, oct(os.stat("old.npy").st_mode))
        run("aggregate", "median", "in.npy", "-o", "new.npy", preexec_fn=lambda: os.umask(0o027))
        check("a new file obeys the umask", stat.S_IMODE(os.stat("new.npy").st_mode) == 0o640, oct(os.stat("new.npy").st_mode))
        os.mkdir("sub")
        expect("in another directory", run("aggregate", "median", "in.npy", "-o", "sub/x.npy", "--json", "sub/x.json"), 0)
        check("in another directory", sorted(os.listdir("sub")) == ["x.json", "x.npy"], os.listdir("sub"))
        with open("old.npy", "rb") as reader:
            expect("a file that is being read", run("aggregate", "average", "in.npy", "-o", "old.npy"), 0)
            check("its reader keeps the old one", reader.read() == expected)
        expect("onto the input itself", run("aggregate", "average", "in.npy", "-o", "in.npy"), 0)
        check("onto the input itself", np.load("in.npy").tolist() == [1] * 5)
        expect("a name as long as names can be", run("aggregate", "median", "old.npy", "-o", "x" * 251 + ".npy"), 3)
        np.save("in.npy", np.ones((3, 5), "f4"))
        expect("a name as long as names can be", run("aggregate", "median", "in.npy", "-o", "x" * 251 + ".npy"), 0)


# ---- signals ----


def sparse(path, n, d):
    """A matrix of zeros that takes no room on disk and forever to aggregate."""
    with open(path, "wb") as f:
        np.lib.format.write_array_header_1_0(f, {"descr": "<f4", "fortran_order": False, "shape": (n, d)})
        f.truncate(f.tell() + 4 * n * d)


def wait_for_temporary():
    """Until the outputs are open; then a little more, so that the work is under way."""
    deadline = time.time() + 60
    while not glob.glob(".certigar-*") and time.time() < deadline:
        time.sleep(0.01)
    time.sleep(0.3)


def test_signals():
    with directory():
        sparse("big.npy", 301, 5 * 10**7)
        write("out.npy", b"old")
        for number, threads in [(signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGTERM, 2), (signal.SIGHUP, 1), (signal.SIGQUIT, 1)]:
            process = start("aggregate", "meamed", "big.npy", "-o", "out.npy", "--json", "out.json", "--threads", threads)
            wait_for_temporary()
            check("temporaries lie beside the target", len(glob.glob(".certigar-*.tmp")) == 2, os.listdir("."))
            process.send_signal(number)
            error = process.communicate(timeout=300)[1]
            check(f"dies of {number.name}", process.returncode == -number and error == b"", (process.returncode, error))
            check(f"{number.name}: the old file stays, nothing else", listing() == ["big.npy", "out.npy"] and read("out.npy") == b"old", listing())
        process = start("aggregate", "meamed", "big.npy", "-o", "out.npy", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        wait_for_temporary()
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        check("SIGINT stays ignored where it was", process.poll() is None, process.returncode)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=300)
        check("and SIGTERM ends it", process.returncode == -signal.SIGTERM and listing() == ["big.npy", "out.npy"], (process.returncode, listing()))


def test_progress():
    with directory():
        sparse("big.npy", 301, 5 * 10**7)
        leader, terminal = pty.openpty()
        process = start("aggregate", "meamed", "big.npy", "-o", "out.npy", stderr=terminal)
        os.close(terminal)
        began, seen = time.time(), b""
        while b"%" not in seen and time.time() - began < 60:
            seen += os.read(leader, 4096)
        check("a progress bar, after a second", time.time() - began > 0.9 and b"[" in seen, seen)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        os.close(leader)
        np.save("small.npy", np.ones((3, 5), "f4"))
        leader, terminal = pty.openpty()
        run("aggregate", "average", "small.npy", "-o", "out.npy", stderr=terminal)
        os.close(terminal)
        try:
            seen = os.read(leader, 4096)
        except OSError:  # Linux: nobody has the terminal open any more, and nothing was written
            seen = b""
        check("none for quick work", seen == b"", seen)
        os.close(leader)


# ---- info --bounds ----


def bounds(*arguments):
    """{name: [values]} of what is printed, and the text."""
    done = run("info", "--bounds", *arguments)
    found = {}
    for line in done.stdout.decode().splitlines():
        found.setdefault(line[:19].strip(), []).append(line[20:].split(" ")[0])
    return found, done


PUBLISHED = "lambda, published"
# what is printed, computed by hand: 9 decimals, rounded up
HAND = [
    ("trimmed-mean -n 20 -f 4 -d 9", {"lambda, d = 1": ["0.250000000"], "lambda": ["0.750000000"], PUBLISHED: ["0.750000000"], "greatest f": ["9"]}),
    ("trimmed-mean -n 20 -f 4 -d 1000", {"lambda, d = 1": ["0.250000000"], "lambda": ["0.968245837"], PUBLISHED: ["2.000000000"]}),  # sqrt(15)/4, 8/4
    ("trimmed-mean -n 20 -f 4", {"lambda, d = 1": ["0.250000000"], "lambda": ["0.968245837"], PUBLISHED: ["2.000000000"]}),
    ("trimmed-mean -n 7 -f 3 -d 1", {"lambda, d = 1": ["0.750000000"], "lambda": ["0.750000000"], PUBLISHED: ["0.750000000"]}),
    ("trimmed-mean -n 10 -f 3 -d 1", {"lambda, d = 1": ["0.428571429"]}),  # 3/7 = 0.428571428...
    ("trimmed-mean -n 5", {"lambda, d = 1": ["0.000000000"], "lambda": ["0.000000000"], PUBLISHED: ["0.000000000"]}),
    ("median -n 9 -f 2 -d 4", {"lambda, d = 1": ["0.571428572"], "lambda": ["1.142857143"], PUBLISHED: ["1.285714286"]}),  # 4/7, 8/7, 9/7
    ("median -n 8 -f 2 -d 4", {"lambda, d = 1": ["0.500000000", "0.666666667"], "lambda": ["1.000000000"], PUBLISHED: ["1.333333334"]}),
    ("median -n 2 -d 4", {"lambda, d = 1": ["0.000000000", "0.500000000"]}),
    ("median -n 1", {"lambda, d = 1": ["0.000000000"], "lambda": ["0.000000000"]}),
    ("meamed -n 10 -f 2 -d 4", {"lambda, d = 1": ["0.500000000"], "lambda": ["1.000000000"], PUBLISHED: ["1.000000000"]}),
    ("mda -n 9 -f 2", {"lambda": ["0.571428572"]}),
    ("mda -n 9 -f 4 -d 3", {"lambda": ["1.600000000"]}),
    ("krum -n 7 -f 2", {"lambda": ["2.024744872"], "eta": ["7.348469229"], "greatest f": ["2"]}),  # 4/5 + sqrt(3/2), sqrt(2 (5 + 22)) = sqrt(54)
    ("krum -n 7", {"lambda": ["0.857142858"], "eta": ["3.741657387"]}),  # 6/7, sqrt(14)
    ("krum -n 3 -d 6", {"lambda": ["0.666666667"], "eta": ["2.449489743"], "eta sqrt(d)": ["6.000000000"]}),  # 2/3, sqrt(6)
    ("multi-krum -n 15 -f 3", {"lambda": ["2.034700656"], "greatest f": ["6"]}),  # 11/12 + sqrt(10/8)
    ("geometric-median -n 9 -f 4", {"lambda": ["1.333333334"], PUBLISHED: ["2.666666667"]}),  # 4/3, 1 + 5/3
    ("geometric-median -n 4", {"lambda": ["0.750000000"], PUBLISHED: ["2.000000000"]}),
]  # fmt: skip


def test_bounds():
    for arguments, expected in HAND:
        found, done = bounds(*arguments.split())
        expect(f"bounds {arguments}", done, 0)
        check(f"bounds {arguments}", all(found.get(key) == value for key, value in expected.items()), (found, expected))
    for rule in ("average", "bulyan", "multi-bulyan", "cge", "monna", "brsgd", "zeno", "centered-clipping", "caf", "smea"):
        lines = run("info", "--bounds", rule, "-n", 11).stdout.decode().splitlines()
        check(f"bounds {rule}: none", lines[-1] == "no published coefficient" and not any("lambda" in line for line in lines), lines)
    for rule in ("median", "trimmed-mean", "meamed", "mda", "krum", "multi-krum", "geometric-median"):
        text = run("info", "--bounds", rule, "-n", 11, "-f", 2, "-d", 5).stdout.decode()
        coefficients = [line for line in text.splitlines() if line.startswith(("lambda", "eta"))]
        check(f"bounds {rule}: every coefficient has a formula and a source", coefficients and all("; " in line for line in coefficients), text)
    with open("/dev/full", "wb") as full:
        expect("bounds to a full disk", run("info", "--bounds", "krum", "-n", 9, stdout=full), 5, "No space left")


def test_bounds_are_rounded_up():
    """Of a + sqrt(b): the least multiple of 10^-9 that is no less."""
    for n, f, d in [(3, 0, 1), (7, 1, 2), (10, 3, 5), (11, 4, 1000), (1000, 499, 77), (99999, 31415, 271828), (16777216, 8388605, 2**62),
                    (16777215, 1, None)]:  # fmt: skip
        h, size = n - f, [] if d is None else ["-d", d]
        few, four = min(d or h, h - 1), min(d or 4 * h, 4 * h)
        cases = [
            ("trimmed-mean", "lambda", 0, 0, Fraction(f, h) ** 2 * few), ("trimmed-mean", PUBLISHED, 0, 0, Fraction(f, h) ** 2 * four),
            ("meamed", "lambda", 0, 0, Fraction(2 * f, h) ** 2 * few), ("mda", "lambda", 0, Fraction(2 * f, h), 0),
            ("median", "lambda", 0, 0, Fraction(n - 1 if n % 2 else n - 2, 2 * h) ** 2 * few),
            ("median", PUBLISHED, 0, 0, Fraction(n, 2 * h) ** 2 * four),
            ("geometric-median", "lambda", 0, 0, Fraction((h - 1) ** 2, n * (n - 2 * f))),
            ("geometric-median", PUBLISHED, 0, 1, Fraction(h**2, n * (n - 2 * f))),
        ]  # fmt: skip
        if n >= 2 * f + 3:
            eta = 2 * (h + Fraction(f * (h - 2) + f**2 * (h - 1), n - 2 * f - 2))
            cases += [("krum", "lambda", 0, Fraction(h - 1, h), Fraction(h - 2, n - 2 * f - 1) if f else 0), ("krum", "eta", 0, 0, eta)]
            cases += [("multi-krum", "lambda", 0, Fraction(h - 1, h), Fraction(h - 2, n - 2 * f - 1) if f else 0), ("multi-krum", "eta", 0, 0, eta)]
        for rule, key, which, a, b in cases:
            text = bounds(rule, "-n", n, "-f", f, *size)[0][key][which]
            r, step = Fraction(text), Fraction(1, 10**9)
            below = r - step - a
            right = r >= a and (r - a) ** 2 >= b and (below < 0 or below**2 < b)
            check(f"bounds {rule} {n} {f} {d}: {key} is rounded up", right and len(text.split(".")[1]) == 9, (text, a, b))


def test_greatest_f():
    """What info says of f is what aggregate does."""
    with directory():
        np.save("in.npy", np.arange(36, dtype="f4").reshape(12, 3))
        np.save("scores.npy", np.arange(12.0))
        rules = run("aggregate", "none", "in.npy").stderr.decode().split("the rules are ")[1].split()
        check("all rules", len(rules) == 17, rules)
        for rule in (name.rstrip(",") for name in rules):
            found, done = bounds(rule, "-n", 12)
            greatest = int(found["greatest f"][0])
            options = ["--param", "scores=scores.npy"] if rule == "zeno" else []
            taken = [run("aggregate", rule, "-f", f, *options, "in.npy", "--json", "/dev/null").returncode for f in (greatest, greatest + 1)]
            check(f"{rule}: f up to {greatest}", taken[0] in (0, 4) and taken[1] == 2, taken)


def test_usual_coefficient_of_krum():
    """spec/bounds.md: the row that krum selects is farther from the honest mean than 1 + sqrt((n-f)/(n-2f)) diameters."""
    n, f = 203, 100
    a = np.zeros((n, 104))
    a[:103, :103] = 103 * np.eye(103)
    a[103:, :103] = 1
    a[103:, 103] = 1030
    with directory():
        np.save("in.npy", a)
        done = run("aggregate", "krum", "-f", f, "in.npy", "--json", "-", "-o", "out.npy")
        selected, out = json.loads(done.stdout)["selected"], np.load("out.npy")
        check("krum selects a Byzantine row", selected == [103] and out.tolist() == [1] * 103 + [1030], done)
        ratio = Fraction(1030**2, 2 * 103**2)  # the squared distance from the mean of rows 0 to 102, which is 1, ..., 1, 0, in squared diameters
        more = Fraction(6860, 1000)  # than the usual coefficient, 6.8594...
        check("the usual coefficient does not hold", ratio > more**2 and (more - 1) ** 2 > Fraction(n - f, n - 2 * f))
        found, done = bounds("krum", "-n", n, "-f", f)
        check("what is printed holds", Fraction(found["lambda"][0]) ** 2 >= ratio, done)


BOUNDED = [("median", 4), ("trimmed-mean", 4), ("meamed", 4), ("krum", 3), ("multi-krum", 3), ("mda", 4), ("geometric-median", 4)]


def check_bound(rule, n, f, d, source):
    """The distance of an output from the mean of n-f rows, against the bound; the slack is for rounding, of the output and here."""
    honest = source.normal(size=(n - f, d))
    a = np.concatenate([honest, honest.mean(axis=0) + source.normal(size=d) * source.choice([0.1, 1, 3, 10], size=(f, 1))])
    np.save("in.npy", a)
    run("aggregate", rule, "-f", f, "in.npy", "-o", "out.npy")
    found, done = bounds(rule, "-n", n, "-f", f, "-d", d)
    diameter = max(np.linalg.norm(x - y) for x, y in itertools.combinations(honest, 2))
    far = np.linalg.norm(np.load("out.npy") - honest.mean(axis=0))
    check(f"{rule}: the output is within its bound", far <= float(found["lambda"][0]) * diameter * (1 + 1e-9), (far / diameter, done))


def test_outputs_are_within_their_bounds():
    with directory():
        source = np.random.default_rng(11)
        for (rule, f), d in itertools.product(BOUNDED, (1, 2, 7, 40)):
            check_bound(rule, 9, f, d, source)


# ---- info and help ----


def test_info():
    done = run("info")
    keys = [line[:17].strip() for line in done.stdout.decode().splitlines()]
    check("info", keys[:7] == ["version", "commit", "compiler", "instruction set", "specification", "proof manifest", "to be proved"], done)
    done = run("info", "--self-test")
    lines = done.stdout.decode().splitlines()
    check("self-test", done.returncode == 0 and lines[-1].endswith(" passed, 0 failed") and len(lines) == 4, done)
    version = run("--version").stdout.decode()
    check("--version", version.startswith("certigar ") and "commit" in version and version.count("\n") == 1, version)
    for arguments, said in [
        (["--help"], "usage: certigar COMMAND"), (["-h"], "usage: certigar COMMAND"), (["help"], "usage: certigar COMMAND"),
        (["help", "aggregate"], "usage: certigar aggregate"), (["aggregate", "--help"], "usage: certigar aggregate"),
        (["aggregate", "median", "-h"], "usage: certigar aggregate"), (["help", "info"], "usage: certigar info"), (["info", "--help"], "usage: certigar info"),
    ]:  # fmt: skip
        done = run(*arguments)
        expect(" ".join(arguments), done, 0)
        check(" ".join(arguments), done.stdout.decode().startswith(said), done.stdout)
    text = run("help", "aggregate").stdout.decode()
    rules = {*RULES, *(rule for rule, *_ in SELECTING), *(rule for rule, *_ in PARAMETERS)}
    options = {"clip:tau=T", "arc", "-f F", "-m M", "--median", "--threads", "--level", "-o OUT", "--json"}
    check("help names every rule and option", all(word in text for word in rules | options), text)


if __name__ == "__main__":
    run_tests(globals())
