#!/usr/bin/env python3
"""The proof gate on a small project that proves, and on the same project broken in every way that the gate must notice; and the
tools beside it, proofs/mutate.py and proofs/ledger.py.

Each case is one edit; the gate must fail and say why. A gate that lets one of them pass proves nothing.
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checks import finish_unittest

ROOT = Path(__file__).resolve().parent.parent

FILES = {
    "spec/ledger.json": '{"claims": [], "trusted": []}',
    "spec/twice.h": """
/*@ logic integer Twice(integer n) = n <= 0 ? 0 : Twice(n-1) + 2;
  @ lemma twice: \\forall integer n; 0 < n ==> Twice(n) == Twice(n-1) + 2;
  @*/
""",
    "src/exact/count.h": """
#include "twice.h"
/*@ requires n: 0 <= n <= 1000;
    terminates \\true; exits \\false; assigns \\nothing;
    ensures bound: 0 <= \\result <= n; */
static inline int count(int n);
""",
    "src/exact/count.c": """
#include "exact/count.h"
static inline int count(int n)
{
  int i = 0;
  /*@ loop invariant i: 0 <= i <= n;
      loop assigns i; loop variant n - i; */
  while (i < n) i++;
  return i;
}
""",
    "src/rules/rule.c": """
#include "exact/count.h"
/*@ requires n: 0 <= n <= 1000;
    terminates \\true; exits \\false; assigns \\nothing;
    ensures sum: 0 <= \\result <= 2*n; */
int rule(int n) { return count(n) + count(n); }
""",
    "src/rules/both.c": """
#include "exact/count.c"
/*@ requires n: 0 <= n <= 1000;
    terminates \\true; exits \\false; assigns \\nothing;
    ensures bound: 0 <= \\result <= n; */
