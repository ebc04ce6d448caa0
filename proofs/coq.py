#!/usr/bin/env python3
"""The gate of the Coq proofs: compiles proofs/coq, from nothing, and asks Coq what each theorem rests on.

  coq.py            everything: the gate
  coq.py --check    also lets coqchk, Coq's separate checker of compiled proofs, check every file and what it uses of the library (slow)

proofs/coq/theorems.json lists the files in the order of their dependencies, and of each the theorems, the library's axioms that
they may rest on, and why. All of this fails: a file that does not compile; a file, or a theorem (what is stated with the word
Theorem), that is not in the list, or in the list only; an assumption that the list does not allow, or one allowed that no theorem
of the file rests on; a text with Admitted, an axiom, or a switch that makes Coq's kernel check less.

Each theorem with its statement and its assumptions, as Coq prints them, is written to build/coq/report.md.
Coq's kernel, and the axioms of its library that the list names, are trusted.
"""
import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = "Certigar"
ABOUT = "Assumptions.v"      # written into the build directory: what Coq is asked
# words that must not stand in a proof, comments included: what is assumed, and what weakens the kernel
FORBIDDEN = ("Admitted", "admit", "Axiom", "Axioms", "Parameter", "Parameters", "Conjecture", "Conjectures", "give_up", "bypass_check",
             "Guard Checking", "Positivity Checking", "Universe Checking", "type-in-type", "Declare ML", "Add LoadPath", "Load")
# an assumption outside a section, which Coq would only warn of
OPTIONS = ["-q", "-w", "+local-declaration", "-Q", ".", LIBRARY]


class Gate:
    def __init__(self, root):
        self.root, self.source, self.build = root, root / "proofs" / "coq", root / "build" / "coq"
        self.entries = json.loads((self.source / "theorems.json").read_text())["files"]
        self.problems = []

    def problem(self, where, what):
        self.problems.append(f"{where}: {what}")
        print(f"  FAIL {where}: {what}", flush=True)

    # ---- what can be judged from the text ----

    def judge_texts(self):
        names = [entry["file"] for entry in self.entries]
        found = sorted(path.name for path in self.source.glob("**/*.v"))
        for name in sorted(set(found) - set(names)):
            self.problem(name, "is not in theorems.json")
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.problem(name, "is twice in theorems.json")
        for entry in self.entries:
            if entry["file"] not in found:
                self.problem(entry["file"], "is in theorems.json only")
                continue
            text = (self.source / entry["file"]).read_text()
            for word in FORBIDDEN:
                if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                    self.problem(entry["file"], f"the text says {word}")
            stated = set(re.findall(r"\bTheorem\s+(\w+)", text))
            listed = set(entry.get("theorems", []))
            for name in sorted(stated - listed):
                self.problem(entry["file"], f"theorem {name} is not in theorems.json")
            for name in sorted(listed - stated):
                self.problem(entry["file"], f"theorem {name} is in theorems.json only")

    # ---- what Coq says ----

    def modules(self):
        return [f"{LIBRARY}.{Path(entry['file']).stem}" for entry in self.entries]

    def coq(self, command, where):
        """The output of a command in the build directory, or None after a failure."""
        done = subprocess.run(command, cwd=self.build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode == 0:
            return done.stdout
        self.problem(where, f"{command[0]} exits with {done.returncode}\n" + done.stdout.strip())
        return None

    def compile(self):
        shutil.rmtree(self.build, ignore_errors=True)     # nothing compiled earlier counts
        self.build.mkdir(parents=True)
        for entry in self.entries:
            begun = time.monotonic()
            shutil.copy(self.source / entry["file"], self.build)
            if self.coq(["coqc", *OPTIONS, entry["file"]], entry["file"]) is None:
                return False
            print(f"  {entry['file']}: {len(entry.get('theorems', []))} theorems, {time.monotonic() - begun:.1f} s", flush=True)
        return True

    def ask(self):
        """{file.theorem: (statement, [assumption])}, from one run of Coq."""
        names = [f"{Path(entry['file']).stem}.{name}" for entry in self.entries for name in entry.get("theorems", [])]
        lines = ["Require Import ZArith QArith Qabs Reals List.", f"Require Import {' '.join(self.modules())}.", "Set Printing Width 120."]
        for name in names:
            lines += [f'Goal True. idtac "@ {name}". exact I. Qed.', f"Check @{LIBRARY}.{name}.",
                      'Goal True. idtac "@ rests on". exact I. Qed.', f"Print Assumptions {LIBRARY}.{name}."]
        (self.build / ABOUT).write_text("\n".join(lines) + "\n")
        output = self.coq(["coqc", *OPTIONS, ABOUT], "what the theorems rest on")
        parts = re.split(r"^@ (.*)$", output or "", flags=re.MULTILINE)[1:]
        said = [(parts[i], parts[i + 1].strip("\n"), parts[i + 3].strip("\n")) for i in range(0, len(parts) - 3, 4)]
        return {name: (statement, assumptions(text)) for name, statement, text in said}

    def judge_assumptions(self, said):
        for entry in self.entries:
            allowed, used = set(entry.get("assumptions", [])), set()
            if allowed and not entry.get("why"):
                self.problem(entry["file"], "allows assumptions without a why")
            for theorem in entry.get("theorems", []):
                name = f"{Path(entry['file']).stem}.{theorem}"
                if name not in said or said[name][1] is None:
                    self.problem(name, "Coq does not say what it rests on")
                    continue
                used |= set(said[name][1])
                for assumption in sorted(set(said[name][1]) - allowed):
                    self.problem(name, f"rests on {assumption}, which theorems.json does not allow")
            for assumption in sorted(allowed - used):
                self.problem(entry["file"], f"no theorem rests on {assumption}, which theorems.json allows")

    def report(self, said):
        lines = ["# Theorems proved in Coq", "", version(), ""]
        for name, (statement, rests) in said.items():
            rests = "no axiom" if rests == [] else ", ".join(rests or ["?"])
            lines += [f"## {name}", "", "```coq", statement, "```", "", f"Rests on {rests}.", ""]
        (self.build / "report.md").write_text("\n".join(lines))


def assumptions(text):
    """The names in what Print Assumptions prints; None if it says anything else."""
    if text == "Closed under the global context":
        return []
    head, *lines = text.split("\n")
    names = [line.split(":")[0].strip() for line in lines if line and not line.startswith(" ")]
    return names if head == "Axioms:" and names and all(re.fullmatch(r"[\w.']+", name) for name in names) else None


def version():
    return subprocess.run(["coqc", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")[0]


def main():
    parser = argparse.ArgumentParser(description="Compiles the Coq proofs of proofs/coq and judges what their theorems rest on.")
    parser.add_argument("--check", action="store_true", help="also run coqchk over the compiled proofs and what they use of the library")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if shutil.which("coqc") is None:
        print("coq.py: coqc is missing (Debian package coq)", file=sys.stderr)
        return 1
    gate, begun, said = Gate(args.root.resolve()), time.monotonic(), {}
    gate.judge_texts()
    if not gate.problems and gate.compile():
        said = gate.ask()
        gate.judge_assumptions(said)
        gate.report(said)
        if args.check:
            gate.coq(["coqchk", "-silent", "-Q", ".", LIBRARY, *gate.modules()], "coqchk")
    good = not gate.problems and bool(said)
    print(f"coq: {len(said)} theorems checked, {time.monotonic() - begun:.0f} s" if good
          else f"coq: NOT PROVED, {len(gate.problems)} problem(s)", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
