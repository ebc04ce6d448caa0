#!/usr/bin/env python3
"""Proof mutation: each small edit of proofs/mutants.json, made on a copy, must leave some goal of its file unproved.

  mutate.py                 all mutants                 mutate.py --no-baseline   when the gate has just passed
  mutate.py NAME|FILE...    these                       mutate.py --list          what there is

A mutant that survives says that the specification does not see that edit: the contract is too weak, or the line does nothing.
It takes the gate's own timeout, no cache and no smoke tests, and stops at the first goal left open: first on the function edited, as
that is where a mutant dies if it does, and then, before it is said to survive, on the whole file.
"""
import argparse
import json
import os
import re
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import framac
from prove import Gate


def body_of(text, function):
    """(start, end) of a function's definition in the source text."""
    for head in re.finditer(rf"^[^\n;{{}}=]*\b{function}\s*\(", text, re.M):
        opening = re.compile(r"[;{]").search(text, head.end())
        if not opening or opening.group() == ";":
            continue
        depth = 0
        for at in range(opening.start(), len(text)):
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            if depth == 0:
                return head.start(), at + 1
    raise framac.Failure(f"no definition of {function}")


def mutated(text, mutant):
    start, end = body_of(text, mutant["function"]) if mutant.get("function") else (0, len(text))
    found = text.count(mutant["old"], start, end)
    if found != 1:
        raise framac.Failure(f"the old text occurs {found} times in {mutant.get('function') or mutant['file']}, not once")
    at = text.index(mutant["old"], start, end)
    return text[:at] + mutant["new"] + text[at + len(mutant["old"]):]


class Bench:
    def __init__(self, root):
        self.root = root
        self.gate = Gate(root, root / "proofs" / "manifest.json")
        self.scratch = root / "build" / "mutants"
        shutil.rmtree(self.scratch, ignore_errors=True)
        framac.why3_environment(root)

    def target(self, mutant):
        file, form = mutant.get("entry", mutant["file"]), str(mutant["format"])
        for target in self.gate.targets:
            if (target.file, target.form) == (file, form):
                if target.unit is None:
                    target.parse()
                return target
        raise framac.Failure(f"{file} ({form}) is not in the manifest")

    def prove(self, target, root, log, only=()):
        skip = set() if only else target.skipped(self.gate.trusted)
        return framac.run_wp(target.file, target.form, log, timeout=self.gate.timeout, smoke=False, lemmas=bool(target.entry.get("lemmas")),
                             skip=skip, only=only, root=root, stop_at_first_open=True)

    def baseline(self, target):
        proof = self.prove(target, self.root, self.scratch / f"baseline.{target.file.replace('/', '_')}.{target.form}.log")
        return "" if not (proof.open or proof.error) else f"{target.name} does not prove unmutated: {proof.error or proof.open[0]}"

    def judge(self, mutant):
        """("killed" | "SURVIVED" | "INVALID", what shows it, seconds)"""
        begun = time.monotonic()
        copy = self.scratch / mutant["name"]
        try:
            target = self.target(mutant)
            for folder in framac.INCLUDES:
                shutil.copytree(self.root / folder, copy / folder)
            file = copy / mutant["file"]
            file.write_text(mutated(file.read_text(), mutant))
            framac.Unit(target.file, target.form, root=copy)
        except (framac.Failure, OSError) as failure:
            return "INVALID", str(failure), time.monotonic() - begun
        (copy / "build").mkdir()
        shutil.copy(self.root / "build" / "why3.conf", copy / "build" / "why3.conf")
        log = self.scratch / f"{mutant['name']}.log"
        proof = self.prove(target, copy, log, [mutant["function"]]) if mutant.get("function") else None
        if not proof or not (proof.open or proof.error):
            proof = self.prove(target, copy, log)
        shutil.rmtree(copy)
        seconds = time.monotonic() - begun
        if proof.error:
            return "INVALID", proof.error, seconds
        return ("killed", proof.open[0], seconds) if proof.open else ("SURVIVED", "every goal is proved", seconds)


def main():
    parser = argparse.ArgumentParser(description="Edits the proved code on purpose: each edit must leave a goal unproved.")
    parser.add_argument("names", nargs="*", metavar="NAME|FILE")
    parser.add_argument("--no-baseline", action="store_true", help="do not first prove the files as they are")
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) // 2), help="mutants at a time")
    parser.add_argument("--root", type=Path, default=framac.ROOT, help=argparse.SUPPRESS)
    args = parser.parse_args()
    root = args.root.resolve()
    mutants = json.loads((root / "proofs" / "mutants.json").read_text())["mutants"]
    if len({mutant["name"] for mutant in mutants}) < len(mutants):
        parser.error("two mutants of one name")
    chosen = [mutant for mutant in mutants if not args.names or mutant["name"] in args.names or mutant["file"] in args.names]
    if args.names and not chosen:
        parser.error("no such mutant")
    if args.list:
        for mutant in chosen:
            print(f"{mutant['name']:<32} {mutant['file']} ({mutant['format']}) {mutant.get('function', '')}: {mutant['breaks']}")
        return 0
    try:
        bench = Bench(root)
        targets = [] if args.no_baseline else list({target.name: target for target in map(bench.target, chosen)}.values())
    except framac.Failure as failure:
        print(f"FAIL {failure}\n0 passed, 1 failed")
        return 1

    begun, survivors, failed = time.monotonic(), [], 0
    with ThreadPoolExecutor(args.jobs) as pool:
        for target, fault in zip(targets, pool.map(bench.baseline, targets)):
            print(f"  {time.monotonic() - begun:6.1f} s  {target.name} unmutated: {fault or 'proved'}", flush=True)
            failed += bool(fault)
        if failed:
            print(f"a mutant proves nothing where the code itself is not proved\n0 passed, {failed} failed")
            return 1
        for mutant, (verdict, evidence, seconds) in zip(chosen, pool.map(bench.judge, chosen)):
            print(f"  {time.monotonic() - begun:6.1f} s  {verdict:<8}  {mutant['name']}: {mutant['old']!r} -> {mutant['new']!r} "
                  f"in {mutant['file']} ({mutant['format']}); {mutant['breaks']}; {evidence} ({seconds:.1f} s)", flush=True)
            if verdict != "killed":
                survivors.append(mutant["name"])
    if survivors:
        print(f"not killed: {', '.join(survivors)}")
    print(f"{len(chosen) - len(survivors)} passed, {len(survivors)} failed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
