"""python -m certigar audit MODULE:CALLABLE: somebody's callable over adversarial inputs, judged by the program certigar audit."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from . import _audit_worker
from ._library import library
from .errors import LibraryError

USAGE = """usage: python -m certigar audit MODULE:CALLABLE --rule RULE [--as KIND] [OPTION...]

Runs CALLABLE over adversarial inputs and judges each result. It is called with the rows, and with those of f, rule, median, m, variant, pivot,
beta, threshold, scores, tolerance, tau and iterations that it has as parameters. These are the test vectors' then, else the rule's own. A class is
made with them, and the object is called with the rows.

  --rule RULE   the rule that it implements; several if it takes rule=
  --as KIND     what the rows come as: array (default: NumPy, n x d), list (of n arrays), tensor (torch) or tensors (a list of them)

The other options are those of 'certigar help audit': -f F, --cases N, --seed S, --timeout SECONDS, --report OUT.html, --json OUT.json,
--junit OUT.xml, --state DIR, --resume, ... The program certigar is taken from the environment variable CERTIGAR_PROGRAM, from beside the library, or from PATH.

Exit status: that of certigar audit: 0 if every result is EXACT, TIE or ROUNDING; 1 if not."""


def find_program() -> str | None:
    """The program that belongs to the library, or the one in PATH; None if there is none."""
    named = os.environ.get("CERTIGAR_PROGRAM")
    if named:
        return named
    try:
        place = Path(library().path).resolve().parent
    except LibraryError:
        return shutil.which("certigar")
    beside = [place / "certigar", place.parent / "bin" / "certigar"]
    return next((str(path) for path in beside if os.access(path, os.X_OK) and path.is_file()), None) or shutil.which("certigar")


def split(arguments: list[str]) -> tuple[list[str], str | None, list[str]]:
    """The callables' names, the kind of rows, and what is for the program, all of whose options but --resume have a value."""
    names: list[str] = []
    rest: list[str] = []
    kind: str | None = None
    at = 0
    while at < len(arguments):
        argument = arguments[at]
        value = arguments[at + 1 : at + 2]
        if argument == "--as" or argument.startswith("--as="):
            kind = argument[5:] if argument.startswith("--as=") else (value or [""])[0]
            at += argument == "--as"
        elif not argument.startswith("-"):
            names.append(argument)
        else:
            rest.append(argument)
            if "=" not in argument and argument != "--resume" and (argument.startswith("--") or len(argument) == 2):
                rest += value
                at += 1
        at += 1
    return names, kind, rest


def complain(text: str) -> int:
    print(f"certigar: {text}", file=sys.stderr)
    return 2


def main(arguments: list[str]) -> int:
    if arguments in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    names, kind, rest = split(arguments)
    if len(names) != 1:
        return complain(f"audit needs one MODULE:CALLABLE, got {len(names)}; 'python -m certigar audit --help'")
    if not any(argument == "--rule" or argument.startswith("--rule=") for argument in rest):
        return complain("audit needs --rule RULE: which rule the callable implements")
    if kind is not None and kind not in _audit_worker.KINDS:
        return complain(f"--as must be one of {', '.join(_audit_worker.KINDS)}, got {kind!r}")
    if any(argument.startswith("--encoding") for argument in rest):
        return complain("--encoding: rows travel as .npy to Python")
    try:
        _audit_worker.load(names[0])
    except Exception as error:  # of somebody's module: anything
        return complain(f"{names[0]}: {type(error).__name__}: {error}")
    program = find_program()
    if program is None:
        return complain("no program certigar beside the library or in PATH; CERTIGAR_PROGRAM names one")
    package = str(Path(__file__).resolve().parent.parent)
    paths = [path for path in (os.environ.get("PYTHONPATH"), package) if path]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    worker = [sys.executable, "-m", "certigar._audit_worker", *(["--as", kind] if kind else []), names[0]]
    try:
        os.execv(program, [program, "audit", *rest, "--", *worker])
    except OSError as error:
        return complain(f"{program}: {error.strerror}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
