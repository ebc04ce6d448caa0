#!/usr/bin/env python3
"""Checks spec/ledger.json against the tree and renders build/ledger.md.

A claim (spec/ledger.json, "claims") has
  id, claim (one sentence), source (paper and place), level (A to E),
  predicates (names in spec/acsl), function, file (where it is defined), theorems (named ensures of the function),
  tests (files, or file::name of a test in it), fuzz (names of targets).
Level E is what Frama-C/Eva shows of the values that a driver states: it has eva, a driver of proofs/eva/analyses.json, and a test.
Level D is a theorem about the definitions alone, in Coq: instead of predicates, function and theorems it has coq, names that
proofs/coq/theorems.json lists for its file; each of those is in a row. Level A needs predicates, theorems that the manifest lists, and a test; level B needs goals in the manifest; level C needs a test.
A trusted row ("trusted") has id, what, why, check, risk, and where they apply: file, functions (called without proof),
axiom (its name), tests. Goals are not written here: they are the manifest's.
"""
import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLAIM = {"id", "claim", "source", "level", "predicates", "function", "file", "theorems", "tests", "fuzz", "coq", "eva"}
TRUSTED = {"id", "what", "why", "check", "risk", "file", "functions", "axiom", "tests"}


class Ledger:
    def __init__(self, root):
        self.root = root
        self.rows = json.loads((root / "spec" / "ledger.json").read_text())
        manifest = root / "proofs" / "manifest.json"
        self.entries = json.loads(manifest.read_text())["entries"] if manifest.exists() else []
        coq = root / "proofs" / "coq" / "theorems.json"
        self.coq = {f"proofs/coq/{entry['file']}": entry.get("theorems", []) for entry in json.loads(coq.read_text())["files"]} if coq.exists() else {}
        eva = root / "proofs" / "eva" / "analyses.json"
        self.eva = {row["driver"] for row in json.loads(eva.read_text())["analyses"]} if eva.exists() else set()
        self.acsl = "\n".join(path.read_text() for pattern in ("spec/acsl/*.h", "src/**/*.[ch]", "proofs/lemmas/*.h")
                              for path in sorted(root.glob(pattern)))
        self.faults = []

    def fault(self, row, what):
        self.faults.append(f"{row.get('id', '(no id)')}: {what}")

    def entry(self, row):
        return next((entry for entry in self.entries if entry["file"] == row.get("file")), {"formats": {}})

    def goals(self, row):
        """{format: goals} of a row's function, as the manifest demands them."""
        return {form: counts["functions"][row["function"]] for form, counts in self.entry(row)["formats"].items()
                if row.get("function") in counts.get("functions", {})}

    def check(self):
        ids = [row.get("id") for row in self.rows["claims"] + self.rows["trusted"]]
        for name in sorted({name for name in ids if ids.count(name) > 1}, key=str):
            self.faults.append(f"{name}: two rows of this id")
        for row in self.rows["claims"]:
            self.check_claim(row)
        for row in self.rows["trusted"]:
            self.check_trusted(row)
        claimed = {(row.get("file"), name) for row in self.rows["claims"] for name in row.get("coq", [])}
        self.faults += [f"{name}: no row names this theorem of {file}" for file, names in self.coq.items() for name in names if (file, name) not in claimed]
        return self.faults

    def check_common(self, row, known, needed):
        for key in sorted(set(row) - known):
            self.fault(row, f"unknown key {key}")
        for key in sorted(needed - {key for key, value in row.items() if value}):
            self.fault(row, f"{key} is missing")
        for test in row.get("tests", []):
            file, _, name = test.partition("::")
            if not (self.root / file).is_file():
                self.fault(row, f"no test {file}")
            elif name and not re.search(rf"\b{re.escape(name)}\b", (self.root / file).read_text()):
                self.fault(row, f"no {name} in {file}")
        if "file" in row and not (self.root / row["file"]).is_file():
            self.fault(row, f"no file {row['file']}")

    def defined(self, row, function):
        file = self.root / row.get("file", "")
        if not file.is_file() or not re.search(rf"^[^\n;=]*\b{function}\s*\([^;{{]*\{{", file.read_text(), re.M):
            self.fault(row, f"{function} is not defined in {row.get('file')}")

    def check_claim(self, row):
        level = row.get("level")
        if level == "E":
            self.check_common(row, CLAIM, {"id", "claim", "level", "source", "eva", "tests"})
            if row.get("eva") not in self.eva:
                self.fault(row, f"{row.get('eva')} is not in proofs/eva/analyses.json")
            return
        needed = {"A": {"source", "predicates", "function", "file", "theorems", "tests"}, "B": {"function", "file"}, "C": {"tests"}}
        if level not in needed and level != "D":
            self.fault(row, "level must be A, B, C, D or E")
            return
        if level == "D":
            self.check_common(row, CLAIM, {"id", "claim", "level", "source", "file", "coq"})
            for name in sorted(set(row.get("coq", [])) - set(self.coq.get(row.get("file"), []))):
                self.fault(row, f"{name} is not a theorem of {row.get('file')} in proofs/coq/theorems.json")
            return
        self.check_common(row, CLAIM, {"id", "claim", "level"} | needed[level])
        for name in row.get("predicates", []):
            if not re.search(rf"\b(?:predicate|logic\b[^;=(]*?)\s*\b{name}\s*[{{(]", self.acsl):
                self.fault(row, f"no predicate {name}")
        for name in row.get("fuzz", []):
            if not (self.root / f"fuzz/fuzz_{name}.c").is_file():
                self.fault(row, f"no fuzz target {name}")
        function = row.get("function")
        if not function:
            return
        self.defined(row, function)
        if level in "AB" and not self.goals(row):
            self.fault(row, f"no goals of {function} in proofs/manifest.json")
        listed = set(self.entry(row).get("theorems", {}).get(function, []))
        for name in sorted(set(row.get("theorems", [])) - listed):
            self.fault(row, f"{function}: theorem {name} is not in proofs/manifest.json")

    def check_trusted(self, row):
        self.check_common(row, TRUSTED, {"id", "what", "why", "check", "risk"})
        for function in row.get("functions", []):
            self.defined(row, function)
        if "axiom" in row and not re.search(rf"\b(?:axiom|inductive)\s+{row['axiom']}\b", self.acsl):
            self.fault(row, f"no axiom {row['axiom']}: remove the row")

    # ---- rendering ----

    def render(self):
        def cell(value):
            return ", ".join(value) if isinstance(value, list) else str(value)
        axioms = [row["axiom"] for row in self.rows["trusted"] if "axiom" in row]
        lines = ["# Ledger", "", "Rendered from spec/ledger.json, proofs/manifest.json and the last proof run.", "", self.state(), "",
                 f"Axioms: {', '.join(axioms) if axioms else 'none'}.", "", "## Claims", "",
                 "| claim | level | source | predicate | function | theorems | goals | tests | fuzzing |", "|---|---|---|---|---|---|---|---|---|"]
        for row in self.rows["claims"]:
            goals = ", ".join(f"{count} ({form})" for form, count in sorted(self.goals(row).items()))
            function = ", ".join(filter(None, [row.get("function"), row.get("file"), row.get("eva")]))
            lines.append("| " + " | ".join(cell(value).replace("|", "\\|") for value in (
                row.get("claim", ""), row.get("level", ""), row.get("source", ""), row.get("predicates", []), function,
                row.get("theorems", row.get("coq", [])), goals, row.get("tests", []), row.get("fuzz", []))) + " |")
        lines += ["", "## What is trusted", "", "| what | why | what checks it | residual risk |", "|---|---|---|---|"]
        for row in self.rows["trusted"]:
            where = f" ({', '.join(row['functions'])} in {row['file']})" if row.get("functions") else ""
            lines.append("| " + " | ".join(text.replace("|", "\\|") for text in (
                row.get("what", "") + where, row.get("why", ""), row.get("check", ""), row.get("risk", ""))) + " |")
        return "\n".join(lines) + "\n"

    def state(self):
        """What the last proof run says, if it was a gate's and of this manifest."""
        report, manifest = self.root / "build/proofs/report.json", self.root / "proofs/manifest.json"
        if report.exists() and manifest.exists():
            run = json.loads(report.read_text())
            same = run["manifest_sha256"] == hashlib.sha256(manifest.read_bytes()).hexdigest()
            if run["passed"] and run["gate"] and same:
                tools = ", ".join(f"{tool} {version}" for tool, version in run["tools"].items())
                still = f" but for {run['open']} runs that it calls open" if run["open"] else ""
                return f"Proved: {run['goals']} goals and {run['smoke_tests']} smoke tests, the whole manifest{still}, without cache, by {tools}."
        return "Not proved here: no passing run of the whole manifest is at hand (make proofs)."


def main():
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    ledger = Ledger(root)
    for fault in ledger.check():
        print(f"  FAIL {fault}")
    out = root / "build" / "ledger.md"
    out.parent.mkdir(exist_ok=True)
    out.write_text(ledger.render())
    rows = ledger.rows["claims"] + ledger.rows["trusted"]
    wrong = {fault.partition(":")[0] for fault in ledger.faults}
    print(f"{len(ledger.rows['claims'])} claims, {len(ledger.rows['trusted'])} trusted: build/ledger.md")
    print(f"{len(rows) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
