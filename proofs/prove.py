#!/usr/bin/env python3
"""The proof gate: runs Frama-C/WP over the files of proofs/manifest.json and judges the result.

  prove.py                      everything: the gate
  prove.py --resume             the gate, going on where an earlier run was stopped (finished.py)
  prove.py FILE...              these files only, without the checks that concern the whole
  prove.py --cache FILE         with a cache under build/proofs: for the edit loop, never for the gate
  prove.py --update [FILE...]   after a green run without cache, writes the counts into the manifest
  prove.py --summary            only prints the line that becomes build/proofs_summary.h, from the manifest

Frama-C exits 0 with unproved goals, failed smoke tests and skipped annotations; so what it says is parsed, and all of this fails:
an unproved goal; other counts than the manifest's; a theorem that is missing; a smoke test that finds a contradiction; a warning;
a function without contract, assigns, terminates or exits; a loop without variant; a clause without name; admit; an axiom that is not
in spec/ledger.json; a recursive definition that does not visibly descend; a lemma that is used but proved nowhere; a call of a
function that no entry proves, or of one proved against another contract; recursion across files; a file or function under the
proved folders that no entry covers; a union; a shift outside the files that may have one; and a function whose body the compiler sees otherwise than Frama-C does.

Frama-C, the provers and the decoding of floats are trusted: SOUNDNESS.md.
"""
import argparse
import hashlib
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import finished
import framac
import recorded
from framac import Failure, Source, Unit, cycles

PROVED = ["src/exact", "src/order", "src/rules", "src/distance", "proofs/lemmas"]  # every function in them needs a proof
FORMATS = ["32", "64"]                                                                         # of src/kernels.c
LEVELS = {"baseline": [], "x86_64_v3": ["-march=x86-64-v3"], "x86_64_v4": ["-march=x86-64-v4"]}
SLOW = 1 / 3                                                                                   # of the timeout: may flake elsewhere


class Target:
    """One file in one format: the unit that WP runs on."""

    def __init__(self, entry, form, root):
        self.entry, self.form, self.root = entry, form, root
        self.file = entry["file"]
        self.name = f"{self.file} ({form})"
        self.expected = entry["formats"][form]
        self.owned = set()     # functions that this target proves
        self.unit = self.proof = self.fault = None
        self.resumed = None    # when an earlier call proved it
        try:
            self.source = Source.read(self.file, form, root=root)
        except Failure as fault:
            self.source, self.fault = Source({}, set()), fault

    def parse(self):
        if self.fault:
            raise self.fault
        self.unit = Unit(self.file, self.form, root=self.root)

    def skipped(self, trusted):
        """Functions in this unit that are proved elsewhere, or trusted."""
        return (set(self.source.functions) - (self.owned - trusted)) & set(self.unit.functions)

    def serves(self, form):
        return self.form in (form, "none")


