"""The rows that a rule aggregates, as the library reads them: in place where it can.

A matrix in memory is read where it is, whatever its strides and byte order. Rows in a list are read in place if they lie at equal distances (the
rows of one matrix do). Otherwise they are copied into one matrix: the library could read them through a callback, but that took six times as long
as copying and reading (20 rows of 2^20 float32 values, median: 0.34 s for 0.06 s), as Python is asked once for each 64 values.
"""

from __future__ import annotations

import sys
from typing import Any, Optional, Sequence

import numpy as np
from numpy.typing import NDArray

from . import _structures as c
from .errors import ParameterError

Array = NDArray[Any]


def is_tensor(value: Any) -> bool:
    """Whether this is a torch tensor; torch is not imported to find out, since who has a tensor has imported it."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def array_of(name: str, value: Any) -> Array:
    """A NumPy array, or a tensor's memory as one. TypeError for anything else, ParameterError for a tensor that is not in the CPU's memory."""
    if is_tensor(value):
        if value.device.type != "cpu":
            raise ParameterError(f"{name} is a tensor on {value.device}, must be on the CPU: call .cpu()")
        if value.layout is not sys.modules["torch"].strided:
            raise ParameterError(f"{name} is a tensor of layout {value.layout}, must be strided: call .to_dense()")
        if value.dtype not in (sys.modules["torch"].float32, sys.modules["torch"].float64):
            raise ParameterError(f"{name} has values of type {value.dtype}, must be float32 or float64")
        array: Array = value.detach().resolve_neg().numpy()
        return array
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array, whose mask would be lost: must be a NumPy array or a torch tensor")
    if isinstance(value, np.ndarray):
        return value.view(np.ndarray)
    raise TypeError(f"{name} must be a NumPy array or a torch tensor, not {type(value).__name__}")


def check_dtype(name: str, array: Array) -> None:
    if array.dtype.kind != "f" or array.dtype.itemsize not in (4, 8):
        raise ParameterError(f"{name} has values of type {array.dtype}, must be float32 or float64")


def vector_of(name: str, value: Any, d: int, dtype: Any) -> Array:
    """A vector of d values of this dtype, contiguous and in this processor's byte order; copied only if it is not so already."""
    array = array_of(name, value)
    check_dtype(name, array)
    if array.shape != (d,):
        raise ParameterError(f"{name} has the shape {array.shape}, must be ({d},)")
    if array.dtype.itemsize != np.dtype(dtype).itemsize:
        raise ParameterError(f"{name} has values of type {array.dtype}, must be {np.dtype(dtype)} as the rows are")
    return np.require(array, np.dtype(dtype), ["C", "A"])


def _in_place(rows: Sequence[Array]) -> Optional[Array]:
    """The rows as a view of one matrix, if they lie at equal distances in memory."""
    first = rows[0]
    if any(row.strides != first.strides or row.dtype != first.dtype for row in rows):
        return None
    places = [row.__array_interface__["data"][0] for row in rows]
    step = places[1] - places[0] if len(places) > 1 else 0
    if any(after - before != step for before, after in zip(places, places[1:])):
        return None
    return np.lib.stride_tricks.as_strided(first, (len(rows), *first.shape), (step, *first.strides), writeable=False)


def _matrix_of(name: str, rows: Sequence[Array]) -> Array:
    for i, row in enumerate(rows):
        check_dtype(f"{name}[{i}]", row)
        if row.ndim != 1:
            raise ParameterError(f"{name}[{i}] has {row.ndim} dimensions, must have 1")
        if row.shape != rows[0].shape or row.dtype.itemsize != rows[0].dtype.itemsize:
            raise ParameterError(f"{name}[{i}] has {row.shape[0]} values of type {row.dtype}, {name}[0] {rows[0].shape[0]} of type {rows[0].dtype}: "
                                 "must be the same")
    view = _in_place(rows)
    if view is not None:
        return view
    copied = np.empty((len(rows), rows[0].shape[0]), rows[0].dtype.newbyteorder("="))
    for target, row in zip(copied, rows):
        target[...] = row
    return copied


class Rows:
    """n rows of d values: `array` is n x d, float32 or float64, of any strides and byte order; `matrix` is the same for the library."""

    def __init__(self, x: Any, name: str = "x") -> None:
        if isinstance(x, (list, tuple)):
            if not x:
                raise ParameterError(f"{name} has no rows, must have at least 1")
            self._parts = [array_of(f"{name}[{i}]", row) for i, row in enumerate(x)]
            self._tensors = is_tensor(x[0])
            if any(is_tensor(row) != self._tensors for row in x):
                raise TypeError(f"{name} mixes NumPy arrays and torch tensors")
            self.array = _matrix_of(name, self._parts)
        else:
            self._parts = []
            self._tensors = is_tensor(x)
            self.array = array_of(name, x)
            check_dtype(name, self.array)
            if self.array.ndim != 2:
                raise ParameterError(f"{name} has {self.array.ndim} dimensions, must have 2: rows and coordinates")
        self.n, self.d = self.array.shape
        self.dtype = self.array.dtype.newbyteorder("=")
        self.c_dtype = c.FLOAT32 if self.dtype.itemsize == 4 else c.FLOAT64
        if self.d < 1:
            raise ParameterError(f"{name} has {self.d} coordinates, must have at least 1")

    def matrix(self) -> c.Matrix:
        """What the library reads; it lives no longer than this object."""
        return c.Matrix(data=self.array.__array_interface__["data"][0], n=self.n, d=self.d, row_stride=self.array.strides[0],
                        column_stride=self.array.strides[1], byte_swapped=int(not self.array.dtype.isnative))

    def same_kind(self, result: Array) -> Any:
        """A result in the kind that the rows came in: a NumPy array, or a tensor on the same memory."""
        return sys.modules["torch"].from_numpy(result) if self._tensors else result
