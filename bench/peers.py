"""certigar beside NumPy and, where it is installed, PyTorch, in one run, on the same 20 rows of float32; and two threads beside one.

usage: peers.py LIBRARY [--d D] [--repetitions R] [--markdown]
One thread but where it says two. Times are medians; the targets are ratios, and a target that is missed is no failure.
"""
import argparse
import ctypes
import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np

try:
    import torch
except ImportError:
    torch = None

N, F = 20, 4
COARSE, USUAL, FINE = "1", "1e-5", "1e-15"   # tolerances of the geometric median; the usual one is the default for float32
RULES = ["average", "median", "trimmed-mean", "meamed", "krum", "multi-krum", "bulyan", "multi-bulyan", "mda", "cge", "monna", "geometric-median"]


class Matrix(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("n", ctypes.c_size_t), ("d", ctypes.c_size_t), ("row_stride", ctypes.c_ssize_t),
                ("column_stride", ctypes.c_ssize_t), ("byte_swapped", ctypes.c_int), ("read", ctypes.c_void_p), ("context", ctypes.c_void_p)]


def library(path):
    found = ctypes.CDLL(os.path.abspath(path))
    found.certigar_options_new.restype = ctypes.c_void_p
    for setter in ("set_f", "set_threads"):
        getattr(found, "certigar_options_" + setter).argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    found.certigar_options_add_nnm.argtypes = found.certigar_options_free.argtypes = [ctypes.c_void_p]
    found.certigar_options_set_tolerance.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    found.certigar_plan_new.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p]
    found.certigar_plan_run.argtypes = [ctypes.c_void_p, ctypes.POINTER(Matrix), ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p]
    found.certigar_plan_free.argtypes = [ctypes.c_void_p]
    return found


def certigar(found, rows, rule, threads=1, nnm=False, tolerance=None):
    """A function that runs the rule on the rows."""
    options, plan, message = found.certigar_options_new(), ctypes.c_void_p(), ctypes.create_string_buffer(256)
    found.certigar_options_set_f(options, F)
    found.certigar_options_set_threads(options, threads)
    if nnm:
        found.certigar_options_add_nnm(options)
    if tolerance:
        found.certigar_options_set_tolerance(options, tolerance.encode())
    if found.certigar_plan_new(ctypes.byref(plan), RULES.index(rule), 0, N, options, message) != 0:
        raise SystemExit(f"{rule}: {message.value.decode()}")
    found.certigar_options_free(options)
    d = rows.shape[1]
    matrix = Matrix(rows.ctypes.data, N, d, rows.strides[0], rows.strides[1], 0, None, None)
    out = np.zeros(d, np.float32)

    def run():
        if found.certigar_plan_run(plan, ctypes.byref(matrix), out.ctypes.data, None, message) != 0:
            raise SystemExit(f"{rule}: {message.value.decode()}")
        return out

    return run


def weiszfeld(rows, iterations):
    """The usual iteration for the geometric median, in NumPy."""
    y = rows.mean(axis=0)
    for _ in range(iterations):
        weights = 1 / np.sqrt(((rows - y) ** 2).sum(axis=1))
        y = (weights / weights.sum()) @ rows
    return y


def iterations_of(path, rows, tolerance):
    """How many iterations geometric-median makes of the rows, by its certificate."""
    os.environ["CERTIGAR_LIBRARY"] = os.path.abspath(path)
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "python"))
    import certigar as package

    return package.aggregate("geometric-median", rows, F, tolerance=tolerance, threads=1, certificate=True)[1].iterations


def medians(functions, repetitions):
    """The median time of each function, which run in turn."""
    times = {name: [] for name in functions}
    for _ in range(repetitions):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(of) for name, of in times.items()}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("library")
    parser.add_argument("--d", type=int, default=1 << 20)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    found, d = library(arguments.library), arguments.d
    rows = np.random.default_rng(1).standard_normal((N, d)).astype(np.float32)
    copied = np.empty_like(rows)
    functions = {"copy": lambda: np.copyto(copied, rows)}
    for rule in ("average", "trimmed-mean", "meamed", "krum", "bulyan", "geometric-median"):
        functions[rule] = certigar(found, rows, rule)
    for tolerance in (COARSE, FINE):
        functions[f"geometric-median, tolerance {tolerance}"] = certigar(found, rows, "geometric-median", tolerance=tolerance)
    functions["nnm + average"] = certigar(found, rows, "average", nnm=True)
    functions["krum, two threads"] = certigar(found, rows, "krum", threads=2)
    functions["numpy: one iteration of Weiszfeld"] = lambda: weiszfeld(rows, 1)
    if torch:
        torch.set_num_threads(1)
        tensor = torch.from_numpy(rows)
        functions["torch.cdist"] = lambda: torch.cdist(tensor, tensor)
        functions["torch: trimmed mean by sort"] = lambda: tensor.sort(dim=0).values[F:N - F].mean(dim=0)
    took = medians(functions, arguments.repetitions)
    row = "| {} | {:.1f} | {:.1f} |" if arguments.markdown else "  {:34} {:8.1f} ms {:8.1f} copies"
    print(f"\nBeside others: {N} rows of float32, d = {d}, f = {F}, one thread\n")
    if arguments.markdown:
        print("| what | ms | times a copy |\n|---|---|---|")
    for name, seconds in took.items():
        print(row.format(name, 1e3 * seconds, seconds / took["copy"]))

    iterations = {tolerance: iterations_of(arguments.library, rows, tolerance) for tolerance in (COARSE, USUAL, FINE)}
    further = took[f"geometric-median, tolerance {FINE}"] - took[f"geometric-median, tolerance {COARSE}"]
    one = took["numpy: one iteration of Weiszfeld"]
    targets = [("bulyan over krum and meamed", took["bulyan"] / (took["krum"] + took["meamed"]), "at most", 1.5),
               ("nnm over krum: what it adds to average", (took["nnm + average"] - took["average"]) / took["krum"], "at most", 2),
               ("two threads, times faster (where there are two cores)", took["krum"] / took["krum, two threads"], "at least", 1.8),
               (f"numpy's iteration over one of geometric-median, all of it by its {iterations[USUAL]}", one * iterations[USUAL] / took["geometric-median"],
                "at least", 2)]
    if iterations[FINE] > iterations[COARSE]:
        more = iterations[FINE] - iterations[COARSE]
        targets.append((f"numpy's iteration over one of the {more} further ones for a tolerance of {FINE}", one * more / max(further, 1e-3 * one), "at least", 2))
    if torch:
        targets.append(("torch.cdist over krum", took["torch.cdist"] / took["krum"], "at least", 10))
        targets.append(("torch's trimmed mean over ours", took["torch: trimmed mean by sort"] / took["trimmed-mean"], "at least", 10))
    print("\nTargets" + ("" if torch else " (python3-torch is not installed: nothing is said of it)"))
    for what, measured, how, bound in targets:
        met = measured <= bound if how == "at most" else measured >= bound
        print(f"  {'met' if met else 'MISSED':6} {measured:7.2f}, {how} {bound:4.1f}   {what}")


if __name__ == "__main__":
    main()
