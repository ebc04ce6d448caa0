"""The version: that of the library it comes with (CERTIGAR_VERSION in certigar.h)."""

__version__ = "0.1.0"
