"""One call of the library: callbacks whose exceptions come out, and Ctrl-C.

A signal is handled between two steps of Python in the main thread, which may be before the first line of a callback, where what it raises would be
printed and lost. So, in the main thread, a call that may take long is made by a second thread, while the main thread waits where an exception
reaches it at once; the user's callbacks run in the main thread all the same, where their locals of the thread are. An exception, of a callback or
of a signal, stops the library at its next step; then it is raised. Everything that the library uses belongs to the second thread, so that a
second Ctrl-C may leave it behind.
"""

from __future__ import annotations

import queue
import threading
from typing import Any, Callable, Generic, Optional, TypeVar

T = TypeVar("T")


class Call(Generic[T]):
    def __init__(self, apart: bool) -> None:
        self._apart = apart and threading.current_thread() is threading.main_thread()
        self._requests: queue.SimpleQueue[Optional[Callable[[], Any]]] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._begun = self._stopped = False
        self._ended = threading.Event()
        self._error: Optional[BaseException] = None
        self._result: Optional[T] = None

    @property
    def apart(self) -> bool:
        return self._apart

    @property
    def stopped(self) -> bool:
        """Whether the library should stop; it asks now and then."""
        return self._stopped

    def ask(self, function: Callable[[], Any], otherwise: Any) -> Any:
        """The value of a user's function, called in the thread that called us; `otherwise` once the call is to stop. Raises nothing."""
        if self._stopped:
            return otherwise
        if not self._apart:
            return self._value(function, otherwise)
        self._requests.put(function)
        while not self._stopped:
            try:
                answer = self._answers.get(timeout=0.05)
            except queue.Empty:
                continue
            return otherwise if self._stopped else answer
        return otherwise

    def _value(self, function: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return function()
        except BaseException as error:  # every exception comes out of run
            self._error, self._stopped = error, True
            return otherwise

    def _work(self, work: Callable[[], T]) -> None:
        self._begun = True
        try:
            if not self._stopped:
                self._result = work()
        except BaseException as error:
            self._error = self._error or error
        finally:
            self._ended.set()
            self._requests.put(None)

    def _serve(self, work: Callable[[], T]) -> None:
        try:
            threading.Thread(target=self._work, args=(work,), daemon=True, name="certigar").start()
            while (function := self._requests.get()) is not None:
                self._answers.put(self._value(function, None))
        except BaseException:
            self._stopped = True
            if self._begun:
                self._ended.wait()
            raise

    def run(self, work: Callable[[], T]) -> T:
        """What work() returns. It may call ask(), and looks at `stopped`."""
        if self._apart:
            self._serve(work)
        else:
            self._work(work)
        error, self._error = self._error, None
        if error is not None:
            try:
                raise error
            finally:
                del error  # its traceback holds this frame
        return self._result  # type: ignore[return-value]
