"""Finds and loads libcertigar.so, when it is first needed.

It is looked for, in this order, and the first that is there is taken:
the file that the environment variable CERTIGAR_LIBRARY names (then nowhere else); beside this package; build/ of the source tree that this package
is in; the lib folder of the prefix that this package is installed in; where the system's loader looks.
"""

from __future__ import annotations

import ctypes
import os
import threading
from ctypes import POINTER, c_char_p, c_int, c_size_t, c_void_p
from pathlib import Path
from typing import Any, Iterator, Optional

from . import _structures as c
from ._version import __version__
from .errors import LibraryError

SONAME = "libcertigar.so." + __version__.partition(".")[0]

_text, _size = c_char_p, c_size_t
_PROTOTYPES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "rule_name": (_text, (c_int,)),
    "rule_from_name": (c_int, (_text, POINTER(c_int))),
    "level_name": (_text, (c_int,)),
    "options_new": (c_void_p, ()),
    "options_free": (None, (c_void_p,)),
    "options_set_f": (None, (c_void_p, _size)),
    "options_set_m": (None, (c_void_p, _size)),
    "options_set_pivot": (None, (c_void_p, _size)),
    "options_set_median": (None, (c_void_p, c_int)),
    "options_set_variant": (None, (c_void_p, c_int)),
    "options_set_threads": (None, (c_void_p, _size)),
    "options_set_level": (None, (c_void_p, c_int)),
    "options_set_beta": (c_int, (c_void_p, _text)),
    "options_set_threshold": (c_int, (c_void_p, _text)),
    "options_set_tau": (c_int, (c_void_p, _text)),
    "options_set_iterations": (None, (c_void_p, _size)),
    "options_set_centre": (None, (c_void_p, c_void_p)),
    "options_set_tolerance": (c_int, (c_void_p, _text)),
    "options_set_scores": (None, (c_void_p, c_void_p)),
    "options_set_loss": (c_int, (c_void_p, _text, c.Loss, c_void_p)),
    "options_add_nnm": (c_int, (c_void_p,)),
    "options_add_bucketing": (c_int, (c_void_p, _size, POINTER(ctypes.c_uint64))),
    "options_add_clip": (c_int, (c_void_p, _text)),
    "options_add_arc": (c_int, (c_void_p,)),
    "options_set_progress": (None, (c_void_p, c.Progress, c_void_p)),
    "plan_new": (c_int, (POINTER(c_void_p), c_int, c_int, _size, c_void_p, POINTER(c.Message))),
    "plan_free": (None, (c_void_p,)),
    "plan_run": (c_int, (c_void_p, POINTER(c.Matrix), c_void_p, POINTER(c.Certificate), POINTER(c.Message))),
    "zeno_server_new": (c_int, (POINTER(c_void_p), c_int, _size, _text, _text, _text, POINTER(c.Message))),
    "zeno_server_free": (None, (c_void_p,)),
    "zeno_server_set_gradient": (None, (c_void_p, c_void_p)),
    "zeno_server_test": (c_int, (c_void_p, c_void_p, POINTER(c_int), POINTER(c.Message))),
    "profile_name": (_text, (c_int,)),
    "profile_from_name": (c_int, (_text, POINTER(c_int))),
    "options_set_profile": (None, (c_void_p, c_int)),
    "verdict_name": (_text, (c_int,)),
    "check_run": (c_int, (c_void_p, POINTER(c.Matrix), c_void_p, POINTER(c.Finding), POINTER(c.Message))),
    "compare_run": (c_int, (c_void_p, POINTER(c.Matrix), c_void_p, POINTER(c.Comparison), POINTER(c.Message))),
}


class Library:
    """The functions of the library by their names without certigar_, each with its types, looked up when it is first used."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._loaded = ctypes.CDLL(path)

    def has(self, name: str) -> bool:
        return hasattr(self._loaded, "certigar_" + name)

    def __getattr__(self, name: str) -> Any:
        result, arguments = _PROTOTYPES[name]
        try:
            function = getattr(self._loaded, "certigar_" + name)
        except AttributeError:
            raise LibraryError(f"{self.path} has no certigar_{name}: it is older than this package ({__version__})") from None
        function.restype, function.argtypes = result, arguments
        setattr(self, name, function)
        return function


def _places() -> Iterator[Path]:
    package = Path(__file__).resolve().parent
    yield package / SONAME
    yield package / "libcertigar.so"
    if (package.parents[1] / "src" / "certigar.h").is_file():
        yield package.parents[1] / "build" / "libcertigar.so"
    yield package.parents[2] / SONAME


def _path() -> str:
    named = os.environ.get("CERTIGAR_LIBRARY")
    if named:
        return named
    return next((str(place) for place in _places() if place.is_file()), SONAME)


_lock = threading.Lock()
_library: Optional[Library] = None


def library() -> Library:
    """The library, loaded once. Raises LibraryError, which says where it was looked for."""
    global _library
    with _lock:
        if _library is None:
            path = _path()
            try:
                _library = Library(path)
            except OSError as error:
                raise LibraryError(f"libcertigar.so cannot be loaded ({error}): build it (make), install it (make install), "
                                   "or let the environment variable CERTIGAR_LIBRARY name it") from None
        return _library
