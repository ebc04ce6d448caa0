"""The structures of certigar.h and certigar_check.h, field by field; tests/test_python.py compares them with the headers."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_char, c_int, c_size_t, c_ssize_t, c_uint32, c_uint64, c_void_p

OK, NOT_FINITE, BAD_PARAMETER, NO_MEMORY, STOPPED, NO_VALUE = range(6)
FLOAT32, FLOAT64 = range(2)
MEDIAN_KINDS = ("midpoint", "lower", "upper")
VARIANTS = ("one-pass", "iterated")
LEVELS = ("best", "baseline", "x86-64-v3", "x86-64-v4")
WORST_MAX, REASON_MAX, ULPS_COUNTS = 8, 511, 66
SIZE_MAX = 2 ** (8 * ctypes.sizeof(c_size_t)) - 1

Progress = ctypes.CFUNCTYPE(c_int, c_void_p, c_size_t, c_size_t)
Loss = ctypes.CFUNCTYPE(ctypes.c_double, c_void_p, c_size_t)


class Message(ctypes.Structure):
    _fields_ = [("text", c_char * 256)]


class Matrix(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("n", c_size_t), ("d", c_size_t), ("row_stride", c_ssize_t), ("column_stride", c_ssize_t),
                ("byte_swapped", c_int), ("read", c_void_p), ("context", c_void_p)]


class Bound(ctypes.Structure):
    _fields_ = [("significand", c_uint64), ("exponent", c_int), ("infinite", c_int), ("negative", c_int)]


class Interval(ctypes.Structure):
    _fields_ = [("lower", Bound), ("upper", Bound)]


class Certificate(ctypes.Structure):
    _fields_ = [("nonfinite_row_count", c_size_t), ("nonfinite_rows", POINTER(c_size_t)), ("nonfinite_outputs", c_size_t),
                ("exact_evaluations", c_size_t), ("ties", c_size_t), ("selected_count", c_size_t), ("selected", POINTER(c_size_t)),
                ("score_count", c_size_t), ("scores", POINTER(Interval)), ("margin", Bound), ("exact_distances", c_size_t), ("gap", Bound),
                ("objective", Interval), ("iterations", c_size_t)]


class Difference(ctypes.Structure):
    _fields_ = [("coordinate", c_size_t), ("candidate", c_uint64), ("expected", c_uint64), ("ulps", c_uint64), ("error", Bound), ("bound", Bound)]


class Finding(ctypes.Structure):
    _fields_ = [("verdict", c_int), ("reason", c_char * (REASON_MAX + 1)), ("different", c_size_t), ("outside", c_size_t),
                ("worst_count", c_size_t), ("worst", Difference * WORST_MAX), ("ulps_count", c_size_t * ULPS_COUNTS), ("has_profile", c_int),
                ("profile_exact", c_int), ("profile", c_int), ("profiles", c_uint32), ("selected_count", c_size_t),
                ("selected", POINTER(c_size_t)), ("selection_known", c_int), ("gap", Bound), ("resolution", Bound), ("admissible", c_size_t),
                ("admissible_cap", c_size_t), ("honest_count", c_size_t), ("honest", POINTER(c_size_t)), ("expected", Certificate)]


class Comparison(ctypes.Structure):
    _fields_ = [("match", c_int), ("different", c_size_t), ("worst_ulps", c_uint64), ("worst", c_size_t)]
