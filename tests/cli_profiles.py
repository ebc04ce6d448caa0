#!/usr/bin/env python3
"""certigar aggregate --profile and certigar identify.

usage: cli_profiles.py [PATH/TO/certigar]        default: build/certigar; needs NumPy (Debian: python3-numpy)
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
from checks import check, finish, ran  # noqa: E402
from with_numpy import np  # noqa: E402

PROGRAM = Path(sys.argv[1] if len(sys.argv) > 1 else "build/certigar").resolve()
PROFILES = ["paper", "byzfl", "lpd-py", "lpd-native", "krum2", "flower-legacy", "flower", "epfml", "torchjd", "fedml"]


def run(*arguments):
    return subprocess.run(ran([PROGRAM, *arguments]), capture_output=True, text=True, check=False)


def expect(name, done, status, *texts):
    good = done.returncode == status and all(text in done.stdout + done.stderr for text in texts)
    check(f"{name}: exit status {status}, saying {texts}", good, done)


def identified(folder, rule, candidate, *options):
    np.save(folder / "y.npy", candidate)
    done = run("identify", rule, *options, folder / "x.npy", folder / "y.npy", "--json", "-")
    check(f"identify {rule} is JSON", done.stdout.startswith("{"), done.stdout + done.stderr)
    report = json.loads(done.stdout)
    judged = run("check", rule, *options, folder / "x.npy", folder / "y.npy", "--json", "-")
    if judged.stdout:  # the paper takes these parameters
        finding = json.loads(judged.stdout)
        theirs = {one["profile"] for one in report["definitions"] if one["match"] in ("exact", "rounding")} - {"paper"}
        paper = {"EXACT": "exact", "TIE": "tie", "ROUNDING": "rounding"}.get(finding["verdict"], "different")
        check(f"check {rule} says the same", theirs == set(finding["profiles"]) and report["definitions"][0]["match"] == paper, (report, finding))
    check("all profiles", [one["profile"] for one in report["definitions"]] == PROFILES)
    return done.returncode, {one["profile"]: one for one in report["definitions"]}


def test_aggregate(folder):
    x = folder / "x.npy"
    for profile in PROFILES:
        done = run("aggregate", "krum", "-f", 2, "--profile", profile, x, "--json", "-", "-o", folder / f"{profile}.npy")
        expect(f"krum of {profile}", done, 0)
        check(f"certificate of {profile}", json.loads(done.stdout)["profile"] == profile)
    expect("no such profile", run("aggregate", "krum", "--profile", "byz", x, "--json", "-"), 2, "--profile must be one of paper, byzfl", "got 'byz'")
    expect("no such rule", run("aggregate", "bulyan", "--profile", "byzfl", x, "--json", "-"), 2, "byzfl does not have bulyan")
    expect("random", run("aggregate", "caf", "--profile", "byzfl", x, "--json", "-"), 2, "random vector")
    expect("f", run("aggregate", "krum", "--profile", "lpd-py", x, "--json", "-"), 2, "lpd-py: krum: f = 0, must be at least 1")
    expect("m", run("aggregate", "multi-krum", "-m", 3, "-f", 2, "--profile", "byzfl", x, "--json", "-"), 2, "m = 3", "must be 9 to 9")
    expect("stage", run("aggregate", "krum", "--pre", "nnm", "--profile", "krum2", x, "--json", "-"), 2, "krum2 does not have nnm")
    expect("seed", run("aggregate", "krum", "--pre", "bucketing:s=2,seed=1", "--profile", "fedml", x, "--json", "-"), 2, "seed = 1")
    expect("kind", run("aggregate", "median", "--median", "upper", "--profile", "byzfl", x, "--json", "-"), 2, "one kind only")


def test_ties(folder):
    """fedml's Bulyan has row 1 before row 0: of two rows that are alike in everything it takes row 1 last."""
    np.save(folder / "tie.npy", np.array([[-10, 0], [10, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 1000]], dtype=np.float64))
    done = run("aggregate", "bulyan", "-f", 1, "--profile", "fedml", folder / "tie.npy", "--json", "-")
    certificate = json.loads(done.stdout)
    check("row 1 before row 0", certificate["selected"] == [1, 2, 3, 4, 5], certificate["selected"])
    check("ties", certificate["ties"] >= 1)


