#!/usr/bin/env python3
"""The manual pages of the library say what its headers declare: every function, with the same prototype, and each is explained.

usage: test_manual.py        ends with "N passed, M failed"
"""
import re
import shlex
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"certigar.h": "certigar.3", "certigar_check.h": "certigar_check.3", "certigar_attack.h": "certigar_attack.3"}
passed = failed = 0


def check(good, what):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print(what)


def squeezed(text):
    """A prototype with one space where there must be one, and none elsewhere."""
    return re.sub(r" ?([(),*;]) ?", r"\1", " ".join(text.split()))


def prototypes(code):
    """name: prototype, of the functions that C code declares."""
    found = {}
    for statement in code.split(";"):
        match = re.search(r"^[\w\s*]*?\b(certigar_\w+)\s*\([^()]*\)$", statement.strip())
        if match and not statement.strip().startswith("typedef"):
            found[match.group(1)] = squeezed(statement)
    return found


def declared(header):
    text = re.sub(r"/\*.*?\*/", "", (ROOT / "src" / header).read_text(encoding="ascii"), flags=re.S)
    text = re.sub(r"^#.*$", "", text, flags=re.M)
    text = re.sub(r'extern "C" \{', "", text)
    while "{" in text:
        text = re.sub(r"\{[^{}]*\}", "", text)  # the bodies of structures; what is left of them is no function
        if not re.search(r"\{[^{}]*\}", text):
            break
    return prototypes(text)


def unformatted(page):
    """The page's lines without fonts."""
    lines = []
    for line in page.splitlines():
        macro, _, rest = line.partition(" ")
        if macro in (".B", ".I"):
            lines.append(" ".join(shlex.split(rest)))
        elif macro in (".BI", ".IB", ".BR", ".RB", ".RI", ".IR"):
            lines.append("".join(shlex.split(rest)))
        else:
            lines.append(line)
    return "\n".join(lines).replace("\\-", "-")


def is_explained(function, text):
    """By its name; what sets or adds an option by that of the option, as the head of a paragraph; what frees by what it frees."""
    option = re.fullmatch(r"certigar_(?:attack_)?options_(?:set|add)_(\w+)", function)
    heads = re.findall(r"^\.TP\n(.*)$", text, flags=re.M)
    if option and any(option.group(1) in head.split(", ") for head in heads):
        return True
    return function.endswith("_free") or bool(re.search(rf"\b{function}\b", text))


def main():
    for header, name in PAGES.items():
        page = (ROOT / "docs/man" / name).read_text(encoding="ascii")
        synopsis, rest = unformatted(page).split(".SH SYNOPSIS", 1)[1].split(".SH ", 1)
        shown = prototypes(re.sub(r"^(\.|#).*$", "", synopsis, flags=re.M))
        known = declared(header)
        check(len(known) > 1, f"{header}: {len(known)} functions found")
        for function, prototype in known.items():
            check(shown.get(function) == prototype, f"{name}, SYNOPSIS: {shown.get(function)}, {header} has {prototype}")
            check(is_explained(function, rest), f"{name} does not explain {function}")
        for function in set(shown) - set(known):
            check(False, f"{name} has {function}, which {header} does not declare")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
