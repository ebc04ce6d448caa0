"""The pytest fixture certigar_conforms: certigar.testing.assert_conforms, writing what failed to the test's own folder."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Callable

import pytest

from .testing import assert_conforms


@pytest.fixture
def certigar_conforms(tmp_path: Path) -> Callable[..., Any]:
    """assert_conforms(rule, function, f=..., inputs=...), with the test's tmp_path as its directory."""
    return functools.partial(assert_conforms, directory=tmp_path)