def test_failures(folder):
    nan = np.random.default_rng(1).normal(size=(7, 3))
    nan[2, 1] = np.nan
    np.save(folder / "nan.npy", nan)
    expect("a NaN wins", run("aggregate", "bulyan", "-f", 1, "--profile", "flower-legacy", folder / "nan.npy", "--json", "-"), 4, "flower-legacy fails")
    np.save(folder / "far.npy", np.arange(7.0)[:, None] * 1e25)
    expect("no score is small", run("aggregate", "bulyan", "-f", 1, "--profile", "fedml", folder / "far.npy", "--json", "-"), 4, "fedml fails")


def test_identify(folder, x):
    for profile in PROFILES:
        status, found = identified(folder, "krum", np.load(folder / f"{profile}.npy"), "-f", 2)
        check(f"{profile} is found", status == 0 and found[profile]["match"] == "exact" and found[profile]["different"] == 0, found)
    status, found = identified(folder, "median", x.mean(axis=0))
    check("nobody's median", status == 1 and all(one["match"] in ("different", "none") for one in found.values()), found)
    check("torchjd has no median", "does not have median" in found["torchjd"]["reason"])
    rows = x[np.sort(np.argsort(np.linalg.norm(x - x[0], axis=1))[:9])]
    status, found = identified(folder, "monna", sum(rows) / len(rows), "-f", 2)
    check("rounding", status == 0 and found["byzfl"]["match"] in ("rounding", "exact") and found["byzfl"]["match"] == found["paper"]["match"], found)
    status, found = identified(folder, "trimmed-mean", (x.sum(axis=0) - x.max(axis=0) - x.min(axis=0)) / np.float32(9), "-f", 1)
    check("trimmed by subtraction", status == 0 and found["epfml"]["match"] == "rounding", found)
    far = np.median(x, axis=0)
    far[5] = np.inf
    status, found = identified(folder, "median", far)
    check("not finite", found["paper"]["worst_ulps"] is None and found["paper"]["worst_coordinate"] == 5 and found["paper"]["different"] == 1, found)
    even = x[:10]
    np.save(folder / "x.npy", even)
    status, found = identified(folder, "median", np.sort(even, axis=0)[4])
    check("the lower median", status == 0 and [p for p in PROFILES if found[p]["match"] == "exact"] == ["lpd-py", "fedml"], found)
    status, found = identified(folder, "median", np.sort(even, axis=0)[5], "--median", "upper")
    check("the upper median", [p for p in PROFILES if found[p]["match"] == "exact"] == ["paper", "lpd-native"], found)
    status, found = identified(folder, "multi-krum", even[:1].sum(axis=0), "-f", 1)
    check("m without default", "m is not given" in found["epfml"]["reason"], found["epfml"])
    np.save(folder / "x.npy", x)


def test_identify_usage(folder):
    x, y = folder / "x.npy", folder / "y.npy"
    np.save(y, np.zeros(40, dtype=np.float32))
    expect("text", run("identify", "krum", "-f", 2, x, y), 1, "paper ", "fedml ", "differs in 40 of 40")
    expect("no candidate", run("identify", "krum", x), 2, "identify needs a candidate file")
    expect("-o", run("identify", "krum", x, y, "-o", "out.npy"), 2, "unknown option '-o'")
    expect("--profile", run("identify", "krum", x, y, "--profile", "byzfl"), 2, "unknown option '--profile'")
    expect("help", run("identify", "--help"), 0, "usage: certigar identify", *PROFILES)
    expect("help identify", run("help", "identify"), 0, "usage: certigar identify")
    expect("help lists it", run("--help"), 0, "certigar identify RULE")
    expect("help of --profile", run("help", "aggregate"), 0, "--profile NAME")
    np.save(y, np.zeros(41, dtype=np.float32))
    expect("size", run("identify", "krum", x, y), 3, "41 values, but the input has 40 columns")
    np.save(y, np.zeros(40))
    expect("type", run("identify", "krum", x, y), 3, "float64, but the input float32")
    expect("missing", run("identify", "krum", x, folder / "none.npy"), 3, "none.npy")
    np.save(y, np.zeros(40, dtype=np.float32))
    expect("a file", run("identify", "krum", x, y, "--json", folder / "report.json"), 1, "differs")
    check("the report", json.loads((folder / "report.json").read_text())["rule"] == "krum")


def main():
    x = np.random.default_rng(7).normal(size=(11, 40)).astype(np.float32)
    x[3] += 4
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.save(folder / "x.npy", x)
        test_aggregate(folder)
        test_ties(folder)
        test_failures(folder)
        test_identify(folder, x)
        test_identify_usage(folder)
    finish()


if __name__ == "__main__":
    main()
