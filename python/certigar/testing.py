"""For tests of other implementations: assert_conforms().

    def test_mine(tmp_path):
        certigar.testing.assert_conforms("krum", my_krum, f=1, directory=tmp_path)

calls my_krum(x) for some matrices x of 11 rows and demands that certigar's verdict on each result is EXACT, TIE or ROUNDING. In pytest the fixture
certigar_conforms is the same with the test's own folder: certigar_conforms("krum", my_krum, f=1). An installed package brings it by itself; otherwise
a conftest.py that says pytest_plugins = ["certigar.pytest_plugin"] does.
"""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path
from typing import Any, Callable, Iterable, Optional, Sequence, Union

import numpy as np

from ._numbers import exact_text
from ._rows import Array, Rows, array_of, vector_of
from .checking import ACCEPTED, Finding, check
from .errors import ParameterError

__all__ = ["ConformanceError", "assert_conforms", "matrices"]

_SHOWN = 128  # values of a matrix that a message shows


class ConformanceError(AssertionError):
    """A result that does not conform. `finding` is certigar's, or None if there was nothing to judge; `inputs` are the rows."""

    def __init__(self, message: str, inputs: Any, finding: Optional[Finding]) -> None:
        super().__init__(message)
        self.inputs, self.finding = inputs, finding


def matrices(n: int = 11, d: int = 8, f: int = 0, dtype: Any = np.float32, seed: int = 1) -> dict[str, Array]:
    """Some n x d matrices that tell implementations apart, by name: each the same at every call with the same arguments."""
    source = np.random.default_rng(seed)
    top = float(np.finfo(dtype).max)
    normal = source.normal(size=(n, d))
    far, huge, nan, infinite = (normal.copy() for _ in range(4))
    far[:f], huge[:f], nan[:f], infinite[:f] = 1e10, top, np.nan, np.inf
    made = {
        "normal": normal,
        "f rows far away": far,
        "f rows of the greatest number": huge,
        "f rows of NaN": nan,
        "f rows of infinities": infinite,
        "small integers, with ties": source.integers(-2, 3, (n, d)).astype(np.float64),
        "equal rows": np.repeat(normal[:1], n, axis=0),
        "one mean for all, small differences": 1000 + normal / 1024,
        "subnormal": normal * float(np.finfo(dtype).smallest_subnormal) * 100,
        "greatest numbers": np.where(normal > 0, top, -top),
    }
    return {name: rows.astype(dtype) for name, rows in made.items()}


def _named(inputs: Any, f: int) -> dict[str, Any]:
    if inputs is None:
        return dict(matrices(f=f)) | {f"{name}, float64": rows for name, rows in matrices(f=f, dtype=np.float64).items()}
    if isinstance(inputs, dict):
        return inputs
    if hasattr(inputs, "ndim"):
        return {"inputs": inputs}
    return {f"inputs[{i}]": rows for i, rows in enumerate(inputs)}


def _copy(x: Any) -> Any:
    """The function under test may write to what it gets."""
    return x.copy() if isinstance(x, np.ndarray) else x.clone() if hasattr(x, "clone") else [_copy(row) for row in x]


def _hexadecimal(array: Array) -> str:
    def short(value: float) -> str:
        head, point, tail = value.hex().partition("p")
        return (head.rstrip("0").rstrip(".") if "." in head else head) + point + tail
    return "\n".join("    " + " ".join(short(float(value)) for value in row) for row in np.atleast_2d(array))


def _arguments(rule: str, f: int, parameters: dict[str, Any]) -> list[str]:
    """The arguments of the program certigar that say the same."""
    words, own = [rule, "-f", str(f)], {**parameters}
    for stage in own.pop("pre", ()):
        words += ["--pre", str(stage)]
    for name, flag in (("m", "-m"), ("median", "--median"), ("profile", "--profile")):
        if own.get(name) is not None:
            words += [flag, str(own[name])]
        own.pop(name, None)
    for name in ("variant", "pivot", "iterations"):
        if own.get(name) is not None:
            words += ["--param", f"{name}={own[name]}"]
    for name in ("beta", "threshold", "tau", "tolerance"):
        if own.get(name) is not None:
            words += ["--param", f"{name}={exact_text(name, own[name]).decode()}"]
    return words