int both(int n) { return count(n); }
""",
    "src/kernels.c": '#include "rules/both.c"\n#include "rules/rule.c"\n',
    "proofs/lemmas.c": '#include "twice.h"\n',
    "proofs/manifest.json": json.dumps({"timeout": 5, "smoke_timeout": 1, "entries": [
        {"file": "proofs/lemmas.c", "lemmas": True, "formats": {"none": {}}},
        {"file": "src/rules/both.c", "formats": {"none": {}}},
        {"file": "src/exact/count.c", "formats": {"none": {}}},
        {"file": "src/rules/rule.c", "theorems": {"rule": ["sum"]}, "formats": {"none": {}}}]}),
}


def gate(root, *options):
    done = subprocess.run([sys.executable, ROOT / "proofs/prove.py", "--root", root, *options], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def write(root, files):
    for name, text in files.items():
        path = Path(root) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class Gate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="certigar-gate-")
        write(cls.folder.name, FILES)
        code, output = gate(cls.folder.name, "--update")
        assert code == 0, output
        cls.manifest = (Path(cls.folder.name) / "proofs/manifest.json").read_text()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def broken(self, messages, *edits, files=(), options=()):
        """Applies edits (file, old, new) to the project that proves; the gate must fail, with every one of the messages."""
        with tempfile.TemporaryDirectory(prefix="certigar-gate-") as root:
            write(root, {**FILES, "proofs/manifest.json": self.manifest, **dict(files)})
            (Path(root) / "build").mkdir()
            (Path(root) / "build/why3.conf").write_bytes((Path(self.folder.name) / "build/why3.conf").read_bytes())
            for name, old, new in edits:
                path = Path(root) / name
                text = path.read_text()
                self.assertEqual(text.count(old), 1, f"{name}: {old}")
                path.write_text(text.replace(old, new))
            code, output = gate(root, *options)
        self.assertEqual(code, 1, output)
        self.assertRegex(output, r"\d+ passed, [1-9]\d* failed\n$")
        for message in messages:
            with self.subTest(message=message):
                self.assertRegex(output, message)

    def test_the_project_itself_proves(self):
        code, output = gate(self.folder.name)
        self.assertEqual(code, 0, output)
        self.assertRegex(output, r"\n4 passed, 0 failed\n$")
        report = json.loads((Path(self.folder.name) / "build/proofs/report.json").read_text())
        self.assertTrue(report["passed"] and report["gate"])
        self.assertEqual(report["goals"], sum(target["goals"] for target in report["targets"]))
        owners = [target["file"] for target in report["targets"] if "count" in target["functions"]]
        self.assertEqual(owners, ["src/exact/count.c"])  # and not again where it is included

    def test_what_is_open_is_said_and_the_rest_is_the_gate(self):
        with tempfile.TemporaryDirectory(prefix="certigar-gate-") as root:
            manifest = json.loads(self.manifest)
            manifest["entries"].append({"file": "src/rules/later.c", "open": "not today", "formats": {"none": {}}})
            write(root, {**FILES, "src/rules/later.c": "", "proofs/manifest.json": json.dumps(manifest)})
            code, output = gate(root)
            self.assertEqual(code, 0, output)
            self.assertIn("not proved, only tested: src/rules/later.c (none), not today\n", output)
            report = json.loads((Path(root) / "build/proofs/report.json").read_text())
            self.assertEqual((report["gate"], report["open"]), (True, 1))

    def test_a_run_that_was_stopped_goes_on(self):
        with tempfile.TemporaryDirectory(prefix="certigar-gate-") as root:
            write(root, {**FILES, "proofs/manifest.json": self.manifest})
            self.assertIn("1 passed, 0 failed", gate(root, "src/exact/count.c")[1])
            code, output = gate(root, "--resume")
            self.assertEqual(code, 0, output)
            self.assertEqual([line.split(": ")[0].split()[-2] for line in output.splitlines() if "in an earlier run" in line], ["src/exact/count.c"])
            self.assertEqual(json.loads((Path(root) / "build/proofs/report.json").read_text())["resumed"], 1)
            write(root, {"src/exact/count.c": FILES["src/exact/count.c"].replace("i++", "i += 2")})
            code, output = gate(root, "--resume")
            self.assertEqual(code, 1, output)                           # another text is another run
            self.assertRegex(output, "count.c .*: not proved")
            code, output = gate(root, "--resume")
            self.assertRegex(output, "count.c .*: not proved")          # what was open is not kept
            write(root, {"src/exact/count.c": FILES["src/exact/count.c"], "spec/twice.h": FILES["spec/twice.h"] + "#define LIMIT 3\n"})
            self.assertNotIn("earlier", gate(root, "--resume", "src/exact/count.c")[1])     # a macro that only an annotation could use
            self.assertEqual(gate(root, "--resume", "--no-smoke")[0], 2)

    # ---- what only a run of WP shows ----

    def test_unproved_goal(self):
        self.broken(["not proved: .*rule_ensures_sum"], ("src/rules/rule.c", "<= 2*n", "<= n"), options=["src/rules/rule.c", "--no-smoke"])

    def test_unproved_lemma(self):
        self.broken(["not proved: .*lemma_twice"], ("spec/twice.h", "== Twice(n-1) + 2;\n  @*/", "== Twice(n-1) + 3;\n  @*/"),
                    options=["proofs/lemmas.c"])

    def test_inconsistent_requires(self):
        self.broken(["smoke test found a contradiction: rule_wp_smoke"],
                    ("src/rules/rule.c", "0 <= n <= 1000", "0 <= n <= 1000 && n < 0"), options=["src/rules/rule.c"])

    def test_emptied_body(self):
        self.broken(["count: \\d+ goals, the manifest says \\d+"], ("src/exact/count.c", """  /*@ loop invariant i: 0 <= i <= n;
      loop assigns i; loop variant n - i; */
  while (i < n) i++;
