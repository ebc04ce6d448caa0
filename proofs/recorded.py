"""The record of a proof: what the provers answered, goal by goal, kept in proofs/recorded so that CI can replay it.

WP names a cached answer by a hash of the goal, the prover and its version. Replayed offline, a goal that has changed, or that
was never proved, has no answer and stays open: the record can be stale, but it cannot vouch for another goal. It is no proof to a
reader who does not trust it; `make proofs` runs the provers.
"""
import json
import os
import re
import shutil


def name(file, form):
    return f"{file.replace('/', '_')}.{form}"


def forget_reads(cache):
    """Sets the access times back, so that pack() sees which answers the next run reads."""
    for path in cache.glob("*.json"):
        os.utime(path, (0, path.stat().st_mtime))


def pack(root, file, form, cache):
    answers = {}
    for path in sorted(cache.glob("*.json")):
        if path.stat().st_atime > 0:
            answer = json.loads(re.sub(r"(\d)\.(?=[,\s])", r"\1.0", path.read_text()))   # WP writes 5. for 5.0, which is no JSON
            if answer["verdict"] == "valid":
                answers[path.stem] = answer
    folder = root / "proofs" / "recorded"
    folder.mkdir(exist_ok=True)
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in answers.items())
    (folder / (name(file, form) + ".json")).write_text("{\n" + lines + "\n}\n")


def unpack(root, file, form):
    folder = root / "build" / "proofs" / "replay" / name(file, form)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    record = root / "proofs" / "recorded" / (name(file, form) + ".json")
    for key, value in (json.loads(record.read_text()) if record.exists() else {}).items():
        (folder / f"{key}.json").write_text(json.dumps(value))
    return folder