def _reproduce(rule: str, f: int, parameters: dict[str, Any], x: Array, candidate: Optional[Array], directory: Optional[Path]) -> str:
    """Writes what was judged to .npy files and gives the command that judges it again."""
    folder = Path(directory) if directory is not None else Path(tempfile.mkdtemp(prefix="certigar-"))
    arguments = ["certigar", "check" if candidate is not None else "aggregate", *_arguments(rule, f, parameters)]
    for name in ("scores", "centre"):
        if parameters.get(name) is not None:
            value = parameters[name]
            np.save(folder / f"{name}.npy", array_of(name, value) if name == "centre" else np.asarray(value, np.float64))
            arguments += ["--param", f"{name}={folder / f'{name}.npy'}"]
    np.save(folder / "input.npy", x)
    arguments.append(str(folder / "input.npy"))
    if candidate is not None:
        np.save(folder / "candidate.npy", candidate)
        arguments.append(str(folder / "candidate.npy"))
    if parameters.get("loss") is not None:
        return f"certigar.{arguments[1]} with the same loss on {folder / 'input.npy'}"
    return shlex.join(arguments)


def assert_conforms(rule: str, function: Callable[[Any], Any], f: int = 0, inputs: Union[None, Any, Iterable[Any], dict[str, Any]] = None, *,
                    accept: Sequence[str] = ACCEPTED, directory: Any = None, **parameters: Any) -> list[Finding]:
    """Calls function(x) for each matrix x of inputs (a matrix, several, or a dict of them by name; default: matrices() of float32 and float64) and
    demands that certigar's verdict on what it returns, a vector of d values of the same dtype, is in accept.

    rule, f and parameters are those of check(). The function gets a copy of x. Returns the findings. Raises ConformanceError, an AssertionError,
    whose message has the verdict, the reason, the rows in hexadecimal if they are few, and the command that repeats the judgement on two .npy files,
    which are written to `directory` (default: a new temporary one). An exception of the function, or a result of another shape or dtype, is such an
    error too."""
    findings = []
    parameters["pre"] = list(parameters.get("pre", ()))

    def wrong(name: str, x: Any, verdict: str, reason: str, candidate: Optional[Array], finding: Optional[Finding]) -> ConformanceError:
        array = Rows(x).array
        command = _reproduce(rule, f, parameters, array, candidate, directory)
        return ConformanceError(_message(rule, f, name, verdict, reason, array, candidate, command), x, finding)

    for name, x in _named(inputs, f).items():
        Rows(x, name)
        try:
            result = function(_copy(x))
        except Exception as error:
            raise wrong(name, x, "NO RESULT", f"{type(error).__name__}: {error}", None, None) from error
        try:
            candidate = vector_of("the result", result, Rows(x).d, Rows(x).dtype)
        except (TypeError, ParameterError) as error:
            raise wrong(name, x, "NO RESULT", str(error), None, None) from error
        finding = check(rule, x, candidate, f, **parameters)
        if finding.verdict not in accept:
            raise wrong(name, x, finding.verdict, finding.reason, candidate, finding)
        findings.append(finding)
    return findings


def _message(rule: str, f: int, name: str, verdict: str, reason: str, x: Array, candidate: Optional[Array], command: str) -> str:
    lines = [f"{verdict}: {rule}, f = {f}, on {name} ({x.shape[0]} x {x.shape[1]}, {x.dtype})", f"  {reason}"]
    if x.size <= _SHOWN:
        lines += ["  rows:", _hexadecimal(x)]
        if candidate is not None:
            lines += ["  result:", _hexadecimal(candidate)]
    return "\n".join([*lines, f"  again: {command}"])
