"""What the proof tools need to know of a C file: what the compiler sees of it, what Frama-C sees of it, and what WP proves.

Three views, each from the tool concerned and none from the source text, so that an annotation that Frama-C drops, a branch of
the preprocessor that only the compiler takes, or a goal that was never generated shows:

  Source      function bodies after preprocessing, with the file each comes from
  Unit        the program as Frama-C prints it back: contracts, loops, calls, logic
  run_wp()    goals, smoke tests, warnings and times of one run of WP
"""
import json
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INCLUDES = ["src", "spec", "proofs"]
MACHDEP = "gcc_x86_64"
PROVERS = "z3,cvc4"


class Failure(Exception):
    """A tool refused its input: the message says which and why."""


def options(form):
    """The preprocessor options of a format: "32", "64", "6", or "none"."""
    return [f"-I{path}" for path in INCLUDES] + ([] if form == "none" else [f"-DFORMAT={form}"])


@lru_cache
def share():
    return subprocess.run(["frama-c", "-print-share-path"], capture_output=True, text=True, check=True).stdout.strip()


@lru_cache
def versions():
    def first(command, pattern):
        text = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        found = re.search(pattern, text)
        return found.group(1) if found else "unknown"
    return {"Frama-C": first(["frama-c", "-version"], r"(\S.*)"), "Why3": first(["why3", "--version"], r"version (\S+)"),
            "Z3": first(["z3", "--version"], r"version (\S+)"), "CVC4": first(["cvc4", "--version"], r"version (\S+)")}


def why3_environment(root=ROOT):
    """Provers as found on this machine, in build/why3.conf: the user's own configuration is neither read nor written."""
    config = root / "build" / "why3.conf"
    environment = dict(os.environ, WHY3CONFIG=str(config), LC_ALL="C.UTF-8", PWD=str(root))  # Frama-C trusts PWD
    if not config.exists():
        config.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["why3", "config", "detect"], env=environment, capture_output=True, check=True)
    return environment


# ---- text ----

TOKEN = re.compile(r"""/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | \w+ | \s+ | .""", re.S | re.X)


def unwrap_ghost(text):
    """Ghost code as if it were code: /*@ ghost ... */ loses its wrapper, and the annotations in it get the usual one."""
    def inner(match):
        return " " + match.group(1).replace("/@", "/*@").replace("@/", "*/") + " "
    text = re.sub(r"/\*@\s*ghost\b(.*?)\*/", inner, text, flags=re.S)
    return re.sub(r"//@\s*ghost\b([^\n]*)", r" \1 ", text)


def squeeze(text):
    return " ".join(text.split())


@dataclass
class Item:
    """Something at the top level: a function definition, or any other declaration."""
    name: str
    header: list        # tokens up to the body, or the whole declaration
    body: list = None   # tokens of the body with its braces; None for a declaration
    notes: list = field(default_factory=list)  # annotations directly before it
    file: str = ""


def function_name(header):
    """The declared name in the tokens of a function header: the word before the first of the trailing parentheses."""
    at = len(header)
    while at and header[at - 1] == ")":
        depth = 0
        while at:
            at -= 1
            depth += {")": 1, "(": -1}.get(header[at], 0)
            if depth == 0:
                break
    return header[at - 1] if 0 < at < len(header) and re.match(r"[A-Za-z_]\w*$", header[at - 1]) else None


def items(text):
    """The top-level items of preprocessed text; annotations stay tokens, other comments vanish."""
    found, header, body, notes = [], [], None, []
    depth, file = 0, ""
    for line in re.split(r"(?m)^(#.*)$", text):
        if line.startswith("#"):
            marker = re.match(r'# \d+ "(.*?)"', line)
            file = marker.group(1) if marker else file
            continue
        for token in TOKEN.findall(line):
            if token.isspace() or (token.startswith(("/*", "//")) and token[2:3] != "@"):
                continue
            if depth == 0 and body is None and token.startswith(("/*@", "//@")):
                notes.append(token)
                continue
            if token == "{" and depth == 0 and body is None:
                body = []
            (header if body is None else body).append(token)
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth:
                continue
            name = function_name(header) if token == "}" else function_name(header[:-1])
            if token == "}" and name:
                found.append(Item(name, header, body, notes, file))
            elif token == ";":
                found.append(Item(name, header + (body or []), None, notes, file))
            elif token != "}":
                continue
            else:  # the end of a struct, an enum or an initialiser: the declaration goes on to its semicolon
                header, body = header + body, None
                continue
            header, body, notes = [], None, []
    found.append(Item(None, header, None, notes, file))
    return found


