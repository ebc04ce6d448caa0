"""Runs of a clean proof that are done, so that one that was stopped, which takes hours, can go on (prove.py --resume).

A run is one file in one format, without a cache of goals. It counts again only where everything that it came from is the same: the
preprocessed text, how Frama-C is called (framac.py), what was left out as proved elsewhere, time limits, smoke tests, and the versions of
Frama-C, Why3 and the provers. Only what was proved whole is kept.
"""
import dataclasses
import hashlib
import json
from pathlib import Path

import framac


def _path(folder, target, settings):
    text = framac.preprocess(target.file, framac.options(target.form), target.root)
    parts = [text, Path(framac.__file__).read_text(), target.form, json.dumps(settings, sort_keys=True), json.dumps(framac.versions(), sort_keys=True)]
    return folder / "finished" / (hashlib.sha256("\0".join(parts).encode()).hexdigest() + ".json")


def keep(folder, target, settings, proof):
    if proof.error or proof.open or proof.doomed:
        return
    path = _path(folder, target, settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    values = dataclasses.asdict(proof)
    values["properties"] = sorted(proof.properties)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(values))
    unfinished.replace(path)


def find(folder, target, settings):
    """The proof of an earlier run, or None."""
    path = _path(folder, target, settings)
    if not path.exists():
        return None
    values = json.loads(path.read_text())
    values["properties"] = set(values["properties"])
    values["times"] = {goal: tuple(spent) for goal, spent in values["times"].items()}
    return framac.Proof(**values)
