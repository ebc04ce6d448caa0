#!/usr/bin/env python3
"""The gate of the Eva analyses on a small project without alarms, and on the same project broken in every way that the gate must notice.

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
ROW = {"driver": "proofs/eva/square.c", "sources": ["src/*.c"], "options": ["-eva-subdivide-non-linear", "2"], "checks": ["nonnegative"], "unknown": {},
       "statements": 9}
FILES = {
    "src/square.h": "float square(const float *x);\n",
    "src/square.c": '#include "square.h"\nfloat square(const float *x)\n{\n  float number = x[1];\n  return number * number;\n}\n',
    "proofs/eva/square.c": '#include "square.h"\n#include <__fc_builtin.h>\n#include <float.h>\nint main(void)\n{\n'
                           "  float x[2] = {0, Frama_C_float_interval(-FLT_MAX, FLT_MAX)}, y = square(x);\n"
                           "  //@ check nonnegative: \\ge_float(y, (float)0.0);\n  return 0;\n}\n",
    "proofs/eva/analyses.json": json.dumps({"analyses": [ROW]}),
}


class Gate(unittest.TestCase):
    def run_gate(self, edits, files):
        with tempfile.TemporaryDirectory(prefix="certigar-eva-") as root:
            texts = {**FILES, **files}
            for name, old, new in edits:
                self.assertEqual(texts[name].count(old), 1, f"{name}: {old}")
                texts[name] = texts[name].replace(old, new)
            for name, text in texts.items():
                (Path(root) / name).parent.mkdir(parents=True, exist_ok=True)
                (Path(root) / name).write_text(text)
            done = subprocess.run([sys.executable, ROOT / "proofs/eva.py", "--root", root], capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr

    def broken(self, message, *edits, files=None):
        code, output = self.run_gate(edits, files or {})
        self.assertEqual(code, 1, output)
        self.assertRegex(output, message)
        self.assertRegex(output, r"eva: NOT PROVED, [1-9]\d* problem\(s\)\n$")

    def test_the_project_itself_passes(self):
        code, output = self.run_gate([], {})
        self.assertEqual(code, 0, output)
        self.assertRegex(output, r"square.c: 9 statements, 1 checks, no alarm, .*\neva: 1 analyses without an alarm\n$")

    def test_access_outside_an_array(self):
        self.broken(r"(?s)alarms:.*out of bounds read", ("src/square.c", "x[1]", "x[2]"))

    def test_undefined_arithmetic(self):
        self.broken(r"alarms:", ("src/square.c", "number * number", "(float)(1 << (int)(number > 0 ? 40 : 1))"))

    def test_false_check(self):
        self.broken("check nonnegative: Unknown", ("src/square.c", "number * number", "number * number - 1"))

    def test_check_that_no_value_comes_to(self):
        self.broken("check nonnegative: (Dead|Unreachable)", ("proofs/eva/square.c", "  //@ check", "  if (x[0] != 0)\n  //@ check"))

    def test_check_missing_from_the_driver(self):
        self.broken("check nonnegative is in analyses.json only", ("proofs/eva/square.c", "  //@ check nonnegative: \\ge_float(y, (float)0.0);\n", ""))

    def test_check_missing_from_the_list(self):
        self.broken("check nonnegative is in the driver only", ("proofs/eva/analyses.json", '["nonnegative"]', "[]"))

    def test_annotation_left_open(self):
        edit = ("src/square.c", "  return", "  //@ assert small: number <= 1;\n  return")
        self.broken("square.c:5: user assertion Unknown", edit)
        code, output = self.run_gate([edit, ("proofs/eva/analyses.json", '"unknown": {}', '"unknown": {"square.c:square:user assertion": "for the test"}'),
                                       ("proofs/eva/analyses.json", '"statements": 9', '"statements": 10')], {})
        self.assertEqual(code, 0, output)

    def test_annotation_of_the_same_kind_elsewhere(self):
        self.broken("square.c:5: user assertion Unknown", ("src/square.c", "  return", "  //@ assert small: number <= 1;\n  return"),
                    ("proofs/eva/analyses.json", '"unknown": {}', '"unknown": {"square.c:main:user assertion": "of another function"}'))

    def test_assumption(self):
        self.broken("square.c:5: .*Considered valid", ("src/square.c", "  return", "  //@ admit small: number <= 1;\n  return"))

    def test_function_without_a_body(self):
        self.broken("square.c:.* postcondition Considered valid",
                    ("proofs/eva/square.c", "int main", "/*@ assigns \\nothing; ensures one: \\result == 1; */\nint one(void);\nint main"),
                    ("proofs/eva/square.c", "y = square(x);", "y = square(x + one() - 1);"))

    def test_text_for_frama_c(self):
        self.broken("src/square.c: says __FRAMAC__", ("src/square.c", "  return", "#ifdef __FRAMAC__\n#endif\n  return"))

    def test_warning(self):
        self.broken("a warning that analyses.json does not allow: .*not represented exactly", ("src/square.c", "number * number", "number * number + 1e-6f"))

    def test_pointer_outside_an_array(self):
        self.broken("(?s)alarms:.*invalid pointer", ("src/square.c", "  return", "  const float *beyond = x + 3;\n  number += beyond - x - 3;\n  return"))

    def test_precondition_broken(self):
        self.broken("precondition", ("src/square.h", "float square", "/*@ requires first: *x > 0; */\nfloat square"))

    def test_other_statements_reached(self):
        self.broken("9 statements reached, analyses.json says 6", ("proofs/eva/analyses.json", '"statements": 9', '"statements": 6'))

    def test_does_not_compile(self):
        self.broken("frama-c exits with 1", ("src/square.c", "return", "retrun"))

    def test_driver_in_no_list(self):
        self.broken("other.c: is not in analyses.json", files={"proofs/eva/other.c": "int main(void) { return 0; }\n"})

    def test_driver_in_the_list_only(self):
        self.broken("proofs/eva/absent.c: is in analyses.json only",
                    files={"proofs/eva/analyses.json": json.dumps({"analyses": [ROW, {**ROW, "driver": "proofs/eva/absent.c"}]})})


if __name__ == "__main__":
    finish_unittest()