# ---- what the compiler sees ----

def preprocess(path, extra, root=ROOT, framac=True):
    """The text of a file after preprocessing, over Frama-C's C library so that both views expand its macros alike."""
    command = ["gcc", "-E", "-C", "-m64", "-nostdinc", "-D__FC_MACHDEP_" + MACHDEP.upper(), f"-I{share()}/libc"]
    if framac:
        command += ["-D__FRAMAC__"]
    else:
        builtin = subprocess.run(["gcc", "-print-file-name=include"], capture_output=True, text=True, check=True).stdout.strip()
        command += ["-idirafter", builtin]
    done = subprocess.run(command + extra + [str(path)], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"{path} does not preprocess: {done.stderr.strip()}")
    return done.stdout


@dataclass
class Source:
    """What the compiler sees of a file: {name: (file, body)} of every function defined in it or its headers, and all files read."""
    functions: dict
    files: set

    @staticmethod
    def read(path, form, extra=(), root=ROOT, framac=True):
        text = preprocess(path, options(form) + list(extra), root, framac)
        functions = {}
        for item in items(unwrap_ghost(text)):
            if item.body is not None and not item.file.startswith(("/", "<")):
                code = [token for token in item.body if not token.startswith(("/*", "//"))]
                functions[item.name] = (os.path.normpath(item.file), " ".join(code))
        files = {os.path.normpath(name) for name in re.findall(r'(?m)^# \d+ "([^/<].*?)"', text)}
        return Source(functions, files)


# ---- what Frama-C sees ----

GLOBAL = re.compile(r"/\*@\s*(?:(?:check|admit)\s+)?(logic|predicate|lemma|axiomatic|inductive|type|model|global|volatile|axiom|module)\b")
NAMED = re.compile(r"\b((?:check |admit )?(?:requires|ensures|loop invariant|invariant|assert|check|assumes))\s+(?!requires|ensures|loop|lemma)"
                   r"(?P<name>[A-Za-z_]\w*\s*:(?!:))?\s*(?P<rest>[^;]*)")
DEFINITION = re.compile(r"\b(?:logic [^;=(]*?|predicate )\b(?P<name>\w+)(?:\{[^}]*\})?\s*\((?P<parameters>[^)]*)\)\s*=\s*(?P<body>.*?)"
                        r"(?=;\s*(?:logic|predicate|lemma|axiom|type|\}|\*/))")
KEYWORDS = {"if", "while", "for", "switch", "return", "sizeof", "_Alignof", "else", "do", "case", "goto", "__typeof__"}


@dataclass
class Function:
    name: str
    contract: str
    defined: bool
    notes: list    # all annotations, contract first
    calls: set
    bare_loops: int  # loops without a variant


