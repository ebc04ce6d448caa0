#!/usr/bin/env python3
"""The gate of the Coq proofs on a small project that proves, and on the same project broken in every way that the gate must notice.

Each case is one edit; the gate must fail and say why.
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checks import finish_unittest

ROOT = Path(__file__).resolve().parent.parent
REALS = ["ClassicalDedekindReals.sig_forall_dec", "FunctionalExtensionality.functional_extensionality_dep"]

FILES = {
    "One.v": "Lemma helper : forall n, n + 0 = n.\nProof. auto. Qed.\n\nTheorem one : forall n, n + 0 = n.\nProof. exact helper. Qed.\n",
    "Two.v": "From Certigar Require Import One.\nRequire Import Reals.\nTheorem two : (1 + 0 = 1)%R.\nProof. exact (Rplus_0_r 1). Qed.\n",
    "theorems.json": json.dumps({"files": [{"file": "One.v", "theorems": ["one"]},
                                           {"file": "Two.v", "theorems": ["two"], "assumptions": REALS, "why": "reals"}]}),
}


def gate(root):
    done = subprocess.run([sys.executable, ROOT / "proofs/coq.py", "--root", root], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Gate(unittest.TestCase):
    def run_gate(self, edits, files=()):
        with tempfile.TemporaryDirectory(prefix="certigar-coq-") as root:
            folder = Path(root) / "proofs/coq"
            folder.mkdir(parents=True)
            for name, text in {**FILES, **dict(files)}.items():
                (folder / name).write_text(text)
            for name, old, new in edits:
                text = (folder / name).read_text()
                self.assertEqual(text.count(old), 1, f"{name}: {old}")
                (folder / name).write_text(text.replace(old, new))
            return gate(root)

    def broken(self, message, *edits, files=()):
        code, output = self.run_gate(edits, files)
        self.assertEqual(code, 1, output)
        self.assertRegex(output, message)
        self.assertRegex(output, r"coq: NOT PROVED, [1-9]\d* problem\(s\)\n$")

    def test_the_project_itself_proves(self):
        code, output = self.run_gate([])
        self.assertEqual(code, 0, output)
        self.assertRegex(output, r"\ncoq: 2 theorems checked, \d+ s\n$")

    def test_false_statement(self):
        self.broken("One.v: coqc exits with 1", ("One.v", "Theorem one : forall n, n + 0 = n.", "Theorem one : forall n, n + 1 = n."))

    def test_dependency_broken(self):
        self.broken("Two.v: coqc exits with 1", ("Two.v", "Import One.", "Import One Three."))

    def test_admitted(self):
        self.broken("One.v: the text says Admitted", ("One.v", "Proof. auto. Qed.", "Proof. Admitted."))

    def test_axiom(self):
        self.broken("One.v: the text says Axiom", ("One.v", "Lemma helper : forall n, n + 0 = n.\nProof. auto. Qed.",
                                                   "Axiom helper : forall n, n + 0 = n."))

    def test_hypothesis_outside_a_section(self):
        self.broken("One.v: coqc exits with 1", ("One.v", "Lemma helper : forall n, n + 0 = n.\nProof. auto. Qed.",
                                                 "Hypothesis helper : forall n, n + 0 = n."))

    def test_hypothesis_with_the_warning_off(self):
        self.broken("One.one: rests on One.helper, which", ("One.v", "Lemma helper : forall n, n + 0 = n.\nProof. auto. Qed.",
                                                      'Set Warnings "-local-declaration".\nHypothesis helper : forall n, n + 0 = n.'))

    def test_unguarded_recursion(self):
        loop = "Unset  Guard Checking.\nFixpoint loop (n : nat) : forall m, m + 0 = m := loop n.\nSet  Guard Checking.\n"
        self.broken("One.v: the text says Guard Checking", ("One.v", "Theorem one", loop + "Theorem one"))
        loop = loop.replace("Guard Checking", "Guard  Checking")
        self.broken("One.one: Coq does not say what it rests on", ("One.v", "Theorem one", loop + "Theorem one"),
                    ("One.v", "exact helper", "exact (loop 0)"))

    def test_library_axiom_not_allowed(self):
        self.broken("Two.two: rests on ClassicalDedekindReals.sig_forall_dec, which theorems.json does not allow",
                    ("theorems.json", json.dumps(REALS), json.dumps(REALS[1:])))

    def test_allowed_axiom_not_needed(self):
        self.broken("Two.v: no theorem rests on classic, which theorems.json allows",
                    ("theorems.json", json.dumps(REALS), json.dumps(REALS + ["classic"])))

    def test_allowed_axiom_without_a_reason(self):
        self.broken("Two.v: allows assumptions without a why", ("theorems.json", '"reals"', '""'))

    def test_theorem_in_the_list_only(self):
        self.broken("One.v: theorem three is in theorems.json only", ("theorems.json", '["one"]', '["one", "three"]'))

    def test_theorem_in_the_text_only(self):
        self.broken("One.v: theorem one is not in theorems.json", ("theorems.json", '["one"]', "[]"))

    def test_theorem_in_a_comment(self):
        self.broken("coqc exits with 1", ("One.v", "Theorem one : forall n, n + 0 = n.\nProof. exact helper. Qed.",
                                          "(* Theorem one : forall n, n + 0 = n.\nProof. exact helper. Qed. *)"))

    def test_file_in_no_list(self):
        self.broken("Three.v: is not in theorems.json", files={"Three.v": "Lemma three : 1 = 1.\nProof. auto. Qed.\n"})

    def test_file_in_the_list_only(self):
        self.broken("Three.v: is in theorems.json only", ("theorems.json", '{"files": [', '{"files": [{"file": "Three.v"}, '))


if __name__ == "__main__":
    finish_unittest()
