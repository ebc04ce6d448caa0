#!/usr/bin/env python3
"""A program that certigar audit talks to (docs/audit-protocol.md), right or wrong in one way: for tests/test_audit.py and tests/test_report.py.

usage: audit_program.py MODE [FILE]

right           average, median, trimmed-mean, meamed, krum, cge by fractions; other rules are unsupported
nan-row         krum takes the first row that is not finite
crash, exit     ends by a signal, or with status 3, where the first number is negative
crash-of-two    ends where f is 2
hang            never answers there
garbage         answers with a line that is no JSON
too-many        announces less than it writes, there
too-few         announces more than it writes, and goes on, there
oversized       announces a gigabyte
wrong-id, wrong-dtype, wrong-shape, no-npy, not-words
error           answers error everywhere
eager           writes much before it reads anything
chatty          writes much to standard error before it reads a matrix
deaf            answers before it has read the matrix, and never reads it
forks           starts a process that leaves the group and outlives it; writes its number to FILE
logs            appends a line to FILE for each request
mixed           some of each: krum takes the row that is not finite, average is summed in steps, trimmed-mean by subtraction, cge crashes, meamed
                writes what is no .npy file
markup          average is wrong, and what it says has markup and bytes that are no text
"""
import json
import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import exact_rules  # noqa: E402
import exact_selection  # noqa: E402

MODE, FILE = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
SELECTING = {"krum": exact_selection.krum, "cge": exact_selection.cge}


def read_npy(data, n, d, dtype):
    start = 10 + struct.unpack("<H", data[8:10])[0]
    size, letter = (4, "I") if dtype == "float32" else (8, "Q")
    words = struct.unpack(f"<{n * d}{letter}", data[start:start + n * d * size])
    return [list(words[i * d:(i + 1) * d]) for i in range(n)]


