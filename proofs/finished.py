"""Runs of a clean proof that are done, so that one that was stopped, which takes hours, can go on (prove.py --resume).

A run is one file in one format, without a cache of goals. It counts again only where everything that it came from is the same: the preprocessed
text and every file that it was made of (macros in annotations are not in the former), how Frama-C is called (framac.py), what was left out as proved
elsewhere, time limits, smoke tests, and the versions of Frama-C, Why3 and the provers. Only what was proved whole is kept.
"""
import dataclasses
import hashlib
import json
from datetime import datetime, timezone
from pathlib import Path

import framac

CALLED = Path(framac.__file__).read_bytes()   # as it runs now


def key(target, settings):
    """Names a run by what it comes from."""
    digest = hashlib.sha256(CALLED)
    for part in (framac.preprocess(target.file, framac.options(target.form), target.root), target.form, json.dumps(settings, sort_keys=True),
                 json.dumps(framac.versions(), sort_keys=True)):
        digest.update(part.encode() + b"\0")
    for name in sorted(target.source.files):
        digest.update(name.encode() + b"\0" + (target.root / name).read_bytes() + b"\0")
    digest.update(Path(framac.why3_environment(target.root)["WHY3CONFIG"]).read_bytes())
    return digest.hexdigest()


def keep(folder, name, proof):
    if proof.error or proof.open or proof.doomed:
        return
    path = folder / "finished" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    values = dataclasses.asdict(proof)
    values["properties"] = sorted(proof.properties)
    values["done"] = datetime.now(timezone.utc).isoformat(timespec="seconds")
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(values))
    unfinished.replace(path)


def find(folder, name):
    """The proof of an earlier run and when it was done, or None twice."""
    path = folder / "finished" / f"{name}.json"
    if not path.exists():
        return None, None
    values = json.loads(path.read_text())
    done = values.pop("done")
    values["properties"] = set(values["properties"])
    values["times"] = {goal: tuple(spent) for goal, spent in values["times"].items()}
    return framac.Proof(**values), done