""", ""), options=["src/exact/count.c", "--no-smoke"])

    def test_skipped_annotation_and_more_goals_than_the_manifest(self):
        self.broken(["Statement specifications not yet supported \\(skipped\\)", "rule: \\d+ goals, the manifest says \\d+"],
                    ("src/rules/rule.c", "{ return",
                     "{ int i; /*@ ensures i: i == 1; assigns i; */ i = 1; /*@ assert n: 0 <= n; */ return"),
                    options=["src/rules/rule.c", "--no-smoke"])

    # ---- what shows before any proof ----

    def test_clauses(self):
        self.broken(["union: ", "shift: ", "rule: admit: ", "rule: no 'assigns' in the contract",
                     "rule: clause without a name: requires 0 <= n <= 1000",
                     "count: admit: ", "count: no 'terminates .true' in the contract", "count: no 'exits .false' in the contract",
                     "count: 1 loop\\(s\\) without a variant", "count: clause without a name: loop invariant 0 <= i <= n"],
                    ("src/rules/rule.c", "{ return",
                     "{ union { int a; float b; } u = {n}; /*@ admit a: n == 1; */ n = u.a >> 1; return"), ("src/rules/rule.c", "assigns \\nothing;", ""),
                    ("src/rules/rule.c", "requires n:", "requires"), ("src/exact/count.h", "terminates \\true; exits \\false;", ""),
                    ("src/exact/count.h", "ensures bound", "admit ensures bound"), ("src/exact/count.c", " loop variant n - i;", ""),
                    ("src/exact/count.c", "invariant i:", "invariant"))

    def test_contracts_and_theorems(self):
        self.broken(["count: no contract", "theorem rule: no \\(or an empty\\) 'ensures sum'",
                     "theorem rule: no \\(or an empty\\) 'ensures zero'"],
                    ("src/exact/count.h", FILES["src/exact/count.h"].split("/*@")[1].split("*/")[0], " "), ("src/exact/count.h",
                     "/*@ */", ""),
                    ("src/rules/rule.c", "ensures sum: 0", "ensures zero: \\true; ensures total: 0"),
                    ("proofs/manifest.json", '["sum"]', '["sum", "zero"]'))

    def test_logic(self):
        self.broken(["axiom wild is not in spec/ledger.json", "axiom even is not in spec/ledger.json",
                     "recursive definition Twice does not",
                     "recursive definition Hidden does not", "lemma other is not proved by any entry",
                     "axiom admitted is not in spec/ledger.json"],
                    ("spec/twice.h", "  @*/", """  @ axiomatic Wild {
  @   axiom wild: \\forall integer n; 0 <= n ==> Twice(n) == 2*n;
  @   logic integer Hidden(integer n) = Hidden(n) + 1;
  @   axiom known: \\forall integer n; Twice(n) < 0 ==> \\false;
  @ }
  @ inductive even(integer n) { case zero: even(0); }
  @ admit lemma admitted: \\forall integer n; Twice(n) < 5;
  @*/"""), ("spec/twice.h", "Twice(n-1) + 2;\n  @ lemma", "Twice(n+1) + 2;\n  @ lemma"),
                    ("src/rules/rule.c", "/*@ requires", "/*@ lemma other: \\forall integer n; n < n + 1; */\n/*@ requires"),
                    files={"spec/ledger.json": '{"trusted": [{"id": "known", "axiom": "known"}]}'})

    def test_an_axiom_of_the_ledger_is_no_problem(self):
        with self.assertRaisesRegex(AssertionError, "4 passed, 0 failed"):
            self.broken([], ("spec/twice.h", "  @*/",
                         "  @ axiomatic Known { axiom known: \\forall integer n; 0 <= n ==> Twice(n) == 2*n; }\n  @*/"),
                        files={"spec/ledger.json": '{"trusted": [{"id": "known", "axiom": "known"}]}'}, options=["--no-smoke"])

    def test_what_no_entry_covers(self):
        self.broken(["src/rules/other.c: is in no entry of the manifest", "stray is compiled but no entry proves it", "spare: ",
                     "rule calls external, which no entry proves", "rule is compiled from other text than is proved"],
                    ("src/kernels.c", '"rules/rule.c"', '"rules/rule.c"\n#include "rules/stray.h"'),
                    ("src/exact/count.c", "static inline", "static int spare(void) { return 0; }\nstatic inline"),
                    ("src/rules/rule.c", "/*@ requires", """/*@ requires n: 0 <= n <= 1000;
    terminates \\true; exits \\false; assigns \\nothing; ensures e: \\result == n; */
