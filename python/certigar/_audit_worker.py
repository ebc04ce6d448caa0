"""A Python callable as a program that certigar audit can ask (docs/audit-protocol.md): python -m certigar._audit_worker [--as KIND] MODULE:CALLABLE

KIND says what the rows come as: array (default; n x d, float32 or float64), list (of n arrays of d), tensor (a torch tensor) or tensors (a list of
them). The callable gets the rows, and by their names those of f, rule, median, m, variant, pivot, beta, threshold, scores, tolerance, tau and
iterations that it has as parameters. A class is made anew for each request, with those of them that its __init__ has, and the object is called with
the rows. A request that varies a parameter which the callable does not have is unsupported, and so is one at which it raises NotImplementedError; any
other exception is an error, whose traceback goes to standard error. What the callable prints goes there too.
"""

from __future__ import annotations

import importlib
import inspect
import io
import json
import os
import sys
import traceback
from typing import Any, BinaryIO, Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
KINDS = ("array", "list", "tensor", "tensors")
PARAMETERS = ("f", "rule", "median", "m", "variant", "pivot", "beta", "threshold", "scores", "tolerance", "tau", "iterations")


def load(name: str) -> Callable[..., Any]:
    """MODULE:CALLABLE, where CALLABLE may have dots. ValueError or what the import raises."""
    module, colon, path = name.partition(":")
    if not module or not path:
        raise ValueError(f"must be MODULE:CALLABLE, got {name!r}")
    target: Any = importlib.import_module(module)
    for attribute in path.split("."):
        target = getattr(target, attribute)
    if not callable(target):
        raise ValueError(f"{name} is not callable")
    result: Callable[..., Any] = target
    return result


def accepted(target: Callable[..., Any], given: dict[str, Any]) -> dict[str, Any]:
    """Those of the parameters that the callable has by their names. Of one without a signature, f."""
    try:
        names = inspect.signature(target).parameters
    except (TypeError, ValueError):
        return {"f": given["f"]}
    return {name: value for name, value in given.items() if name in names}


def missing(target: Callable[..., Any], question: dict[str, Any]) -> list[str]:
    """The parameters that this request varies and the callable does not have: what it answers would be for others."""
    varied = {name: question[name] for name in question.get("varied", ())}
    has = accepted(target, {"f": 0, **varied})
    return [name for name in varied if name not in has]


def read_npy(stream: BinaryIO, size: int) -> Array:
    data = stream.read(size)
    array: Array = np.load(io.BytesIO(data), allow_pickle=False)
    return array


def parameters_of(question: dict[str, Any]) -> dict[str, Any]:
    given = {name: question[name] for name in PARAMETERS if name in question}
    if "scores" in given:
        given["scores"] = np.array([int(bits, 16) for bits in given["scores"]], dtype=np.uint64).view(np.float64)
    return given


def rows_as(kind: str, rows: Array) -> Any:
    if kind == "array":
        return rows
    if kind == "list":
        return list(rows)
    torch: Any = importlib.import_module("torch")
    return torch.from_numpy(rows) if kind == "tensor" else [torch.from_numpy(row) for row in rows]


def output_of(value: Any, dtype: str) -> Array:
    """The callable's result as an array. Its dtype and shape are its own affair; numbers in a list are of the dtype that was asked for."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    return np.ascontiguousarray(value if isinstance(value, (np.ndarray, np.generic)) else np.asarray(value, dtype=dtype))


def answer(target: Callable[..., Any], kind: str, question: dict[str, Any], rows: Array) -> Array:
    given = parameters_of(question)
    if inspect.isclass(target):
        value = target(**accepted(target, given))(rows_as(kind, rows))
    else:
        value = target(rows_as(kind, rows), **accepted(target, given))
    return output_of(value, question["dtype"])


def reply(stream: BinaryIO, line: dict[str, Any], data: bytes = b"") -> None:
    stream.write(json.dumps(line).encode() + b"\n" + data)
    stream.flush()


def serve(target: Callable[..., Any], kind: str, requests: BinaryIO, answers: BinaryIO) -> None:
    """Until the requests end."""
    for line in iter(requests.readline, b""):
        question = json.loads(line)
        rows = read_npy(requests, question["bytes"])
        lacks = missing(target, question)
        if lacks:
            reply(answers, {"id": question["id"], "unsupported": f"it has no parameter {', '.join(lacks)}"})
            continue
        try:
            stream = io.BytesIO()
            np.save(stream, answer(target, kind, question, rows), allow_pickle=False)
        except NotImplementedError as error:
            reply(answers, {"id": question["id"], "unsupported": str(error) or "not implemented"})
        except Exception as error:  # whatever the callable raises is its answer
            traceback.print_exc()
            reply(answers, {"id": question["id"], "error": f"{type(error).__name__}: {error}"})
        else:
            reply(answers, {"id": question["id"], "bytes": len(stream.getvalue())}, stream.getvalue())


def main(arguments: list[str]) -> int:
    kind = "array"
    if len(arguments) == 3 and arguments[0] == "--as" and arguments[1] in KINDS:
        kind, arguments = arguments[1], arguments[2:]
    if len(arguments) != 1:
        print(f"usage: python -m certigar._audit_worker [--as {'|'.join(KINDS)}] MODULE:CALLABLE", file=sys.stderr)
        return 2
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the callable prints is no answer
    serve(load(arguments[0]), kind, sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
