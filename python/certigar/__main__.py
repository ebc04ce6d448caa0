"""python -m certigar: the commands that need Python; the program certigar has the others.

A command is a module with main(arguments) that returns the exit status. It is imported when it is asked for.
"""

from __future__ import annotations

import importlib
import sys

from ._version import __version__

COMMANDS = {"audit": ("certigar.audit", "run a callable over adversarial inputs and judge its results"),
            "library": ("certigar.where", "which libcertigar.so this package uses, and what it has")}


def usage() -> str:
    lines = [f"  python -m certigar {name:<10} {what}" for name, (_, what) in COMMANDS.items()]
    return "\n".join(["usage: python -m certigar COMMAND [ARGUMENT...]", "", *lines, "  python -m certigar --version",
                      "  python -m certigar COMMAND --help", "", "Exit status: 0 done; 1 it failed; 2 wrong usage."])


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(usage(), file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    if arguments == ["--version"]:
        print(f"certigar {__version__}")
        return 0
    if arguments[0] not in COMMANDS:
        print(f"certigar: no command {arguments[0]!r}; the commands are {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    status: int = importlib.import_module(COMMANDS[arguments[0]][0]).main(arguments[1:])
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