def write_npy(words, dtype, shape=None):
    head = f"{{'descr': '<f{4 if dtype == 'float32' else 8}', 'fortran_order': False, 'shape': {shape or f'({len(words)},)'}, }}".encode()
    head += b" " * (-(10 + len(head) + 1) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + struct.pack(f"<{len(words)}{'I' if dtype == 'float32' else 'Q'}", *words)


def aggregate(question, rows):
    """The output words, or None for a rule that is not here."""
    bits = 32 if question["dtype"] == "float32" else 64
    rule, f = question["rule"], question["f"]
    if rule in SELECTING:
        return SELECTING[rule](exact_rules.Format(bits), rows, f).out
    if rule in exact_rules.RULES:
        return [exact_rules.aggregate(bits, rule, f, list(column), question.get("median", "midpoint"))[0] for column in zip(*rows)]
    return None


def emit(line, data=b""):
    sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape") + b"\n" + data)
    sys.stdout.buffer.flush()


def misbehave(question, words):
    """What a wrong program does where the first number is negative; returns whether it did anything."""
    data = write_npy(words, question["dtype"])
    head = {"id": question["id"], "bytes": len(data)}
    if MODE == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif MODE == "exit":
        print("going\nto end", file=sys.stderr, flush=True)
        os._exit(3)
    elif MODE == "hang":
        time.sleep(1000)
    elif MODE == "too-many":
        emit(json.dumps(head), data + b"and more")
    elif MODE == "too-few":
        emit(json.dumps({**head, "bytes": len(data) + 8}), data)
    else:
        return False
    return True


def answer(question, words):
    dtype = question["dtype"]
    if question["input"] == "json":
        digits = 8 if dtype == "float32" else 16
        emit(json.dumps({"id": question["id"], "output": ["1.5" if MODE == "not-words" else f"{word:0{digits}x}" for word in words]}))
        return
    if MODE == "wrong-dtype":
        dtype = "float64" if dtype == "float32" else "float32"
        words = [0] * len(words)
    if MODE == "wrong-shape":
        words = words + words
    data = write_npy(words, dtype) if MODE != "no-npy" else b"PK\x03\x04"
    emit(json.dumps({"id": question["id"] + (MODE == "wrong-id"), "bytes": len(data) if MODE != "oversized" else 10**9}), data)


def summed(fmt, words):
    """The mean as most programs take it, each sum rounded."""
    total = 0
    for word in words:
        total = fmt.mean([total, word]) if not (fmt.is_finite(total) and fmt.is_finite(word)) else fmt.rn(fmt.value(total) + fmt.value(word), 1)
        total = total if fmt.magnitude(total) < fmt.infinity else total
    return fmt.rn(fmt.value(total), len(words)) if fmt.is_finite(total) else total


def without_extremes(fmt, words, f):
    """A trimmed mean by subtraction from the rounded sum of all."""
    ranked = sorted(words, key=fmt.order)
    if not all(map(fmt.is_finite, words)):
        return fmt.nan
    total = 0
    for word in ranked:
        total = fmt.rn(fmt.value(total) + fmt.value(word), 1)
    for word in ranked[:f] + ranked[len(words) - f:]:
        total = fmt.rn(fmt.value(total) - fmt.value(word), 1) if fmt.is_finite(total) else total
    return fmt.rn(fmt.value(total), len(words) - 2 * f) if fmt.is_finite(total) else total


def mixed(question, rows, words, fmt):
    """The words of a program that is wrong in several ways; None if it has said something else."""
    rule, f = question["rule"], question["f"]
    if rule == "average":
        return [summed(fmt, column) for column in zip(*rows)]
    if rule == "trimmed-mean":
        return [without_extremes(fmt, list(column), f) for column in zip(*rows)]
    if rule == "krum":
        return next((row for row in rows if not exact_selection.is_finite_row(fmt, row)), words)
    if rule == "cge" and question["n"] > 4:
        print("Traceback (most recent call last):\nIndexError: <none> & none", file=sys.stderr, flush=True)
        os._exit(1)
    if rule == "meamed" and question["d"] == 2:
        emit(json.dumps({"id": question["id"], "bytes": 3}), b"and more")
        return None
    return words


def respond(question, rows):
    words = aggregate(question, rows)
    bits = 32 if question["dtype"] == "float32" else 64
    fmt = exact_rules.Format(bits)
    if MODE == "garbage":
        emit("no JSON <here>")
    elif MODE == "error":
        emit(json.dumps({"id": question["id"], "error": "it went wrong"}))
    elif words is None:
        emit(json.dumps({"id": question["id"], "unsupported": "no such rule"}))
    elif fmt.negative(rows[0][0]) and misbehave(question, words):
        pass
    else:
        if MODE == "mixed":
            words = mixed(question, rows, words, fmt)
            if words is None:
                return
        if MODE == "nan-row" and question["rule"] == "krum":
            words = next((row for row in rows if not exact_selection.is_finite_row(fmt, row)), words)
        if MODE == "markup" and question["rule"] == "average":
            print("</script><b>&\xff\x01", file=sys.stderr, flush=True)
            sys.stderr.buffer.write(b"\xff\xfe\x00 raw\n")
            sys.stderr.buffer.flush()
            words = [fmt.rn(3, 1) for _ in words]
        if MODE == "markup" and question["rule"] == "median":
            emit(f'{{"id": {question["id"]}, "error": "<img src=x onerror=alert(1)> & \\"quoted\\""}}')
            return
        answer(question, words)


def main():
    if MODE == "eager":
        emit("x" * 300000)
    if MODE == "forks":
        child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
        Path(FILE).write_text(str(child.pid))
    for line in iter(sys.stdin.buffer.readline, b""):
        question = json.loads(line)
        if MODE == "chatty":
            sys.stderr.write("x" * 200000 + "\n")
        if MODE == "deaf":
            emit(json.dumps({"id": question["id"], "unsupported": "not interested"}))
            time.sleep(1000)
        if question["input"] == "npy":
            rows = read_npy(sys.stdin.buffer.read(question["bytes"]), question["n"], question["d"], question["dtype"])
        else:
            rows = [[int(word, 16) for word in row] for row in question["rows"]]
        if MODE == "logs":
            with open(FILE, "a", encoding="ascii") as log:
                print(question["id"], file=log)
        if MODE == "crash-of-two" and question["f"] == 2:
            os._exit(1)
        respond(question, rows)


main()