class Unit:
    """One file in one format, as Frama-C prints it back after parsing and type checking."""

    def __init__(self, path, form, root=ROOT):
        command = ["frama-c", "-machdep", MACHDEP, "-no-unicode", "-cpp-extra-args=" + " ".join(options(form)), str(path), "-print"]
        done = subprocess.run(command, cwd=root, env=dict(os.environ, PWD=str(root)), capture_output=True, text=True, check=False)
        log, _, text = done.stdout.partition("/* Generated by Frama-C */")
        if done.returncode or not text:
            raise Failure(f"{path} (format {form}) does not parse:\n{(log + done.stderr).strip()}")
        self.warnings = warnings_of(log)
        self.functions = {}
        self.logic = {}      # name: text, for everything at the top level that is not a function
        self.lemmas, self.axioms, self.admits = [], [], []
        self.union = False   # WP's memory model does not see that the members of a union overlap, and does not say so
        self.shift = False   # WP's simplifier turns x >> 3 <= 0 into x <= 0
        for item in items(unwrap_ghost(text)):
            self._add(item)

    def _add(self, item):
        contract = ""
        self.union |= "union" in item.header + (item.body or [])
        self.shift |= bool(re.search("< ?<|> ?>", " ".join(item.notes + (item.body or []))))
        for note in item.notes:
            if GLOBAL.match(note):
                self._add_logic(squeeze(note))
            else:
                contract = squeeze(note)
        if item.name is None or "typedef" in item.header:
            self._add_declaration(re.sub(r"__anon(\w+?)_\d+", r"__anon\1", " ".join(item.header)))
            return
        body = item.body or []
        notes = ([contract] if contract else []) + [squeeze(token) for token in body if token.startswith(("/*@", "//@"))]
        calls = {body[i] for i in range(len(body) - 1)
                 if body[i + 1] == "(" and re.match(r"[A-Za-z_]\w*$", body[i]) and body[i] not in KEYWORDS}
        bare = sum(token in ("while", "for", "do") and "loop variant" not in body[i - 1] for i, token in enumerate(body))
        known = self.functions.get(item.name)
        if known and known.defined:
            return
        if known and not contract:
            contract = known.contract
        self.functions[item.name] = Function(item.name, contract, item.body is not None, notes, calls, bare)

    def _add_declaration(self, text):
        """A type, an enumeration or a variable: what its names mean."""
        names = re.findall(r"\benum (\w+)", text) + re.findall(r"[{,] (\w+) =", text) if "enum" in text else []
        for name in names + re.findall(r"\b(?:struct|union) (\w+)(?= \{)", text) + re.findall(r"(\w+)(?: \[ [^]]* \])*(?: = .*)? ;$", text):
            if not name.startswith("__anon"):
                self.logic.setdefault(name, text)

    def _add_logic(self, text):
        heads = re.findall(r"\b(?:logic|predicate|lemma|axiom|inductive|type)\b(?: (?!=)[^=({:;]*?)?\b([A-Za-z_]\w*)\s*(?=[({:=;]|reads)", text)
        for name in heads:
            self.logic[name] = text
        self.lemmas += re.findall(r"\blemma (\w+)", text)
        self.axioms += re.findall(r"\b(?:axiom|inductive) (\w+)", text)
        if re.search(r"\badmit\b", text):
            self.admits.append(text)

    def closure(self, text):
        """A statement together with all the definitions that it rests on, as text that two units can be compared by."""
        seen, todo = {}, [text]
        while todo:
            for name in re.findall(r"[A-Za-z_]\w*", todo.pop()):
                if name in self.logic and name not in seen:
                    seen[name] = self.logic[name]
                    todo.append(self.logic[name])
        return text + "\n" + "\n".join(sorted(set(seen.values())))

    def ensures(self, function):
        """The named postconditions of a function: {name: predicate}."""
        return {match["name"].rstrip(": "): squeeze(match["rest"]) for match in NAMED.finditer(self.functions[function].contract)
                if match[1] == "ensures" and match["name"]}

    def faults(self, name):
        """What a function lacks of what every proved function must have."""
        function = self.functions[name]
        if not function.contract:
            return [f"{name}: no contract"]
        faults = [f"{name}: no '{word}' in the contract" for word in ("assigns", "terminates \\true", "exits \\false")
                  if not re.search(rf"(?<!loop ){re.escape(word)}\b", function.contract)]
        if function.bare_loops:
            faults.append(f"{name}: {function.bare_loops} loop(s) without a variant")
        for note in function.notes:
            faults += [f"{name}: clause without a name: {match[1]} {match['rest'].strip()[:60]}"
                       for match in NAMED.finditer(note) if not match["name"]]
            if re.search(r"\badmit\b", note):
                faults.append(f"{name}: admit: {note[:80]}")
        return faults

    def unfounded(self):
        """Recursive logic definitions that do not visibly descend: Frama-C takes any, and F(n) = F(n) + 1 proves everything."""
        bodies = {}
        for text in set(self.logic.values()):
            for match in DEFINITION.finditer(text):
                bodies[match["name"]] = match["parameters"], match["body"]
        uses = {name: {other for other in re.findall(r"[A-Za-z_]\w*", body) if other in bodies} for name, (_, body) in bodies.items()}
        bad = [name for name in bodies if name in uses[name] and not descends(name, *bodies[name])]
        return bad + cycles({name: others - {name} for name, others in uses.items()})


def cycles(graph):
    """The members of a graph {node: successors} that reach themselves."""
    def reached(start):
        seen, todo = set(), list(graph.get(start, ()))
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo += graph.get(node, ())
        return seen
    return [node for node in graph if node in reached(node)]