class Gate:
    def __init__(self, root, manifest):
        self.root, self.path = root, manifest
        self.manifest = json.loads(manifest.read_text())
        ledger = root / "spec" / "ledger.json"
        trusted = json.loads(ledger.read_text())["trusted"] if ledger.exists() else []
        self.axioms = {row["axiom"] for row in trusted if "axiom" in row}
        self.trusted = {name for row in trusted for name in row.get("functions", [])}
        self.allowed = [row["match"] for row in self.manifest.get("warnings", [])]
        self.problems = []
        self.targets = [Target(entry, form, root) for entry in self.manifest["entries"] for form in entry["formats"]]
        self._share_out()

    def problem(self, where, what):
        self.problems.append(f"{where}: {what}")
        print(f"  FAIL {where}: {what}", flush=True)

    def _share_out(self):
        """Each function is proved once per format: by the target of its own file, else by the first that includes it."""
        for target in self.targets:
            for name, (file, body) in target.source.functions.items():
                owner = self.owner(name, target.form)
                if owner is None or (file == target.file != owner.file):
                    if owner:
                        owner.owned.discard(name)
                    target.owned.add(name)

    def owner(self, name, form):
        return next((target for target in self.targets if target.serves(form) and name in target.owned), None)

    # ---- what can be judged without proving ----

    def parse(self, targets):
        def one(target):
            try:
                target.parse()
            except Failure as failure:
                return failure
            return None
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for target, failure in zip(targets, pool.map(one, targets)):
                if failure:
                    self.problem(target.name, str(failure))

    def judge(self, target):
        unit = target.unit
        for warning in self.forbidden(unit.warnings):
            self.problem(target.name, warning)
        for name in sorted(target.owned - self.trusted):
            faults = unit.faults(name) if name in unit.functions else [f"{name}: Frama-C dropped it (unused and without a contract?)"]
            for fault in faults:
                self.problem(target.name, fault)
        for axiom in unit.axioms:
            if axiom not in self.axioms:
                self.problem(target.name, f"axiom {axiom} is not in spec/ledger.json")
        for text in unit.admits:
            self.problem(target.name, f"admit: {text[:80]}")
        if unit.union:
            self.problem(target.name, "union: WP does not model that its members overlap")
        if unit.shift and target.file not in self.manifest.get("shifts", []):
            self.problem(target.name, "shift: WP simplifies it wrongly (SOUNDNESS.md, Gap 3); only the files under \"shifts\" may see one")
        for name in unit.unfounded():
            self.problem(target.name, f"recursive definition {name} does not visibly descend")
        for function, names in target.entry.get("theorems", {}).items():
            if function not in target.owned or function not in unit.functions:
                self.problem(target.name, f"theorem {function}: no such function is proved here")
                continue
            ensures = unit.ensures(function)
            for name in names:
                if ensures.get(name, "\\true") == "\\true":
                    self.problem(target.name, f"theorem {function}: no (or an empty) 'ensures {name}'")

    def forbidden(self, warnings):
        return [warning for warning in warnings if not any(match in warning for match in self.allowed)]

    def judge_whole(self):
        """The checks that need every target: nothing is left out, and what one proof assumes another one proves."""
        for target in self.targets:
            if target.unit is None or "open" in target.entry:
                continue
            for name in sorted((target.owned - self.trusted) & set(target.unit.functions)):   # the body of a trusted one is not proved
                for callee in sorted(target.unit.functions[name].calls):
                    self.judge_call(target, name, callee)
            for name in sorted(set(target.source.functions) - target.owned):
                owner = self.owner(name, target.form)
                if owner.source.functions[name] != target.source.functions[name]:
                    self.problem(target.name, f"{name} is not the function that {owner.name} proves")
            for lemma in target.unit.lemmas:
                provers = [other for other in self.targets if other.entry.get("lemmas") and other.unit and other.serves(target.form)
                           and lemma in other.unit.lemmas]
                text = target.unit.closure(target.unit.logic[lemma])
                if not any(other.unit.closure(other.unit.logic[lemma]) == text for other in provers):
                    self.problem(target.name, f"lemma {lemma} is not proved by any entry with \"lemmas\"")
        self.judge_recursion()
        self.judge_coverage()

    def judge_call(self, target, name, callee):
        owner = self.owner(callee, target.form)
        if owner is None:
            if callee not in self.trusted:
                self.problem(target.name, f"{name} calls {callee}, which no entry proves")
            return
        here, there = target.unit.functions.get(callee), owner.unit and owner.unit.functions.get(callee)
        if owner is target or not there:
            return
        if not here or target.unit.closure(here.contract) != owner.unit.closure(there.contract):
            self.problem(target.name, f"{name} calls {callee} by another contract than {owner.name} proves")

    def judge_recursion(self):
        for form in sorted({target.form for target in self.targets}):
            graph, inside = {}, set()
            for target in self.targets:
                if target.unit and target.serves(form):
                    own = {name: target.unit.functions[name].calls for name in target.owned & set(target.unit.functions)}
                    graph.update(own)
                    inside |= set(cycles(own))   # WP itself demands a decreases clause of these
            for name in sorted(set(cycles(graph)) - inside):
                self.problem(f"format {form}", f"{name} calls itself through another file: its termination is not proved")

    def judge_coverage(self):
        read = set().union(*(target.source.files for target in self.targets))
        for folder in PROVED:
            for file in sorted(self.root.glob(f"{folder}/**/*.[ch]")):
                name = str(file.relative_to(self.root))
                if name not in read and not set(Source.read(name, FORMATS[0], root=self.root, framac=False).functions) <= self.trusted:
                    self.problem(name, "is in no entry of the manifest")
        alone = {entry["file"] for entry in self.manifest["entries"] if "none" in entry["formats"] and entry["file"].startswith("src/")}
        self.judge_shipped("none", {"": []}, [self.root / file for file in sorted(alone)])  # compiled by themselves, not with the kernels
        levels = {f"-DLEVEL={name}": flags for name, flags in LEVELS.items()} if os.uname().machine == "x86_64" else {"-DLEVEL=baseline": []}
        for form in FORMATS:
            self.judge_shipped(form, levels, list(self.root.glob("src/kernels.c")))

    def judge_shipped(self, form, levels, files):
        """The verified code is the shipped code: the compiler sees the bodies that Frama-C saw."""
        entries = {target.file for target in self.targets}
        for file in files:
            said = set()
            for level, flags in levels.items():
                try:
                    source = Source.read(file.relative_to(self.root), form, ([level] if level else []) + flags, self.root, framac=False)
                except Failure as failure:
                    self.problem(file.name, str(failure))
                    continue
                for name, (where, body) in source.functions.items():
                    proved = any(where.startswith(folder + "/") for folder in PROVED) or where in entries
                    if name in said or name in self.trusted or not proved:
                        continue
                    owner = self.owner(name, form)
                    if owner is None:
                        self.problem(f"{where} ({form})", f"{name} is compiled but no entry proves it")
                    elif owner.source.functions[name][1] != body:
                        self.problem(f"{where} ({form})", f"{name} is compiled from other text than is proved {level}")
                    else:
                        continue
                    said.add(name)

    # ---- proving ----

    def prove(self, targets, args):
        logs, begun = self.root / "build" / "proofs", time.monotonic()
        jobs = args.jobs or max(1, (os.cpu_count() or 2) // (1 if args.replay else 2))
        tty = sys.stdout.isatty()
        print(f"{len(targets)} file(s), {jobs} at a time, timeout {self.timeout} s", flush=True)

        def store(target):
            if args.replay:
                return recorded.unpack(self.root, target.file, target.form)
            if args.record:
                recorded.forget_reads(logs / "cache")
            return logs / "cache" if args.cache else None

        def one(target):
            def progress(done):
                if tty:
                    goals = target.expected.get("goals", "?")
                    print(f"\r\033[K  {time.monotonic() - begun:6.1f} s  {target.name}: {done} of {goals} goals", end="", flush=True)
            log = logs / f"{target.file.replace('/', '_')}.{target.form}.log"
            settings = {"skip": sorted(target.skipped(self.trusted)), "smoke": smoked(target, args), "timeout": self.timeout,
                        "smoke_timeout": self.manifest.get("smoke_timeout", 1), "lemmas": bool(target.entry.get("lemmas"))}
            name = None if args.cache else finished.key(target, settings)
            target.proof, target.resumed = finished.find(logs, name) if args.resume else (None, None)
            if not target.proof:
                target.proof = framac.run_wp(target.file, target.form, log, **settings, cache=store(target),
                                             cache_mode="offline" if args.replay else "update", root=self.root, progress=progress)
                if name and finished.key(target, settings) != name:
                    target.proof.error = "its text changed while it was proved"
                elif name:
                    finished.keep(logs, name, target.proof)
            if args.record and not target.proof.open:
                recorded.pack(self.root, target.file, target.form, logs / "cache")
            return target

        order = sorted(targets, key=lambda target: -target.expected.get("goals", 0))
        with ThreadPoolExecutor(jobs) as pool:
            for done, target in enumerate(pool.map(one, order), 1):
                proof = target.proof
                proved = sum(proof.goals.values()) - len(proof.open)
                print(("\r\033[K" if tty else "") + f"  {time.monotonic() - begun:6.1f} s  [{done}/{len(order)}] {target.name}: "
                      f"{proved} goals proved, {len(proof.open)} open, {sum(proof.smoke.values())} smoke tests, {proof.seconds:.1f} s"
                      + (f" in an earlier run, {target.resumed}" if target.resumed else ""), flush=True)
                self.judge_proof(target, args)

    @property
    def timeout(self):
        return self.manifest.get("timeout", 20)

    def judge_proof(self, target, args):
        proof, expected = target.proof, target.expected
        if proof.error:
            self.problem(target.name, proof.error)
            return
        for goal in proof.open:
            self.problem(target.name, f"not proved: {goal}")
        for smoke in proof.doomed:
            self.problem(target.name, f"smoke test found a contradiction: {smoke}")
        for warning in self.forbidden(proof.warnings):
            self.problem(target.name, warning)
        for name in sorted(target.owned - self.trusted - set(proof.goals)):
            self.problem(target.name, f"{name}: no goals")
        for function, names in target.entry.get("theorems", {}).items():
            for name in names:
                if f"{function}_ensures_{name}" not in proof.properties:
                    self.problem(target.name, f"theorem {function}: 'ensures {name}' gave no proved goal")
        if args.update or (args.cache and not args.replay):
            return
        if not expected:
            self.problem(target.name, "no counts in the manifest yet: prove.py --update")
            return
        counts = counted(proof)
        for name in sorted(set(expected["functions"]) | set(counts["functions"])):
            was, now = expected["functions"].get(name, 0), counts["functions"].get(name, 0)
            if was != now:
                self.problem(target.name, f"{name}: {now} goals, the manifest says {was}")
        if smoked(target, args) and expected["smoke"] is not None and expected["smoke"] != counts["smoke"]:
            self.problem(target.name, f"{counts['smoke']} smoke tests, the manifest says {expected['smoke']}")

    # ---- reports ----

    def slowest(self, target):
        """{function: (seconds, goal, prover)}: the goal that took longest, Qed's simplifications apart."""
        slow = {}
        for goal, (prover, seconds) in target.proof.times.items():
            names = [name for name in target.owned if f"_{name}_" in f"_{goal}"]
            name = max(names, key=len) if names else "lemmas"
            if prover not in ("Qed", "CFG") and seconds > slow.get(name, (-1.0,))[0]:
                slow[name] = (seconds, goal, prover)
        return slow

    def report(self, targets, args, passed):
        out = self.root / "build" / "proofs"
        goals = sum(sum(target.proof.goals.values()) for target in targets)
        smoke = sum(sum(target.proof.smoke.values()) for target in targets)
        still = sum("open" in target.entry for target in self.targets)
        all_of_it = len(targets) == len(self.targets) - still
        whole = f"the whole manifest{f', but for {still} runs that it calls open' if still else ''}" if all_of_it else "a part of the manifest"
        gate = all_of_it and not args.cache and not args.no_smoke
        resumed = sum(bool(target.resumed) for target in targets)
        lines = ["# Proof report", "", f"{'PROVED' if passed else 'NOT PROVED'}: {goals} goals and {smoke} smoke tests in {len(targets)} "
                 f"runs, {whole}{', with a cache' if args.cache else ''}{', without smoke tests' if args.no_smoke else ''}.",
                 f"{resumed} of the runs were done earlier, clean and over the same text." if args.resume else "",
                 "", ", ".join(f"{tool} {version}" for tool, version in framac.versions().items()) + f"; timeout {self.timeout} s; "
                 f"manifest sha256 {digest(self.path)}.", ""]
        lines += [f"- {problem}" for problem in self.problems] + [""] * bool(self.problems)
        data = {"passed": passed, "gate": gate, "open": still, "resumed": resumed, "goals": goals, "smoke_tests": smoke,
                "tools": framac.versions(), "timeout": self.timeout, "manifest_sha256": digest(self.path), "problems": self.problems, "targets": []}
        for target in targets:
            slow = self.slowest(target)
            provers = ", ".join(f"{name} {count}" for name, count in sorted(target.proof.provers.items()))
            lines += [f"## {target.file}, format {target.form}", "", f"{target.proof.seconds:.1f} s{f', {target.resumed}' if target.resumed else ''}. {provers}.", "",
                      "| function | goals | smoke tests | slowest goal | prover | seconds | of the timeout |", "|---|--:|--:|---|---|--:|--:|"]
            for name in sorted(target.proof.goals):
                seconds, goal, prover = slow.get(name, (0.0, "", "Qed"))
                warn = " **slow**" if seconds > SLOW * self.timeout else ""
                lines.append(f"| {name} | {target.proof.goals[name]} | {target.proof.smoke.get(name, 0)} | {goal} | {prover} | {seconds:.2f} "
                             f"| {100 * seconds / self.timeout:.0f} %{warn} |")
                if warn:
                    print(f"  slow {target.name}: {goal} took {seconds:.1f} of {self.timeout} s ({prover}): it may fail on a busy machine")
            lines.append("")
            data["targets"].append({"file": target.file, "format": target.form, "seconds": round(target.proof.seconds, 1),
                                    "provers": target.proof.provers, "open": target.proof.open, **counted(target.proof),
                                    "slowest": {name: {"goal": goal, "prover": prover, "seconds": seconds}
                                                for name, (seconds, goal, prover) in slow.items()}})
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.md").write_text("\n".join(lines))
        (out / "report.json").write_text(json.dumps(data, indent=1) + "\n")

    def update(self, targets):
        for target in targets:
            was = target.entry["formats"][target.form].get("smoke")
            target.entry["formats"][target.form] = counted(target.proof)
            if not target.proof.smoke:
                target.entry["formats"][target.form]["smoke"] = was
        self.path.write_text(dump(self.manifest))


def smoked(target, args):
    """Smoke tests cost more than the proofs, and the formats of a file share its source: they run in its first format."""
    return not args.no_smoke and target.form == next(iter(target.entry["formats"]))


def counted(proof):
    return {"goals": sum(proof.goals.values()), "smoke": sum(proof.smoke.values()), "functions": dict(sorted(proof.goals.items()))}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def summary(manifest):
    """One line, from the manifest that the gate enforces."""
    runs = [counts for entry in manifest["entries"] for counts in entry["formats"].values() if counts]
    functions = {(entry["file"], name) for entry in manifest["entries"] for counts in entry["formats"].values() if counts
                 for name in counts["functions"] if name != "lemmas"}
    files = [entry for entry in manifest["entries"] if any(entry["formats"].values())]
    return (f"{sum(counts['goals'] for counts in runs)} goals of {len(functions)} functions in {len(files)} files, "
            f"and {sum(counts['smoke'] or 0 for counts in runs)} smoke tests")


def dump(manifest):
    """The manifest as text, one line per leaf object, so that changes read well."""
    def text(value, indent):
        flat = json.dumps(value)
        if not isinstance(value, (dict, list)) or len(flat) + indent < 120:
            return flat
        pad = " " * (indent + 1)
        if isinstance(value, dict):
            body = [f"{pad}{json.dumps(key)}: {text(item, indent + 1)}" for key, item in value.items()]
            return "{\n" + ",\n".join(body) + "\n" + " " * indent + "}"
        return "[\n" + ",\n".join(pad + text(item, indent + 1) for item in value) + "\n" + " " * indent + "]"
    return text(manifest, 0) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Proves the files of proofs/manifest.json with Frama-C/WP and judges the result.")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--format", choices=FORMATS + ["none"], help="only this format")
    parser.add_argument("--cache", action="store_true", help="keep and use prover results under build/proofs/cache (edit loop)")
    parser.add_argument("--replay", action="store_true", help="run no prover: take the committed record (proofs/recorded); a goal not in it is open")
    parser.add_argument("--record", action="store_true", help="as --cache, and write counts and record of what is green")
    parser.add_argument("--smoke", action="store_true", help="as --cache, with smoke tests, and write the counts of what is green")
    parser.add_argument("--no-smoke", action="store_true", help="no smoke tests (edit loop)")
    parser.add_argument("--resume", action="store_true", help="take what earlier clean runs proved of the same text")
    parser.add_argument("--update", action="store_true", help="write the counts of what is green into the manifest")
    parser.add_argument("--summary", action="store_true", help="only print a C header that says what the manifest demands")
    parser.add_argument("--jobs", type=int, help="files at a time (default: half the processors, as each uses two; all of them for --replay)")
    parser.add_argument("--root", type=Path, default=framac.ROOT, help=argparse.SUPPRESS)
    args = parser.parse_args()
    root = args.root.resolve()
    path = root / "proofs" / "manifest.json"
    if args.summary:
        print(f'#define CERTIGAR_PROOFS_SUMMARY "{summary(json.loads(path.read_text()))}"')
        return 0
    if args.smoke and (args.no_smoke or args.record or args.replay):
        parser.error("--smoke goes without --no-smoke, --record and --replay")
    if args.resume and (args.cache or args.no_smoke or args.record or args.replay or args.smoke):
        parser.error("--resume goes with a clean run")
    if args.replay and (args.cache or args.record or args.update):
        parser.error("--replay goes alone")
    if args.record:
        args.jobs, args.update = 1, True
    if args.record or args.replay:
        args.cache = args.no_smoke = True
    elif args.smoke:
        args.cache = args.update = True
    elif args.update and (args.cache or args.no_smoke or args.format):
        parser.error("--update takes a full run: no --cache, --no-smoke or --format")
    gate = Gate(root, path)
    unknown = [file for file in args.files if not any(target.file == file for target in gate.targets)]
    if unknown:
        parser.error(f"not in the manifest: {' '.join(unknown)}")
    part = bool(args.files or args.format)
    chosen = [target for target in gate.targets if args.files == [] or target.file in args.files]
    chosen = [target for target in chosen if args.format in (None, target.form)]
    gate.parse(chosen)
    for target in chosen:
        if "open" in target.entry:
            print(f"  NOT PROVED {target.name}: {target.entry['open']}", flush=True)
    chosen = [target for target in chosen if target.unit and "open" not in target.entry]
    for target in chosen:
        gate.judge(target)
    if not part:
        gate.judge_whole()
    if gate.problems and not part:
        print(f"nothing was proved yet: {len(gate.problems)} problem(s) above come first\n0 passed, {len(gate.problems)} failed")
        return 1
    gate.prove(chosen, args)
    failed = {target.name for target in chosen if any(problem.startswith(target.name) for problem in gate.problems)}
    passed = not gate.problems
    if args.update:
        gate.update([target for target in chosen if target.name not in failed])
        print(f"{path} written")
    gate.report(chosen, args, passed)
    total = sum(sum(target.proof.goals.values()) for target in chosen)
    for target in gate.targets:
        if "open" in target.entry and not part:
            print(f"not proved, only tested: {target.name}, {target.entry['open']}")
    edit = (" (replayed from proofs/recorded; make proofs runs the provers)" if args.replay else
            " (with the options of the edit loop: this is not the gate)" if args.cache or args.no_smoke else "")
    print(f"{'proved' if passed else 'NOT PROVED'}: {total} goals in {len(chosen)} runs{edit}; report in build/proofs/report.md")
    print(f"{len(chosen) - len(failed)} passed, {max(len(failed), not passed)} failed")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
