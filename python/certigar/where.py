"""python -m certigar library: which libcertigar.so this package uses, and what it has."""

from __future__ import annotations

import sys

from ._library import library
from .errors import LibraryError


def main(arguments: list[str]) -> int:
    if arguments in (["-h"], ["--help"]):
        print("usage: python -m certigar library\n\nPrints the shared library that is used, its best instruction set, and whether it can judge.")
        return 0
    if arguments:
        print(f"certigar: library takes no arguments, got {arguments[0]!r}", file=sys.stderr)
        return 2
    try:
        found = library()
    except LibraryError as error:
        print(f"certigar: {error}", file=sys.stderr)
        return 1
    print(f"library: {found.path}\ninstruction set: {found.level_name(0).decode()}\ncheck: {'yes' if found.has('check_run') else 'no'}\n"
          f"profiles: {'yes' if found.has('options_set_profile') else 'no'}")
    return 0