int external(int n);
/*@ requires"""), ("src/rules/rule.c", "{ return count(n)", "{\n#ifndef __FRAMAC__\n  n++;\n#endif\n  return external(n)"),
                    files={"src/rules/other.c": "int other(void) { return 1; }\n",
                    "src/rules/stray.h": "static inline int stray(void) { return 1; }\n"})

    def test_what_one_proof_assumes_and_another_does_not_show(self):
        contract = FILES["src/exact/count.h"].replace("\\result <= n", "\\result < n")
        self.broken(["rule calls count by another contract than src/exact/count.c", "lemma twice is not proved by any entry",
                     "rule is compiled from other text than is proved -DLEVEL=x86_64_v4"],
                    ("src/rules/rule.c", '#include "exact/count.h"', '#define TWO 3\n#include "exact/other.h"'),
                    ("spec/twice.h", ": Twice(n-1) + 2;", ": Twice(n-1) + TWO;"), ("spec/twice.h", "/*@ logic",
                     "#ifndef TWO\n#define TWO 2\n#endif\n/*@ logic"),
                    ("src/rules/rule.c", "{ return",
                     "{\n#ifdef __AVX512F__\n  n++;\n#endif\n  return"), files={"src/exact/other.h": contract})

    def test_recursion_across_files(self):
        self.broken(["count calls itself through another file"], ("src/exact/count.c", "  return i;", "  return i + 0*rule(n);"),
                    ("src/exact/count.c", "static inline", """/*@ requires n: 0 <= n <= 1000;
    terminates \\true; exits \\false; assigns \\nothing;
    ensures sum: 0 <= \\result <= 2*n; */
