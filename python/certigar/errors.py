"""What goes wrong, one class each; all are CertigarError."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from ._certificate import Certificate


class CertigarError(Exception):
    """Any error of this package but a wrong type, which is a TypeError."""


class ParameterError(CertigarError, ValueError):
    """A parameter was refused. The message names it, what it was, and its range."""


class NoValueError(CertigarError):
    """The rule has no value for this input: no row is finite, or brsgd selects none. `certificate` says what is known."""

    def __init__(self, message: str, certificate: Optional[Certificate] = None) -> None:
        super().__init__(message)
        self.certificate = certificate


class StoppedError(CertigarError):
    """The progress callback asked to stop."""


class NoMemoryError(CertigarError, MemoryError):
    """The library found no memory for what it needs."""


class LibraryError(CertigarError, OSError):
    """libcertigar.so was not found, or lacks what this package needs of it."""


class NotFiniteWarning(RuntimeWarning):
    """The result is complete, but a coordinate of it is not finite, or more than f rows are not."""
