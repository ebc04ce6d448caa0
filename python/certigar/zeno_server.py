"""Zeno++: a test of one row at a time (spec/rules.md, section 7; Xie, Koyejo, Gupta 2020)."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from . import _structures as c
from ._library import library
from ._numbers import Real, exact_text, whole
from ._plan import error_of, message_of
from ._rows import vector_of
from .errors import ParameterError


class ZenoServer:
    """Tests rows of d values of a dtype, float32 or float64, against the gradient of the server's own loss.

    gamma > 0, rho >= 0 and epsilon >= 0 are real parameters, exact (see aggregate). One server serves one call at a time."""

    def __init__(self, d: int, gamma: Real, rho: Real, epsilon: Real, dtype: Any = np.float32) -> None:
        self.d, self.dtype = whole("d", d, 1), np.dtype(dtype).newbyteorder("=")
        self._server = ctypes.c_void_p()
        if self.dtype not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise ParameterError(f"dtype = {self.dtype}, must be float32 or float64")
        kind = c.FLOAT32 if self.dtype.itemsize == 4 else c.FLOAT64
        message = c.Message()
        status = library().zeno_server_new(self._server, kind, self.d, exact_text("gamma", gamma), exact_text("rho", rho),
                                           exact_text("epsilon", epsilon), message)
        if status != c.OK:
            raise error_of(status, message_of(message))

    def __del__(self) -> None:
        server = getattr(self, "_server", None)
        if server:
            library().zeno_server_free(server)

    def set_gradient(self, gradient: Any) -> None:
        """Takes d values, which serve until the next ones; before the first nothing is accepted."""
        library().zeno_server_set_gradient(self._server, vector_of("gradient", gradient, self.d, self.dtype).ctypes.data)

    def accepts(self, row: Any) -> bool:
        """Whether gamma <g, u> - rho norm(u)^2 >= -gamma epsilon for the row u and the gradient g, exactly; not if one of them is not finite."""
        accepted, message = ctypes.c_int(), c.Message()
        values = vector_of("row", row, self.d, self.dtype)
        status = library().zeno_server_test(self._server, values.ctypes.data, accepted, message)
        if status != c.OK:
            raise error_of(status, message_of(message))
        return bool(accepted.value)
