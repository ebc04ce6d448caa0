#!/usr/bin/env python3
"""What the documents say of the steps of the tables that were run is what docs/reproduction/*/table.md say.

usage: test_reproductions.py        ends with "N passed, M failed"
"""
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from checks import check, finish  # noqa: E402

DOCS = Path(__file__).resolve().parent.parent / "docs"


def steps_of_runs():
    """{table: (steps of its runs, whether they are not the table's own)} of the tables that train."""
    found = {}
    for path in sorted(DOCS.glob("reproduction/*/table.md")):
        runs = [re.findall(r"--steps (\d+)", line) for line in path.read_text().splitlines() if "--steps" in line and line.startswith("|")]
        steps = {(int(run[-1]), len(run) == 2) for run in runs}  # the table's own, then what was asked for
        if runs:
            check(f"{path}: all runs have as many steps", len(steps) == 1, steps)
            found[path.parent.name] = steps.pop()
    return found


def main():
    runs = steps_of_runs()
    check("tables", {"thesis-4.1", "thesis-4.2", "brsgd-1"} <= set(runs), runs)
    sections = re.split(r"^## ", (DOCS / "reproduction.md").read_text(), flags=re.M)
    for name, (steps, is_shortened) in runs.items():
        for section in sections:
            for command in re.findall(rf"certigar reproduce {re.escape(name)}(?: .*)?$", section, re.M):
                given = re.findall(r"--steps (\d+)", command)
                check(f"reproduction.md: {command} has the steps of {name}", given == [str(steps)] * is_shortened, steps)
                check(f"reproduction.md: of {name} it says {steps} steps", name == "slowdown" or f"{steps} " in section, section[:200])
    chosen = re.search(r"^- \*\*Steps\.\*\* (.*?)^- ", (DOCS / "training.md").read_text(), re.M | re.S)[1]
    sentences = " ".join(chosen.split()).split(". ")
    for name in ("4.1", "4.2"):
        said = [set(re.findall(r"\b(?:800|300)\b", sentence)) for sentence in sentences if f"Table {name} " in sentence]
        check(f"training.md: the steps of Table {name}", said == [{str(runs[f"thesis-{name}"][0])}], (said, chosen))
    finish()


if __name__ == "__main__":
    main()
