"""NumPy as np; if another Python stands first in PATH than the one Debian's NumPy belongs to, the program starts again in that one."""
import os
import sys

try:
    import numpy as np  # noqa: F401
except ImportError:
    if os.path.realpath(sys.executable) == os.path.realpath("/usr/bin/python3"):
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