def split_arguments(text):
    """The arguments in "(a, f(b, c), d) ..." whose text starts at the parenthesis."""
    depth, start, found = 0, 1, []
    for i, char in enumerate(text):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(char, 0)
        if (char == "," and depth == 1) or depth == 0:
            found.append(text[start:i].strip())
            start = i + 1
        if depth == 0:
            return found
    return found


def descends(name, parameters, body):
    """Whether each recursive call is under a guard n <= c (or a >= b) and lowers n (or raises a, or lowers b) by a constant."""
    names = [parameter.split()[-1].lstrip("*") for parameter in split_arguments("(" + parameters + ")")]
    guard = re.match(r"(?:\\at\()?\(*(?:(\w+) (<=|>=|<|>) (-?\w+))\)*\s*(\?|\|\||==>|&&)\s*(.*)$", body)
    if not guard:
        return False
    left, relation, right, mark, rest = guard.groups()
    stops = mark in ("?", "||")                   # the guard is where the recursion stops; else it is where it goes on
    if mark == "?" and re.search(rf"\b{name}\b", rest.partition(":")[0]):
        return False
    falls = {"<=": -1, "<": -1, ">=": 1, ">": 1}[relation] * (1 if stops else -1)   # the direction in which left must move
    for call in re.finditer(rf"\b{name}(?:\{{.*?\}})?\s*(?=\()", rest):
        arguments = dict(zip(names, split_arguments(rest[call.end():])))

        def moves(variable, sign):
            step = re.match(rf"\(?{variable} ([+-]) ([1-9]\d*)\)?$", arguments.get(variable, ""))
            return bool(step) and (1 if step[1] == "+" else -1) == sign

        def stays(variable):
            return variable not in names or arguments.get(variable) == variable
        if not ((moves(left, falls) and stays(right)) or (stays(left) and moves(right, -falls))):
            return False
    return True


def warnings_of(log):
    """Every warning and error of a log, one line each, duplicates once."""
    lines = log.splitlines()
    found = []
    for i, line in enumerate(lines):
        if re.search(r"\b[Ww]arning:|\b[Ee]rror:|\b[Ff]ailure:|\bskipped\b|\b[Ii]gnor(?:ed|ing)\b", line) and not re.match(r"\[wp\] \[\w", line):
            follow = lines[i + 1].strip() if line.rstrip().endswith(":") and i + 1 < len(lines) else ""
            text = squeeze(f"{line} {follow}")
            if text not in found:
                found.append(text)
    return found


# ---- what WP proves ----

@dataclass
class Proof:
    goals: dict = field(default_factory=dict)    # function: goals; "lemmas" for the lemmas
    smoke: dict = field(default_factory=dict)    # function: smoke tests
    open: list = field(default_factory=list)     # goals that were not proved
    doomed: list = field(default_factory=list)   # smoke tests that found a contradiction
    warnings: list = field(default_factory=list)
    provers: dict = field(default_factory=dict)  # prover: goals
    times: dict = field(default_factory=dict)    # goal: (prover, seconds)
    properties: set = field(default_factory=set)  # names of the properties with goals
    seconds: float = 0.0
    error: str = ""


PARALLEL_READS = 64   # of a record: WP looks in intervals whether an answer is there, and with two questions at a time mostly waits


def seconds_of(text):
    match = re.match(r"(?:(\d+)h)?(?:(\d+)')?([\d.]+)(ms|s)?$", text)
    if not match:
        return 0.0
    value = float(match[3]) * (0.001 if match[4] == "ms" else 1)
    return value + 60 * int(match[2] or 0) + 3600 * int(match[1] or 0)