int rule(int n);
static inline"""))

    def test_file_that_does_not_parse(self):
        self.broken(["rule.c \\(none\\): .*does not parse"], ("src/rules/rule.c", "return count(n)", "return count(m)"))


    # ---- the tools beside it ----

    def test_mutants(self):
        write(self.folder.name, {"proofs/mutants.json": json.dumps({"mutants": [
            {"name": name, "file": "src/exact/count.c", "format": "none", "function": "count",
            "old": old, "new": new, "breaks": "the bound"}
            for name, old, new in [("too-far", "while (i < n)", "while (i <= n)"), ("nothing", "return i;", "return i + 0;"),
                                   ("syntax", "return i;", "return j;"), ("twice", "i", "j")]]})})
        done = subprocess.run([sys.executable, ROOT / "proofs/mutate.py", "--root",
        self.folder.name], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for line in [r"unmutated: proved", r"killed +too-far: .*typed_count_", r"SURVIVED +nothing: ",
        r"INVALID +syntax: (?s:.*)does not parse",
                     r"INVALID +twice: .*the old text occurs \d+ times", r"\n1 passed, 3 failed\n$"]:
            self.assertRegex(done.stdout, line)

    def test_ledger(self):
        good = {"id": "sum", "claim": "The sum is bounded.", "source": "nowhere", "level": "A", "predicates": ["Twice"], "function": "rule",
                "file": "src/rules/rule.c", "theorems": ["sum"], "tests": ["tests/a.c::case_one"]}
        bad = {**good, "id": "bad", "predicates": ["Thrice"], "function": "ruler", "theorems": ["product"], "tests": ["tests/b.c"],
               "fuzz": ["rule"], "colour": "red"}
        theorem = {"id": "theorem", "claim": "One is one.", "source": "nowhere", "level": "D", "file": "proofs/coq/One.v", "coq": ["one"]}
        trusted = {"id": "wild", "what": "An axiom.", "why": "w", "check": "c", "risk": "r", "axiom": "wild"}
        with tempfile.TemporaryDirectory(prefix="certigar-gate-") as root:
            write(root, {**FILES, "proofs/manifest.json": self.manifest, "spec/acsl/twice.h": FILES["spec/twice.h"], "tests/a.c": "case_one",
                         "proofs/coq/One.v": "", "proofs/coq/theorems.json": '{"files": [{"file": "One.v", "theorems": ["one"]}]}'})
            for rows, code, messages in [
                    ({"claims": [good, theorem], "trusted": []}, 0, ["2 passed, 0 failed"]),
                    ({"claims": [good, bad, {"id": "sum", "level": "F"}, {"id": "eva", "level": "E", "eva": "proofs/eva/none.c"},
                                 {"id": "coq", "level": "D", "coq": ["all"]}], "trusted": [trusted]}, 1,
                     ["sum: two rows", "sum: level must be A, B, C, D or E", "eva: claim is missing",
                      "eva: proofs/eva/none.c is not in proofs/eva/analyses.json", "coq: claim is missing", "coq: all is not a theorem of None",
                      "bad: unknown key colour", "bad: no test tests/b.c", "bad: no predicate Thrice",
                      "bad: no fuzz target rule", "bad: ruler is not defined in src/rules/rule.c", "bad: no goals of ruler",
                      "bad: ruler: theorem product is not in", "wild: no axiom wild", "one: no row names this theorem of proofs/coq/One.v",
                      "0 passed, 6 failed"])]:
                write(root, {"spec/ledger.json": json.dumps(rows)})
                done = subprocess.run([sys.executable, ROOT / "proofs/ledger.py", root], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, code, done.stdout + done.stderr)
                for message in messages:
                    self.assertIn(message, done.stdout)
            self.assertIn("The sum is bounded.", (Path(root) / "build/ledger.md").read_text())


class Reading(unittest.TestCase):
    """The readers behind the gate."""

    def test_descent(self):
        sys.path.insert(0, str(ROOT / "proofs"))
        import framac
        for parameters, body, good in [("integer n", "n <= 0? 0: F(n - 1) + 1", True), ("integer n", "n <= 0? 0: F(n - 2)", True),
                                       ("integer n", "n <= 0? 0: F(n)", False), ("integer n", "n >= 0? 0: F(n + 1)", True),
                                       ("integer n", "n >= 0? 0: F(n - 1)", False), ("integer n", "F(n - 1)", False),
                                       ("integer n", "n <= 0? F(n - 1): 0", False), ("integer n", "n <= 0? 0: F(n - 1) + F(n)", False),
                                       ("integer i, integer n", "i >= n? 0: F(i + 1, n)", True),
                                       ("integer i, integer n", "i >= n? 0: F(i, n - 1)", True),
                                       ("integer i, integer n", "i >= n? 0: F(i + 1, n + 1)", False),
                                       ("int *a, integer n", "\\at(n <= 0? 0: F{L}(a, n - 1) + *(a + (n - 1)),L)", True),
                                       ("integer n", "n <= 0 || F(n - 1)", True), ("integer n", "n > 0 ==> F(n - 1)", True),
                                       ("integer n", "n > 0 ==> F(n + 1)", False), ("integer n", "n != 0 ==> F(n - 1)", False)]:
            self.assertEqual(framac.descends("F", parameters, body), good, body)

    def test_times(self):
        sys.path.insert(0, str(ROOT / "proofs"))
        import framac
        for text, seconds in [("30ms", 0.03), ("0.79ms", 0.00079), ("1.2s", 1.2), ("20s", 20), ("1'12s", 72), ("1h2'3s", 3723)]:
            self.assertAlmostEqual(framac.seconds_of(text), seconds)


if __name__ == "__main__":
    finish_unittest()
