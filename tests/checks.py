"""Counts checks. What fails is said at once; the last line of a test is "N passed, N failed", which scripts/check.py reads."""
import shlex
import sys
import unittest

passed = failed = 0
most_shown = None  # how many failures are said; None: all
command = None  # the latest one that was run


def check(what, ok, seen=None):
    """Counts; returns whether it is so."""
    global passed, failed
    if ok:
        passed += 1
        return True
    failed += 1
    if most_shown is None or failed <= most_shown:
        print(f"FAILED {what}")
        if seen is not None:
            print(f"  saw: {seen!r}")
        if command is not None:
            print(f"  command: {command}", flush=True)
    return False


def ran(argv):
    """A command line as a list of strings; failures name it until the next."""
    global command
    argv = [str(word) for word in argv]
    command = shlex.join(argv)
    return argv


def finish():
    """Says the counts and ends the program, with 1 if a check failed or none was made."""
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed or not passed else 0)


def finish_unittest():
    """The same of the program's unittest.TestCase classes, which it runs."""
    global passed, failed
    result = unittest.main(exit=False, verbosity=1).result
    failed = len(result.failures) + len(result.errors)
    passed = result.testsRun - failed
    finish()