def run_wp(path, form, log, *, timeout=20, smoke_timeout=1, smoke=True, lemmas=False, skip=(), only=(), cache=None, cache_mode="update",
           root=ROOT, progress=None, stop_at_first_open=False):
    """Runs WP on one file in one format. Without lemmas, the lemmas of the included headers are used but not proved here."""
    log = Path(log).resolve()
    log.parent.mkdir(parents=True, exist_ok=True)
    report, statuses = log.with_suffix(".json"), log.with_suffix(".csv")
    for old in (report, statuses):
        old.unlink(missing_ok=True)
    command = ["frama-c", "-machdep", MACHDEP, "-cpp-extra-args=" + " ".join(options(form)), "-wp", "-wp-rte", "-warn-special-float", "none",
               "-wp-prover", PROVERS, "-wp-timeout", str(timeout), "-wp-par", str(PARALLEL_READS if cache_mode == "offline" else 2),
               "-wp-report-json", str(report)]
    command += ["-wp-cache", cache_mode, "-wp-cache-dir", str(Path(cache).resolve())] if cache else ["-wp-cache", "none"]
    command += ["-wp-smoke-tests", "-wp-smoke-timeout", str(smoke_timeout)] if smoke else []
    command += [] if lemmas else ["-wp-prop=-@lemma"]
    command += ["-wp-skip-fct", ",".join(sorted(skip))] if skip else []
    command += ["-wp-fct", ",".join(sorted(only))] if only else []
    command += [str(path), "-then", "-report", "-report-csv", str(statuses)]
    if cache:
        Path(cache).mkdir(parents=True, exist_ok=True)

    proof, start, lines = Proof(), time.monotonic(), []
    process = subprocess.Popen(command, cwd=root, env=why3_environment(root), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, start_new_session=True)
    whole = False
    try:
        for line in process.stdout:
            lines.append(line)
            read_line(proof, line)
            if progress:
                progress(len(proof.times) + len(proof.open))
            if stop_at_first_open and proof.open:
                break
        else:
            whole = True
    finally:
        if not whole:
            os.killpg(process.pid, signal.SIGTERM)
        process.stdout.close()
        code = process.wait()
    text = "".join(lines)
    log.write_text(text)
    proof.seconds = time.monotonic() - start
    proof.warnings = [line for line in warnings_of(text) if "Failed smoke-test" not in line]
    if not whole:
        return proof
    if code or not report.exists():
        proof.error = f"Frama-C stopped with status {code}; its log is {log}"
        return proof
    read_report(proof, json.loads(report.read_text() or "null") or {})
    read_statuses(proof, statuses, text)
    if not sum(proof.goals.values()):
        proof.open.append("(WP generated no goal: are all functions of this file defined in another file of the manifest, too?)")
    if not re.search(r"Proved goals:\s*(\d+) / \1\b", text) and not proof.open and not proof.doomed:
        proof.open.append("(WP's own summary counts goals that are not proved)")
    return proof


def read_line(proof, line):
    """One line of WP's log: who proved a goal, in what time."""
    match = re.match(r"\[wp\] \[(.*?)\] Goal (\S+) : Valid(.*)", line)
    if match:
        spent = [part for part in re.findall(r"\(([^()]*)\)", match[3]) if re.match(r"[\d.'h]+m?s$", part)]
        proof.times[match[2]] = (match[1], seconds_of(spent[-1]) if spent else 0.0)
        proof.provers[match[1]] = proof.provers.get(match[1], 0) + 1
        return
    match = re.match(r"\[wp\] \[(?!Passed|Cached)[^\]]*\] Goal (\S+)", line)
    if match and match[1] not in proof.open:
        proof.open.append(match[1])


def read_report(proof, report):
    """The counts, from WP's report: per function, smoke tests apart."""
    def add(owner, properties):
        for name, provers in properties.items():
            if name == "wp:section":
                continue
            total, valid = provers["wp:main"].get("total", 0), provers["wp:main"].get("valid", 0)
            smoke = "_wp_smoke_" in name
            counts = proof.smoke if smoke else proof.goals
            counts[owner] = counts.get(owner, 0) + total
            if valid == total:
                proof.properties.add(name)
            elif smoke:
                proof.doomed.append(name)
            elif not any(name in goal for goal in proof.open):
                proof.open.append(name)
    for properties in report.get("wp:axiomatics", {}).values():
        add("lemmas", properties)
    for function, properties in report.get("wp:functions", {}).items():
        add(function, properties)


def read_statuses(proof, statuses, log):
    """Frama-C's own list of properties: every one of an annotated function must be valid, also one that gave no goal."""
    annotated = set(re.findall(r"\[rte:annot\] annotating function (\w+)", log))
    for row in statuses.read_text().splitlines()[1:] if statuses.exists() else []:
        directory, file, line, function, kind, status, text = (row.split("\t") + [""] * 7)[:7]
        if function in annotated and status != "Valid" and not proof.open and not proof.doomed:
            proof.open.append(f"{function}: {kind} at {file}:{line} is {status.lower()}: {text[:60]}")
