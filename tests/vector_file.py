"""A file of tests/vectors, its numbers read as words and fractions."""
import json
import re
from fractions import Fraction

from exact_rules import Format

HEXADECIMAL = re.compile(r"(-?)0x([01])(?:\.([0-9a-f]+))?p([+-]\d+)")


def fraction(text):
    """A number in hexadecimal, or p/q, or a decimal."""
    match = HEXADECIMAL.fullmatch(text if "p+" in text or "p-" in text else "")
    if not match:
        return Fraction(text)
    sign, lead, digits, exponent = match.groups()
    digits = digits or ""
    value = Fraction(int(lead + digits, 16)) / 16 ** len(digits) * Fraction(2) ** int(exponent)
    return -value if sign else value


def unit(fmt):
    return Fraction(1, 2 ** {32: 149, 64: 1074}[fmt.bits])


def word(fmt, text):
    if text.startswith("nan"):
        return int(text[4:], 16) if len(text) > 3 else fmt.nan
    sign = fmt.sign if text[0] == "-" else 0
    if text.endswith("inf"):
        return fmt.infinity | sign
    value = fraction(text) / unit(fmt)
    result = fmt.rn(abs(value.numerator), value.denominator) | sign
    if fmt.value(result) != value:
        raise ValueError(f"{text} is no number of {fmt.bits} bits")
    return result


class Case:
    def __init__(self, subject, data):
        self.subject, self.data = subject, data
        self.fmt = fmt = Format({"float32": 32, "float64": 64}[data["dtype"]])
        self.n, self.f, self.d, self.parameters = data["n"], data["f"], data["d"], data["parameters"]
        self.rows = [self.words(row) for row in data["rows"]]
        self.expected = None if data["expected"] is None else self.words(data["expected"])
        self.made = [self.words(row) for row in data.get("rows_after_pre", ())]
        self.double = Format(64)

    def words(self, row):
        return [word(self.fmt, text) for text in row]

    @property
    def name(self):
        return f"{self.subject} {self.data['id']} ({self.data['generator']}, seed {self.data['seed']})"

    def rational(self, key):
        return fraction(self.parameters[key])

    def losses(self):
        """Of zeno: a loss at the model, 0, and those that the scores are the gains of."""
        scores = [word(self.double, text) for text in self.parameters["scores"]]
        return [0] + [w if self.double.is_nan(w) else w ^ self.double.sign for w in scores]


def read(path):
    with open(path, encoding="ascii") as file:
        data = json.load(file)
    return data, [Case(data["rule"], case) for case in data["cases"]]
