#!/usr/bin/env python3
"""make check: builds, tests, replays the fuzzing corpora and the proofs, part by part; stops at the first part that fails.

A program under test says what it counted in its last line, "N passed, N failed" (cmocka's own summary is understood too);
a program that says nothing counts as one test. The last line here is the sum.
"""
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CPUS = str(os.cpu_count() or 1)
passed = failed = 0
started = time.monotonic()


def finish(message):
    print(f"\n{message} ({time.monotonic() - started:.0f} s)\n{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


def counts(output, status):
    """(passed, failed) of a program, from what it printed and its exit status."""
    own = re.findall(r"^(\d+) passed, (\d+) failed\s*$", output, re.M)
    cmocka = [sum(int(number) for number in re.findall(rf"^\[  {word}  \] (\d+) test\(s\)", output, re.M)) for word in ("PASSED", "FAILED")]
    good, bad = (int(own[-1][0]), int(own[-1][1])) if own else cmocka if any(cmocka) else (1, 0) if status == 0 else (0, 1)
    return good, bad or int(status != 0)


def run(name, command, live=False):
    """Runs one program and counts it. Its output shows as it comes (live), or only if it fails."""
    global passed, failed
    begun, lines = time.monotonic(), []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    for line in process.stdout:
        lines.append(line)
        if live:
            print(line, end="", flush=True)
    good, bad = counts("".join(lines), process.wait())
    passed, failed = passed + good, failed + bad
    skipped = sum(int(number) for number in re.findall(r"^\[  SKIPPED \] (\d+) test\(s\)", "".join(lines), re.M))
    print(f"  {name}: {good} passed, {bad} failed{f', {skipped} skipped' if skipped else ''} ({time.monotonic() - begun:.1f} s)", flush=True)
    if bad:
        if not live:
            print("".join(lines), end="")
        print(f"\nFAILED: {' '.join(map(str, command))}")
        finish("make check stopped at the part that failed")


def make(*targets, **variables):
    command = ["make", "--no-print-directory", "-j" + CPUS, *targets, *(f"{name}={value}" for name, value in variables.items())]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        global failed
        failed += 1
        print(done.stdout + f"\nFAILED: {' '.join(command)}")
        finish("make check stopped: it does not build")


def build():
    make("all", WERROR=1)


def unit_tests():
    for program in sorted(ROOT.glob("tests/test_*.c")):
        run(program.stem, [f"build/tests/{program.stem}"])


def scripts():
    for script in sorted(ROOT.glob("tests/test_*.py")):
        run(script.name, [sys.executable, script])
    for script in ("cli", "cli_real_rules", "check_cli", "cli_profiles", "cli_train"):
        run(f"{script}.py", [sys.executable, f"tests/{script}.py", "build/certigar"])
    if (ROOT / "tests/self_test_cases.py").exists():
        run("self_test_cases.h is what its script writes",
            [sys.executable, "tests/self_test_cases.py", "--check", "src/cli/self_test_cases.h"])


def crosscheck():
    if (ROOT / "tests/crosscheck.c").exists():
        run("crosscheck", ["build/crosscheck", "--coordinates", os.environ.get("COORDINATES", "1000000")], live=True)


VARIANTS = {  # the library and the tests once more, otherwise compiled: results may not depend on it
    "sanitizers": {"CFLAGS": "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all", "LDFLAGS": "-fsanitize=address,undefined"},
    "gcc -O0": {"CFLAGS": "-O0 -U_FORTIFY_SOURCE"},
    "gcc -Ofast": {"CFLAGS": "-Ofast"},
    "clang -O2": {"CC": "clang", "CFLAGS": "-O2"},
}


def variants():
    for name, variables in VARIANTS.items():
        folder = "build/variants/" + re.sub(r"\W+", "_", name)
        make("tests", B=folder, **variables)
        for source in sorted(set(ROOT.glob("tests/test_*.c")) - set(ROOT.glob("tests/test_bits*.c"))):   # those try 2^32 words: once is enough
            run(f"{name}: {source.stem}", [f"{folder}/tests/{source.stem}"])
        if (ROOT / "tests/crosscheck.c").exists():
            run(f"{name}: crosscheck", [f"{folder}/crosscheck", "--coordinates", "40000", "--seed", "2"])


def library():
    """The shared library exports what its headers declare and nothing else, and a program builds and runs against an installed copy."""
    make("install", DESTDIR=ROOT / "build/stage", PREFIX="/usr", WERROR=1)
    run("exports and installation", ["sh", "scripts/check_library.sh"])


def corpora():
    for source in sorted(ROOT.glob("fuzz/fuzz_*.c")):
        name = source.stem.removeprefix("fuzz_")
        inputs = sorted(path for path in (ROOT / "fuzz/corpus" / name).glob("*") if path.is_file())
        run(f"{name}, {len(inputs)} inputs", [f"build/fuzz/{name}", "-runs=0", *inputs])


def proofs():
    run("proofs", [sys.executable, "proofs/prove.py", "--replay"], live=True)
    run("eva", [sys.executable, "proofs/eva.py"], live=True)
    run("coq", [sys.executable, "proofs/coq.py"], live=True)
    run("ledger", [sys.executable, "proofs/ledger.py"], live=True)


PARTS = [("Build", build), ("Unit tests", unit_tests), ("Library", library), ("Command line and scripts", scripts),
         ("Against the reference", crosscheck), ("Otherwise compiled", variants), ("Fuzzing corpora", corpora), ("Proofs", proofs)]

for title, part in PARTS:
    print(f"\n== {title}", flush=True)
    begun = time.monotonic()
    part()
    print(f"   {title}: {time.monotonic() - begun:.1f} s", flush=True)
finish("make check: all parts are done")
