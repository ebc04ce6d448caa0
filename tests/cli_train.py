#!/usr/bin/env python3
"""certigar train, attack and reproduce, from outside: options, files, kills, and attacks against their formulas in NumPy.

usage: cli_train.py [PATH/TO/certigar]        default: build/certigar; needs NumPy (Debian: python3-numpy)
Ends with "N passed, M failed"; exit status 1 if a check failed, which prints what it saw and the command.
"""
import contextlib
import os
import pty
import random
import re
import select
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree
from statistics import NormalDist

sys.dont_write_bytecode = True
import cli  # noqa: E402
from cli import PROGRAM, check, directory, np, ran, read, run_tests, start  # noqa: E402

SMALL = ["--model", "L10", "-n", "9", "-f", "2", "--threads", "1"]


def run(*arguments):
    return cli.run(*arguments, text=True)


def train(*arguments):
    return run("train", *SMALL, *arguments)


def refused(status, *arguments, said):
    """Exit status, one line on standard error with all of said, nothing on standard output, and no file."""
    before = set(os.listdir())
    done = run(*arguments)
    lines = done.stderr.splitlines()
    good = done.returncode == status and len(lines) == 1 and lines[0].startswith("certigar: ") and all(part in done.stderr for part in said)
    check(f"refused, saying {said}", good and done.stdout == "" and set(os.listdir()) == before, (done.returncode, done.stdout, done.stderr))


def csv(path):
    """Names of columns, and lines; without the one that says how a table's run was made."""
    lines = [line for line in read(path).decode().splitlines() if line[0] != "#"]
    return lines[0].split(","), [line.split(",") for line in lines[1:]]


# ---- train ----


def test_a_run():
    with directory():
        done = run("train", "--rule", "krum", "-f", "3", "--attack", "sign-flip", "--steps", "100")
        lines = done.stdout.splitlines()
        check("first line names model and data", lines[0] == "mlp, 20710 parameters, on generated: 6000 + 1000 samples", done)
        check("second line names who attacks", lines[1] == "15 workers, the last 3 attack: sign-flip; krum is told f = 3", done)
        check("a line for each evaluation", [line.split("  ")[0] for line in lines[2:-1]] == ["step 50", "step 100"], done)
        check("a summary", lines[-1].startswith("accuracy 0.") and " after 100 steps; 100 steps took " in lines[-1], done)
        check("nothing on standard error", done.returncode == 0 and done.stderr == "", done)
        check("no files", os.listdir() == [], os.listdir())


def test_files():
    with directory():
        train("--steps", 7, "--evaluate-every", 3, "--csv", "a.csv", "--seed=1", "--attack", "inf", "--rule", "krum")
        head, lines = csv("a.csv")
        check("columns", head == ["step", "loss", "accuracy", "test_loss", "finite", "selected"], head)
        check("a line for each step", [line[0] for line in lines] == [str(i) for i in range(1, 8)], lines)
        check("evaluated where asked and at the end", [i for i, line in enumerate(lines, 1) if line[2]] == [3, 6, 7], lines)
        check("one honest row is selected", all(line[5] in "0123456" and line[4] == "1" for line in lines), lines)
        train("--steps", 7, "--evaluate-every", 3, "--csv", "b.csv", "--attack", "inf", "--rule", "krum")
        check("the same run again", read("a.csv") == read("b.csv"))
        run("train", "--model", "L10", "-n", 9, "-f", 2, "--threads", 3, "--steps", 7, "--evaluate-every", 3, "--csv", "c.csv", "--attack", "inf", "--rule", "krum")
        check("and with three threads", read("a.csv") == read("c.csv"))
        train("--steps", 7, "--seed", 2, "--csv", "d.csv")
        check("another seed", read("a.csv") != read("d.csv"))
        done = train("--steps", 5, "--plot", "p & <q>.svg", "--evaluate-every", 1, "--attack", "ipm")
        root = xml.etree.ElementTree.parse("p & <q>.svg").getroot()
        check("the picture is XML", root.tag.endswith("svg") and "ipm" in root[0].text, done)
        curve = [e.get("d") for e in root if e.tag.endswith("path") and e.get("fill") == "none"]
        check("with a point for each evaluation", len(curve) == 1 and curve[0].count("L") == 4, curve)
        train("--steps", 3, "--dump-gradients", "g.npy", "--gradients-step", 2, "--attack", "minus-inf")
        g = np.load("g.npy")
        check("what the rule had", g.shape == (9, 1970) and g.dtype == np.float32 and np.isfinite(g[:7]).all() and (g[7:] == -np.inf).all(), g.shape)
        for file in ("--csv", "--plot", "--checkpoint", "--dump-gradients"):
            refused(5, "train", *SMALL, file, "nowhere/x.svg", said=["nowhere/x.svg"])
        check("no temporary files", not [name for name in os.listdir() if "tmp" in name], os.listdir())


def test_every_option():
    with directory():
        for options in (
            ["--data", "generated", "--data-dir", "/nowhere", "--alpha", "1"], ["--batch", "3"],
            ["--optimizer", "resam", "--beta1", "0.5"], ["--optimizer", "adam", "--beta2", "0.9", "--eps", "1e-6"], ["--optimizer", "dra"],
            ["--optimizer", "dra", "--dra", "eq3.1"], ["--optimizer", "dra", "--dra", "algorithm10"], ["--optimizer", "mra", "--drop-negative"],
            ["--rate", "0.1", "--rate-every", "2"], ["--l2", "0", "--clip", "0"], ["--clip", "inf"], ["--rule", "median", "--median", "lower"],
            ["--rule", "multi-krum", "-m", "3"], ["--pre", "nnm", "--pre", "bucketing:s=1"], ["--rule", "brsgd", "--param", "threshold=3,beta=1/3"],
            ["--rule", "zeno", "--rho", "0.001", "--validation", "10"],
            ["--rule", "zeno++", "--epsilon", "0.2", "--staleness", "2", "--refresh", "3"], ["--attack", "mimic", "--target", "3"],
            ["--attack", "ipm", "--strength", "2", "--own"], ["--attack", "little", "--omniscient"], ["--byzantine", "3", "--attack", "ipm"],
            ["--attack", "label-flip"], ["--attack", "label-permutation"], ["--attack", "little-search"],
        ):  # fmt: skip
            done = train("--steps", 2, *options)
            check(f"{options}", done.returncode == 0 and done.stderr == "" and " after 2 steps" in done.stdout, done)
        for model in ("softmax", "mlp", "C2k3-R-B-M-D-L10"):
            done = run("train", "--model", model, "--steps", 1, "-n", 3)
            check(model, done.returncode == 0, done)
        check("help", run("train", "--help").stdout == run("help", "train").stdout != "")
        check("help, one letter", run("train", "-h").stdout.startswith("usage: certigar train"))
        names = run("help", "train").stdout
        listed = [line.split()[0] for line in run("help", "attack").stdout.splitlines() if line.startswith("  ") and line[2] not in " -"]
        check("train's help names every attack", len(listed) == 16 and all(name in names for name in listed), listed)


def test_how_many_attack():
    done = run("train", "--model", "L10", "--rule", "krum", "--byzantine", 8, "--attack", "nan", "--steps", 1)
    check("the greatest f that the rule takes", "the last 8 attack: nan; krum is told f = 6" in done.stdout, done)
    done = run("train", "--model", "L10", "--rule", "krum", "--byzantine", 2, "--attack", "nan", "--steps", 1)
    check("as many as there are", "krum is told f = 2" in done.stdout, done)
    done = run("train", "--model", "L10", "-n", 10, "-f", 8, "--rule", "zeno++", "--attack", "sign-flip", "--steps", 5)
    check("zeno++ with most of them Byzantine", "10 workers, the last 8 attack: sign-flip; zeno++" in done.stdout and " of 5 answers" in done.stdout, done)
    done = run("train", "--model", "L10", "-n", 10, "--byzantine", 7, "--rule", "zeno", "--attack", "sign-flip", "--steps", 1)
    check("zeno leaves out as many as attack", "zeno is told f = 7" in done.stdout, done)


def test_zeno_plus_plus_learns_from_two_of_ten():
    """With its defaults; without the test, as asynchronous SGD, it does not."""
    with directory():
        accuracy = {}
        for name, options in (("default", []), ("no test", ["--epsilon", "1e300", "--rho", "0"])):
            common = ["--rule", "zeno++", "-n", 10, "--byzantine", 8, "--attack", "sign-flip", "--steps", 1500, "--evaluate-every", 500, "--csv", "a.csv"]
            done = run("train", *common, *options)
            lines = csv("a.csv")[1]
            accuracy[name] = float(lines[-1][2])
            taken = [line[5].split()[0] for line in lines if line[5].endswith("accepted")]
            if name == "default":
                check("less than a fifth of what it takes is Byzantine", sum(int(worker) > 1 for worker in taken) * 5 < len(taken) > 100, taken)
        check("zeno++ with 8 of 10 flipping signs", accuracy["default"] > 0.8 and accuracy["no test"] < 0.3, (accuracy, done))


def test_readme():
    """What the README says of zeno, zeno++ and mra."""
    with open(os.path.join(cli.HERE, "..", "README.md")) as file:
        lines = re.findall(r"^build/certigar (train .*?) +# (0\.\d\d)$", file.read(), re.M)
    said = " ".join(arguments for arguments, _ in lines)
    check("an example of each", all(words in said for words in ("--rule zeno ", "--rule zeno++ ", "--optimizer mra ")), lines)
    for arguments, accuracy in lines:
        done = run(*arguments.split())
        got = re.search(r"^accuracy (0\.\d+) after", done.stdout, re.M)
        check(f"certigar {arguments}", done.returncode == 0 and got and abs(float(got[1]) - float(accuracy)) < 0.1, done)  # processors differ
    for arguments in ("--rule average -n 20 --byzantine 12 --attack sign-flip", "--optimizer mra --rule average -f 5 --attack little"):
        got = re.search(r"^accuracy (0\.\d+) after", run("train", *arguments.split()).stdout, re.M)
        check(f"the average is lost: {arguments}", float(got[1]) <= 0.2, got)


def test_plot():
    with directory():
        train("--steps", 4, "--evaluate-every", 2, "--csv", "first run.csv")
        train("--steps", 6, "--evaluate-every", 3, "--csv", "b.csv", "--attack", "ipm")
        done = run("plot", "first run.csv", "a name that is longer than the picture's margin & <more>=b.csv", "-o", "p.svg", "--title", "A & B")
        check("plot says nothing", done.returncode == 0 and not done.stdout + done.stderr, done)
        check("to standard output", run("plot", "b.csv", "-o", "-").stdout.startswith("<svg"))
        picture = xml.etree.ElementTree.fromstring(read("p.svg"))
        texts = [element.text for element in picture.iter() if element.text]
        check("its names and its title", {"first run", "a name that is longer than the picture's margin & <more>", "A & B"} <= set(texts), texts)
        curves = [element.get("d") for element in picture.iter() if element.get("fill") == "none"]
        check("a curve for each run, of two points each", [d.count("L") for d in curves] == [1, 1] and curves[0] != curves[1], curves)
        check("as wide as the longest name needs", int(picture.get("viewBox").split()[2]) > 900, picture.attrib)
        lines = read("b.csv").decode().splitlines()
        with open("none.csv", "w") as file:
            file.write("\n".join(lines[:2]) + "\n")
        for arguments, status, said in [
            ([], 2, ["1 to 12 runs", "got 0"]), (["b.csv"] * 13, 2, ["1 to 12 runs", "got 13"]), (["b.csv"], 2, ["needs -o"]),
            (["=b.csv", "-o", "q.svg"], 2, ["'=b.csv'", "name"]), (["absent.csv", "-o", "q.svg"], 3, ["absent.csv"]),
            (["p.svg", "-o", "q.svg"], 3, ["p.svg", "no CSV file"]), (["none.csv", "-o", "q.svg"], 3, ["none.csv", "no step of it has an accuracy"]),
            (["b.csv", "-o", "absent/q.svg"], 5, ["absent/q.svg"]), (["b.csv", "-o", "q.png"], 2, ["-o", ".svg", "'q.png'"]),
        ]:
            refused(status, "plot", *arguments, said=said)
        check("no picture where one was refused", not os.path.exists("q.svg"))


def test_wrong_usage():
    with directory():
        for arguments, said in [
            (["extra"], ["unexpected operand 'extra'"]), (["--rul", "krum"], ["did you mean '--rule'"]), (["--rule", "krim", "-f", "1"], ["did you mean 'krum'"]),
            (["--attack", "sign-flop", "-f", "1"], ["did you mean 'sign-flip'"]), (["--attack", "xyzzy", "-f", "1"], ["certigar help attack"]),
            (["--optimizer", "adm"], ["did you mean 'adam'"]), (["--optimizer", "rmsprop"], ["sgd, resam, adam, dra, mra"]),
            (["--data", "fashio"], ["did you mean 'fashion'"]), (["--data", "svhn"], ["generated, mnist, fashion or cifar", "svhn"]),
            (["--model", "resnet"], ["model = resnet", "layer 1"]), (["--model", "L9"], ["must be linear, with an output for each class"]),
            (["--attack", "sign-flip"], ["somebody who attacks"]), (["--rule", "zeno"], ["zeno needs -f F or --param b=B"]),
            (["-f", "8"], ["f = 8", "n = 15", "0 to 7"]), (["--rule", "krum", "-f", "7"], ["2f+3", "0 to 6"]), (["--rule", "bulyan", "-f", "4"], ["4f+3"]),
            (["--byzantine", "15", "--attack", "nan"], ["byzantine = 15"]), (["-n", "0"], ["workers = 0"]), (["--steps", "0"], ["--steps"]),
            (["--steps", "many"], ["--steps", "'many'"]), (["--seed", "-1"], ["--seed"]), (["--rate", "fast"], ["--rate", "'fast'"]),
            (["--rate", "0"], ["rate = 0"]), (["--rate", "nan"], ["--rate"]), (["--beta1", "1"], ["beta1 = 1"]), (["--alpha", "-1"], ["alpha = -1"]),
            (["--batch", "0"], ["batch = 0"]), (["--evaluate-every", "0"], ["--evaluate-every"]), (["--checkpoint-every", "0"], ["--checkpoint-every"]),
            (["--resume"], ["--resume needs --checkpoint"]), (["--gradients-step", "0"], ["--gradients-step"]), (["--gradients-step", "201"], ["200 steps"]),
            (["--dra", "eq3.1"], ["--dra is for"]), (["--drop-negative"], ["--drop-negative is for"]), (["--omniscient", "--own"], ["exclude"]),
            (["--csv", "-"], ["--csv takes a file"]), (["--csv", "a.svg", "--plot", "a.svg"], ["same file"]),
            (["--plot", "p.png"], ["--plot", ".svg", "'p.png'"]), (["--plot", "svg"], ["--plot", ".svg", "'svg'"]), (["--csv"], ["needs a value"]),
            (["--seed", "1", "--seed", "2"], ["given twice"]), (["--threads", "0"], ["--threads"]), (["--rule", "zeno++", "--pre", "nnm"], ["zeno++"]),
            (["--rule", "zeno++", "--optimizer", "adam"], ["zeno++"]), (["--rule", "zeno++", "--rate-every", "5"], ["zeno++"]),
            (["--rule", "zeno++", "-f", "3", "--attack", "mimic"], ["mimic", "one at a time"]), (["--rule", "zeno++", "--refresh", "0"], ["refresh = 0"]),
            (["--rule", "zeno", "-f", "1", "--param", "scores=x.npy"], ["leave scores"]), (["--rule", "zeno", "-f", "1", "--optimizer", "mra"], ["zeno"]),
            (["--attack", "nan", "-f", "1", "--strength", "2"], ["no strength"]), (["--attack", "ipm", "-f", "1", "--target", "2"], ["no target"]),
            (["--attack", "little", "-f", "1"], ["two"]),
            (["--attack", "empire-search", "-f", "2", "--own"], ["--own: empire-search tries the rule on all rows", "leave --own out"]),
            (["--rule", "zeno++", "--dump-gradients", "g.npy"], ["one row at a time"]),
            (["--rule", "zeno++", "-f", "3", "--attack", "ipm", "--omniscient"], ["zeno++ cannot be omniscient"]),
            (["--resume", "--checkpoint", "c", "--plot", "p.svg"], ["--resume --plot needs --csv"]),
            (["--optimizer", "mra", "--drop-negative", "--rule", "multi-krum", "-f", "0", "--byzantine", "5", "-m", "12", "--attack", "empire"],
             ["drop-negative may leave 13 rows", "n-f-2 = 11"]),
        ]:  # fmt: skip
            refused(2, "train", *arguments, said=said)
        refused(3, "train", "--data", "mnist", said=["train-images-idx3-ubyte", "not found", "lecun", "--data-dir"])


def test_a_model_that_breaks():
    with directory():
        done = train("--rule", "average", "--attack", "nan", "--steps", 3, "--csv", "a.csv")
        check("exit status 4 and a word", done.returncode == 4 and "the model is not finite" in done.stdout, done)
        check("in the CSV", [line[4] for line in csv("a.csv")[1]] == ["0", "0", "0"] and csv("a.csv")[1][2][2] == "0", csv("a.csv"))
        broken = train("--rule", "average", "--attack", "empire", "--optimizer", "mra", "--steps", 3)
        whole = train("--rule", "average", "--attack", "empire", "--optimizer", "mra", "--steps", 3, "--drop-negative")
        check("mra's negative second moments", (broken.returncode, whole.returncode) == (4, 0), (broken, whole))


def test_resuming():
    with directory():
        common = ["--evaluate-every", 4, "--optimizer", "dra", "--attack", "gaussian"]
        train(*common, "--steps", 12, "--csv", "whole.csv")
        for at in (1, 4, 6, 12):
            train(*common, "--steps", at, "--csv", "part.csv", "--checkpoint", "c")
            done = train(*common, "--steps", 12, "--csv", "part.csv", "--checkpoint", "c", "--resume")
            said = f"goes on after step {at}" if at < 12 else "the checkpoint is of step 12: nothing is left to do"
            check(f"resumed at {at}", done.returncode == 0 and said in done.stdout, done)
            # a run's last step is judged: the part of 1 and 6 steps has an accuracy where the whole has none
            same = [(a, b) for a, b in zip(csv("whole.csv")[1], csv("part.csv")[1]) if a != b and int(a[0]) != at]
            check(f"the same lines, {at}", not same and len(csv("part.csv")[1]) == 12, same)
        train(*common, "--steps", 12, "--csv", "w.csv", "--plot", "whole.svg")
        train(*common, "--steps", 8, "--csv", "p.csv", "--checkpoint", "d")
        for which in ("which goes on", "which is done"):
            done = train(*common, "--steps", 12, "--csv", "p.csv", "--plot", "part.svg", "--checkpoint", "d", "--resume")
            check(f"the picture of a run, {which}, is of all steps", done.returncode == 0 and read("part.svg") == read("whole.svg"), done)
        for steps, said in ((4, ""), (24, " at best since step 5, after ")):
            done = train("--optimizer", "sgd", "--rate", 30, "--evaluate-every", 1, "--steps", steps, "--checkpoint", "e", "--resume")
            check("a resumed run without a CSV file knows the best of its own steps", said in done.stdout.splitlines()[-1], done)
        done = train(*common, "--steps", 12, "--checkpoint", "none", "--resume")
        check("no checkpoint yet: from the beginning", done.returncode == 0 and "goes on" not in done.stdout, done)
        os.remove("none")
        refused(3, "train", *SMALL, *common, "--seed", 2, "--steps", 12, "--checkpoint", "c", "--resume", said=["c: a checkpoint of a run with other options"])
        refused(2, "train", *SMALL, *common, "--steps", 20, "--checkpoint", "c", "--resume", "--dump-gradients", "g", "--gradients-step", 3, said=["after it"])
        refused(3, "train", *SMALL, *common, "--steps", 20, "--checkpoint", "c", "--resume", "--csv", "other.csv", said=["other.csv"])
        lines = read("part.csv").splitlines(keepends=True)
        for name, content in (("hole", lines[:3] + lines[4:]), ("text", lines[:3] + [b"4,x,,,maybe,\n"] + lines[4:]), ("short", lines[:5])):
            with open(name, "wb") as file:
                file.write(b"".join(content))
            refused(3, "train", *SMALL, *common, "--steps", 20, "--checkpoint", "c", "--resume", "--csv", name, said=[name, "not the file of this run"])
        with open("c", "r+b") as file:
            file.seek(-40, 2)
            file.write(b"!")
        refused(3, "train", *SMALL, *common, "--steps", 20, "--checkpoint", "c", "--resume", said=["c: damaged"])
        refused(3, "train", *SMALL, *common, "--steps", 20, "--checkpoint", "part.csv", "--resume", said=["part.csv: not a checkpoint"])


def test_killed_in_the_middle():
    for rule in (["--rule", "krum"], ["--rule", "zeno++"]):
        with directory():
            common = ["train", *SMALL, *rule, "--attack", "gaussian", "--steps", 1200, "--evaluate-every", 100, "--checkpoint-every", 7]
            run(*common, "--csv", "whole.csv")
            draw = random.Random(1)
            kills = 0
            for _ in range(4):
                process = start(*common, "--csv", "part.csv", "--checkpoint", "c", "--resume")
                time.sleep(draw.uniform(0.1, 0.4))
                process.kill()
                process.communicate()
                kills += process.returncode == -signal.SIGKILL
            done = run(*common, "--csv", "part.csv", "--checkpoint", "c", "--resume")
            check("goes on after kills", done.returncode == 0 and kills > 0, (done, kills))
            check("to the same file, byte for byte", read("whole.csv") == read("part.csv"), kills)


def test_signals():
    for number in (signal.SIGINT, signal.SIGTERM):
        with directory():
            process = start("train", *SMALL, "--steps", 100000, "--checkpoint", "c", "--csv", "a.csv", "--checkpoint-every", 1)
            while process.poll() is None and not {"a.csv", "c"} <= set(os.listdir()):
                time.sleep(0.01)
            time.sleep(0.5)
            process.send_signal(number)
            error = process.communicate()[1]
            check(f"dies of {number!r}", process.returncode == -number and error == b"", (process.returncode, error))
            check("no temporary files", sorted(os.listdir()) == ["a.csv", "c"], os.listdir())
            check("the files are whole", read("a.csv").endswith(b"\n") and read("c").startswith(b"certigar-checkpoint 1\n"))


def on_a_terminal(*arguments):
    """What standard error draws there, its lines with a step, standard output, and the exit status."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(ran([PROGRAM, *arguments]), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    seen = b""
    with contextlib.suppress(OSError):  # the terminal's end, when its other side is closed
        while select.select([ours], [], [], 60)[0]:
            piece = os.read(ours, 65536)
            if not piece:
                break
            seen += piece
    out = process.communicate()[0]
    return seen, [line for line in seen.decode().split("\r") if "step " in line], out, process.returncode


def test_on_a_terminal():
    seen, drawn, out, status = on_a_terminal("train", *SMALL, "--rule", "multi-krum", "--steps", "1000", "--evaluate-every", "5")
    check("a line that is drawn over", status == 0 and len(drawn) >= 1 and "of 1000  loss" in drawn[0], (status, seen[:300]))
    check("with the last accuracy, once there is one", "accuracy" not in drawn[0] and "  accuracy 0." in drawn[-1], (drawn[0], drawn[-1]))
    check("no wider than a terminal", all(len(line) < 80 for line in drawn), drawn[:3])
    check("and cleared", seen.endswith(b"\r\x1b[K"), seen[-50:])
    check("standard output has none of it", "\r" not in out and "\x1b" not in out, out[:200])
    with directory():
        run_of_a_table = ["--state", "s", "--row", "geometric-median", "--column", "Model negation", "--steps", "300"]
        seen, drawn, out, status = on_a_terminal("reproduce", "generated-demo", *run_of_a_table)
        check("a table's run has the line too, with its name", status == 0 and drawn and "geometric-median_Model-negat  step " in drawn[0]
              and "of 300  loss" in drawn[0] and "  accuracy 0." in drawn[-1], (status, seen[:300]))  # fmt: skip
        check("no wider than a terminal either", all(len(line) < 80 for line in drawn), drawn[:3])
        said = out.startswith("1 of 1  geometric-median_Model-negation_sgd  accuracy")
        check("nor does it stay", seen.endswith(b"\r\x1b[K") and "\r" not in out and said, (seen[-50:], out))


# ---- attack ----


def deviation(rows):
    return rows.std(axis=0, ddof=1) if len(rows) > 1 else np.zeros(rows.shape[1])


def alie_z(n, q):
    supporters = n // 2 + 1 - q
    return NormalDist().inv_cdf((n - q - supporters) / (n - q))


def min_max(honest):
    """By halving, as published; the program solves quadratic equations."""
    mean, p = honest.mean(axis=0), deviation(honest)
    greatest = max(((a - b) ** 2).sum() for a in honest for b in honest)
    low, high = 0.0, 1e4
    for _ in range(100):
        middle = (low + high) / 2
        if max(((mean - middle * p - x) ** 2).sum() for x in honest) <= greatest:
            low = middle
        else:
            high = middle
    return mean - low * p


N, Q, D = 11, 3, 50
FORMULAS = {
    ("little",): lambda h, o: o - deviation(o),
    ("little", "--strength", "2.5"): lambda h, o: o - 2.5 * deviation(o),
    ("little", "--omniscient"): lambda h, o: o - deviation(h),
    ("alie",): lambda h, o: np.tile(h.mean(axis=0) - alie_z(N, Q) * deviation(h), (Q, 1)),
    ("alie", "--strength", "1.5"): lambda h, o: np.tile(h.mean(axis=0) - 1.5 * deviation(h), (Q, 1)),
    ("empire",): lambda h, o: -0.9 * o,
    ("empire", "--strength", "1.1"): lambda h, o: -1.1 * o,
    ("ipm",): lambda h, o: np.tile(-0.1 * h.mean(axis=0), (Q, 1)),
    ("ipm", "--own", "--strength", "2"): lambda h, o: np.tile(-2 * o.mean(axis=0), (Q, 1)),
    ("sign-flip",): lambda h, o: -o,
    ("inf",): lambda h, o: np.full_like(o, np.inf),
    ("minus-inf",): lambda h, o: np.full_like(o, -np.inf),
    ("nan",): lambda h, o: np.full_like(o, np.nan),
    ("model-negation",): lambda h, o: np.tile(-1e10 * h.sum(axis=0), (Q, 1)),
    ("gradient-scale",): lambda h, o: 1e10 * o,
    ("mimic",): lambda h, o: np.tile(h[0], (Q, 1)),
    ("mimic", "--target", "5"): lambda h, o: np.tile(h[5], (Q, 1)),
    ("min-max",): lambda h, o: np.tile(min_max(h), (Q, 1)),
}


def test_attacks_against_numpy():
    with directory():
        draw = np.random.default_rng(5)
        for dtype in ("<f4", "<f8", ">f4", ">f8"):
            rows = (draw.normal(size=(N, D)) * draw.lognormal(sigma=2, size=D) + 0.3).astype(dtype)
            np.save("in.npy", np.asfortranarray(rows) if dtype[0] == ">" else rows)
            exact = rows.astype(np.float64)
            for attack, formula in FORMULAS.items():
                done = run("attack", attack[0], "in.npy", "--byzantine", Q, *attack[1:], "-o", "out.npy")
                got = np.load("out.npy")
                check(f"{attack}: honest rows are left alone", done.returncode == 0 and got.dtype == rows.dtype.newbyteorder("=")
                      and (got[: N - Q] == rows[: N - Q]).all(), done)  # fmt: skip
                wanted = formula(exact[: N - Q], exact[N - Q :]).astype(got.dtype)
                tolerance = {4: 1e-6, 8: 1e-9}[got.dtype.itemsize]
                scale = np.abs(wanted).max(axis=0) + np.abs(exact).max(axis=0)
                with np.errstate(invalid="ignore"):
                    near = (np.abs(got[N - Q :] - wanted) <= tolerance * scale) | (np.isnan(got[N - Q :]) & np.isnan(wanted)) | (got[N - Q :] == wanted)
                check(f"{attack}, {dtype}: the formula", near.all(), (got[N - Q :, :3], wanted[:, :3]))


def krum_scores(rows, f):
    distances = ((rows[:, None, :] - rows[None, :, :]) ** 2).sum(axis=2)
    return [sorted(np.delete(distances[i], i))[: len(rows) - f - 2] for i in range(len(rows))]


def test_attacks_that_aim():
    with directory():
        draw = np.random.default_rng(6)
        rows = draw.normal(size=(N, D)) + 1
        np.save("in.npy", rows)
        honest = rows[: N - Q]
        run("attack", "leeway", "in.npy", "-f", Q, "--target", 7, "-o", "out.npy")
        got = np.load("out.npy")
        sums = [sum(s) for s in krum_scores(got, Q)]
        check("leeway: krum takes an attacker", int(np.argmin(sums)) >= N - Q, sums)
        moved = got[-1] - honest.mean(axis=0)
        check("leeway: one column alone is moved, the same for all", abs(moved[7]) > 1 and np.abs(np.delete(moved, 7)).max() < 1e-12 and (got[-1] == got[-2]).all())
        further = got.copy()
        further[N - Q :, 7] += 0.01 * moved[7]
        honest_alone = min(sum(s) for s in krum_scores(honest, 0))  # by their n - f - 2 = 6 nearest honest rows
        check("leeway: as far as that", max(sums[N - Q :]) < honest_alone < min(sum(s) for s in krum_scores(further, Q)[N - Q :]), (sums, honest_alone))
        for name in ("little-search", "empire-search"):
            distances = []
            for strength in ("0.5", "1"):
                done = run("attack", name, "in.npy", "-f", Q, "--rule", "trimmed-mean", "--strength", strength, "-o", "out.npy")
                got = np.load("out.npy")
                result = np.sort(got, axis=0)[Q : N - Q].mean(axis=0)
                distances.append(((result - honest.mean(axis=0)) ** 2).sum())
            plain = np.vstack([honest, np.tile(honest.mean(axis=0) - deviation(honest), (Q, 1))])
            plain = ((np.sort(plain, axis=0)[Q : N - Q].mean(axis=0) - honest.mean(axis=0)) ** 2).sum()
            check(f"{name} moves the rule as far as one deviation does", min(distances) >= (plain * 0.9 if name[0] == "l" else 1e-3), (distances, plain, done))
        for seed in (0, 0, 1):
            run("attack", "gaussian", "in.npy", "-f", Q, "--seed", seed, "-o", f"g{seed}.npy")
        g = np.load("g0.npy")[N - Q :]
        check("gaussian: deviation 200, mean 0", 150 < g.std() < 250 and abs(g.mean()) < 60, (g.mean(), g.std()))
        check("gaussian: the seed decides", read("g0.npy") != read("g1.npy"))


def aggregated(rule, rows, *options):
    np.save("rows.npy", rows)
    done = run("aggregate", rule, "rows.npy", "-o", "out.npy", *options)
    check(f"{rule} {options}", done.returncode == 0, done)
    return np.load("out.npy")


def attacked(rows, q, strength):
    """The last q rows send -strength times the mean of the others."""
    np.save("honest.npy", rows)
    run("attack", "ipm", "honest.npy", "--byzantine", q, "--strength", strength, "-o", "attacked.npy")
    return np.load("attacked.npy")


def test_inner_products():
    """Xie's slides, "Issues of previous work": a rule near the honest mean may still point away from the gradient."""
    with directory():
        toy = np.array([[-0.3], [1], [2], [3], [4]])
        check("toy example: the mean", abs(aggregated("average", toy)[0] - 1.94) < 1e-12)
        sent = attacked(toy, 2, 1)
        check("toy example: what is sent", np.abs(sent[3:] + 0.9).max() < 1e-12, sent)
        check("toy example: the median is negative, the mean is not", aggregated("median", sent)[0] == -0.3 and abs(aggregated("average", sent)[0] - 0.18) < 1e-12)
        draw, q, d, gradient = np.random.default_rng(8), 5, 20, 0.1  # n - 2q = 1, |g_j| < sigma / sqrt(n - q - 1) = 0.447
        total = sum(aggregated("median", np.vstack([draw.normal(size=(q + 1, d)) + gradient, np.full((q, d), -1e3)])) for _ in range(20))
        check("theorem on the median: <g, E median> < 0", gradient * total.sum() < 0, total)
        m, q, epsilon = 21, 18, 1.0  # n - 2q = 3, n - q = 21 > 2 (epsilon + 2)^2 / epsilon^2 + 2 = 20
        mean = np.concatenate([[1.0], np.zeros(m)])
        honest = mean + 0.9 * np.hstack([np.zeros((m, 1)), np.eye(m) - 1 / m])  # all 0.9 sqrt(2) > epsilon apart, and no farther than 1 from their mean
        sent = attacked(np.vstack([honest, honest[:q]]), q, epsilon)
        got = aggregated("krum", sent, "-f", q)
        check("theorem on krum: an attacker's row is taken, <g, krum> < 0", (got == sent[-1]).all() and mean @ got < 0, got)


def test_attack_usage():
    with directory():
        np.save("in.npy", np.ones((4, 2)))
        np.save("empty.npy", np.ones((4, 0)))
        for arguments, said in [
            ([], ["takes the name of an attack and an input"]), (["nan"], ["takes the name"]), (["litle", "in.npy"], ["did you mean 'little'"]),
            (["label-flip", "in.npy", "-f", "1"], ["attack on labels"]), (["nan", "in.npy", "-f", "1"], ["-o OUT.npy"]),
            (["nan", "in.npy", "-o", "o.npy"], ["--byzantine Q"]), (["ipm", "in.npy", "-o", "o.npy", "--byzantine", "4"], ["q = 4", "4 rows"]),
            (["nan", "in.npy", "-o", "o.npy", "--byzantine", "0"], ["q = 0"]), (["nan", "in.npy", "-o", "o.npy", "-f", "x"], ["-f", "'x'"]),
            (["ipm", "in.npy", "-o", "o.npy", "-f", "1", "--strength", "big"], ["--strength", "'big'"]), (["nan", "in.npy", "--sed", "1"], ["'--seed'"]),
            (["little-search", "in.npy", "-o", "o.npy", "-f", "1"], ["needs --rule"]), (["nan", "in.npy", "-o", "o.npy", "-f", "1", "--rule", "krum"], ["--rule"]),
            (["little", "in.npy", "-o", "o.npy", "-f", "1"], ["not omniscient see 1"]), (["empire-search", "in.npy", "-o", "o.npy", "-f", "2", "--rule", "median"], ["f = 2"]),
            (["nan", "in.npy", "-o", "o.npy", "-f", "1", "--own", "--omniscient"], ["exclude"]),
            (["mimic", "in.npy", "-o", "o.npy", "-f", "1", "--strength", "2"], ["no strength"]),
            (["ipm", "in.npy", "-o", "o.npy", "-f", "1", "--target", "2"], ["no target"]),
            (["leeway", "in.npy", "-o", "o.npy", "-f", "1", "--target", "2"], ["target = 2", "2 columns"]),
            (["little-search", "in.npy", "-o", "o.npy", "-f", "1", "--rule", "median", "--own"],
             ["--own: little-search tries the rule on all rows", "leave --own out"]),
        ]:  # fmt: skip
            refused(2, "attack", *arguments, said=said)
        refused(3, "attack", "nan", "none.npy", "-f", "1", "-o", "o.npy", said=["none.npy"])
        for name in ("little", "leeway", "min-max", "gaussian", "mimic"):
            done = run("attack", name, "empty.npy", "-f", "2", "-o", "o.npy")
            check(f"{name} of no columns", done.returncode in (0, 3) and (done.returncode == 3 or np.load("o.npy").shape == (4, 0)), done)
        check("help", run("attack", "--help").stdout == run("help", "attack").stdout != "")


# ---- reproduce ----


def test_reproduce():
    with directory():
        tables = run("reproduce").stdout
        check("tables", all(name in tables for name in ("generated-demo", "thesis-4.1", "thesis-4.2", "thesis-no-attack", "brsgd-1", "zeno++", "leeway")), tables)
        done = run("reproduce", "generated-demo", "--state", "a b", "--limit", 3, "--steps", 5, "--threads", 2)
        check("three runs", done.returncode == 0 and done.stdout.count("accuracy") == 3 and done.stdout.endswith("a b/table.md\n"), done)
        table = read("a b/table.md").decode()
        rows = [line.split("|")[2:-1] for line in table.split("All runs")[0].splitlines() if line.startswith("|")][2:]
        missing = sum(cell.strip() == "not run" for row in rows for cell in row)
        check("a table of what is known", missing == 46 and "but --steps 5" in table and "published" not in table, table[:900])
        check("which says that it is shortened", "**Shortened: every run has 5 steps" in table and "shortened: every run has 5 steps" in done.stdout, done)
        before = {name: read(f"a b/{name}") for name in os.listdir("a b") if name.endswith(".csv")}
        check("a file for each run, and nothing else", len(before) == 3 and len(os.listdir("a b")) == 7, os.listdir("a b"))
        os.remove("a b/" + sorted(before)[0])
        done = run("reproduce", "generated-demo", "--state", "a b", "--limit", 2, "--steps", 5)
        check("goes on, and makes what is missing", done.stdout.count("accuracy") == 2 and len(os.listdir("a b")) == 9, done)
        check("as it was", all(read(f"a b/{name}") == content for name, content in before.items()))
        done = run("reproduce", "generated-demo", "--state", "a b", "--limit", 0, "--steps", 5)
        accuracy = csv("a b/" + sorted(before)[2])[1][-1][2]
        check("the table has what the files have", f" {float(accuracy):.4f} " in read("a b/table.md").decode(), accuracy)
        process = start("reproduce", "generated-demo", "--state", "killed")
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        process.communicate()
        check("no temporary files", process.returncode == -signal.SIGTERM and not [n for n in os.listdir("killed") if "tmp" in n], os.listdir("killed"))
        refused(2, "reproduce", "generated-dem", said=["did you mean 'generated-demo'"])
        refused(2, "reproduce", "thesis", said=["no table 'thesis'"])
        refused(2, "reproduce", "generated-demo", "more", said=["unexpected operand 'more'"])
        refused(2, "reproduce", "generated-demo", "--steps", "x", said=["--steps", "'x'"])
        refused(2, "reproduce", "generated-demo", "--limit", "x", said=["--limit", "'x'"])
        refused(2, "reproduce", "--stat", "x", said=["did you mean '--state'"])
        done = run("reproduce", "thesis-4.1", "--state", "t", "--limit", 1)
        check("without the data", done.returncode == 3 and "not found" in done.stderr and "--data-dir" in done.stderr, done)
        refused(5, "reproduce", "generated-demo", "--state", "nowhere/x", said=["nowhere/x"])
        check("help", run("reproduce", "--help").stdout == run("help", "reproduce").stdout != "")


def test_a_file_of_another_run():
    """What is in a table's directory must be of that table's runs, or nothing is run; another commit of certigar is no reason, but is told."""
    with directory():
        common = ["reproduce", "generated-demo", "--state", "s", "--steps", 2]
        done = run(*common, "--limit", 4)
        first, second = "s/average_No-attack_sgd.csv", "s/average_Sign-Flip_sgd.csv"
        kept, other = read(first), read(second)
        line = kept.decode().splitlines()[0]
        arguments = "--data generated --model mlp -n 15 -f 5 --byzantine 5 --steps 100 --evaluate-every 50 --rule average --attack none --optimizer sgd"
        check("a run says how it was made", line.startswith("# certigar ") and line.endswith(f", 6000 + 1000 samples: certigar train {arguments}, but --steps 2"), line)
        run("train", "--model", "L10", "--rule", "median", "-n", 9, "--steps", 2, "--csv", "foreign.csv")

        def refused_with(content, *said, arguments=common):
            with open(first, "wb") as file:
                file.write(content)
            before = set(os.listdir("s"))
            refused(3, *arguments, said=[first, *said])
            check("and nothing is run", set(os.listdir("s")) == before, os.listdir("s"))

        refused_with(read("foreign.csv"), "does not say which run it is of", "another --state")
        refused_with(other, "of another run, certigar train", "--attack sign-flip", "move it away")
        refused_with(kept, "of another run", "but --steps 2", arguments=["reproduce", "generated-demo", "--state", "s", "--limit", 1])
        refused_with(kept, "of another run", "but --steps 2", arguments=[*common[:-1], 3])
        refused_with(b"".join(kept.splitlines(keepends=True)[:-1]), "not the file of this run")
        with open(first, "wb") as file:
            file.write(kept.replace(b"6000 +", b"5000 +"))
        refused(3, *common, said=[second, "6000 training samples, where other runs of this table have 5000", "--data-dir"])
        for name in ("average_ALIE_sgd.csv", "average_Inf_sgd.csv", second[2:]):
            os.remove(f"s/{name}")
        refused(3, *common, "--limit", 1, said=[second, "6000 training samples, where other runs of this table have 5000"])
        refused(3, *common, "--row", "krum", "--limit", 1, said=["s/krum_No-attack_sgd.csv", "have 5000"])
        check("before a run on other samples", not os.path.exists(second) and not os.path.exists("s/krum_No-attack_sgd.csv"))
        commit = line.split()[2].rstrip(",")
        with open(first, "wb") as file:
            file.write(kept.replace(commit.encode(), b"0123456789abcdef"))
        done = run(*common, "--limit", 1)
        table = read("s/table.md").decode()
        check("another commit is told", done.returncode == 0 and "| 0123456789ab | 6000 + 1000 |" in table and f"| {commit[:12]} | 6000 + 1000 |" in table, table[-900:])
        done = run("plot", first, "-o", "p.svg")
        check("a run's file can be plotted", done.returncode == 0, done)


ONE_RUN = ["reproduce", "generated-demo", "--row", "krum", "--column", "Gaussian", "--threads", 1, "--steps", 900]
UNFINISHED = "s/krum_Gaussian_sgd.csv.checkpoint"


def stopped_run(number=signal.SIGKILL):
    """A run of a table that is killed once it has a checkpoint."""
    process = start(*ONE_RUN, "--state", "s")
    while process.poll() is None and not os.path.exists(UNFINISHED):
        time.sleep(0.005)
    process.send_signal(number)
    process.communicate()
    return process.returncode == -number and os.path.exists(UNFINISHED) and not os.path.exists("s/krum_Gaussian_sgd.csv")


def files_of(state):
    """Without temporaries, which a SIGKILL may leave."""
    return sorted(name for name in os.listdir(state) if "tmp" not in name)


def test_a_run_of_a_table_that_is_killed():
    with directory():
        run(*ONE_RUN, "--state", "whole")
        wanted = read("whole/krum_Gaussian_sgd.csv")
        for number in (signal.SIGKILL, signal.SIGTERM):
            check(f"{number!r} leaves a checkpoint and no file of the run", stopped_run(number), os.listdir("s"))
            before = read(UNFINISHED)
            done = run(*ONE_RUN, "--state", "s")
            said = re.search(r"^krum_Gaussian_sgd  goes on after step (\d+)$", done.stdout, re.M)
            check("goes on within the run", done.returncode == 0 and done.stderr == "" and said and int(said[1]) in range(100, 900, 100), done)
            check("to the same file, bit for bit", read("s/krum_Gaussian_sgd.csv") == wanted)
            left = ["krum_Gaussian.svg", "krum_Gaussian_sgd.csv", "table.md"]
            check("of what was unfinished nothing stays", files_of("s") == left, os.listdir("s"))
            for name in ("", ".checkpoint", ".part"):  # killed after the file had its name, before the checkpoint went
                with open("s/krum_Gaussian_sgd.csv" + name, "wb") as file:
                    file.write(before if name == ".checkpoint" else wanted)
            done = run(*ONE_RUN, "--state", "s", "--limit", 0)
            check("nor where it was left", done.returncode == 0 and files_of("s") == left, os.listdir("s"))
            for name in left:
                os.remove(f"s/{name}")


def test_a_checkpoint_of_another_run():
    """As a file of another run: refused before anything is run. Of another commit the run begins again."""
    with directory():
        check("a checkpoint", stopped_run(), os.listdir("s"))
        kept = read(UNFINISHED)
        commit = kept.split()[4].rstrip(b",")
        train("--steps", 3, "--checkpoint", "foreign")

        def refused_with(content, *said, arguments=ONE_RUN):
            with open(UNFINISHED, "wb") as file:
                file.write(content)
            before = {name: read(f"s/{name}") for name in os.listdir("s")}
            refused(3, *arguments, "--state", "s", said=[UNFINISHED, *said])
            check("and nothing is run or removed", {name: read(f"s/{name}") for name in os.listdir("s")} == before, os.listdir("s"))

        check("it says of which run it is", kept.startswith(b"certigar-checkpoint 1\n# certigar ") and b"--rule krum" in kept[:400], kept[:400])
        refused_with(kept, "of another run", "but --steps 900", "move it away", arguments=[*ONE_RUN[:-1], 901])
        refused_with(kept, "of another run", "but --steps 900", arguments=["reproduce", "generated-demo", "--limit", 0])
        refused_with(kept.replace(b"--attack gaussian", b"--attack sign-flip"), "of another run, certigar train", "--attack sign-flip")
        refused_with(read("foreign"), "does not say which run it is of", "another --state")
        refused_with(b"", "does not say which run it is of")
        refused_with(kept[:-1], "damaged")
        refused_with(kept[:-40] + b"!" + kept[-39:], "damaged")
        with open("s/average_Inf_sgd.csv", "wb") as file:  # of other data, by what it says
            file.write(b"# certigar 0, 5000 + 1000 samples: certigar train --data generated --model mlp -n 15 -f 5 --byzantine 5 --steps 100"
                       b" --evaluate-every 50 --rule average --attack inf --optimizer sgd, but --steps 900\n")
            file.write(b"step,loss,accuracy,test_loss,finite,selected\n" + b"".join(b"%d,1,0.5,1,1,\n" % i for i in range(1, 901)))
        refused_with(kept, "on 6000 training samples, where other runs of this table have 5000")
        os.remove("s/average_Inf_sgd.csv")
        with open(UNFINISHED, "wb") as file:
            file.write(kept.replace(commit, b"0123456789abcdef"))
        done = run(*ONE_RUN, "--state", "s")
        check("of another commit it begins again", done.returncode == 0 and "goes on" not in done.stdout and not os.path.exists(UNFINISHED), done)


def runs_of(table, *options):
    return [line.split()[2:] for line in run("reproduce", table, *options, "--list").stdout.splitlines()]


def test_some_of_a_table():
    with directory():
        some = runs_of("thesis-4.3", "--row", "DRA", "--row=MRA", "--column", "Little", "--choice", "CWTM", "--choice", "MDA", "--choice", "CWTM")
        wanted = [r for r in runs_of("thesis-4.3") if r[r.index("--optimizer") + 1] in ("dra", "mra") and "little" in r and r[-1] in ("trimmed-mean", "mda")]
        check("rows, columns and choices by name, in the table's order", some == wanted and len(some) == 4, some)
        run_100 = runs_of("thesis-4.3", "--row", "DRA", "--choice", "MDA", "--column", "Little", "--steps", 100, "--data-dir", "a b", "--threads", 2)
        wanted = [r.replace("--steps 1500 ", "--steps 100 ") for r in (" ".join(r) for r in some if r[-1] == "mda" and "dra" in r)]
        wanted = [f"{r} --data-dir 'a b' --threads 2" for r in wanted]
        check("with the steps and the options given", [" ".join(r) for r in run_100] == wanted and len(wanted) == 1, run_100)
        refused(2, "reproduce", "thesis-4.3", "--list", "--steps", "0", said=["--steps", "'0'"])
        check("a column of all rows", len(runs_of("thesis-4.2", "--column", "Label Flip")) == 25)
        check("both readings of DRA", [r for r in runs_of("thesis-4.1", "--row", "DRA, eq. 3.1") if "eq3.1" not in r] == [] != runs_of("thesis-4.1"))
        names = [line.split()[0] for line in run("reproduce").stdout.splitlines()]
        check("only they", {n for n in names if any("eq3.1" in r for r in runs_of(n))} == {"thesis-4.1", "thesis-4.2"})
        check("holes stay holes", len(runs_of("zeno", "--row", "Sign Flip, 8")) == 4 == len(runs_of("zeno", "--row", "Sign Flip, 8", "--row", "Sign Flip, 12")) // 2)
        common = ["reproduce", "slowdown", "--state", "s", "--steps", 2]
        done = run(*common, "--row", "krum", "--column", "batch 4", "--choice", "rate 0.5", "--choice", "rate 2")
        files = sorted(name for name in os.listdir("s") if name.endswith(".csv"))
        check("these are run", files == ["krum_batch-4_rate-0.5.csv", "krum_batch-4_rate-2.csv"] and "2 of 2  krum" in done.stdout, done)
        table = read("s/table.md").decode()
        check("the others are not run", table.count(" not run |") == 11 and "| krum | not reached rate" in table and " (2 of 5 run) |" in table, table)
        done = run(*common, "--row", "average", "--column", "batch 4", "--choice", "rate 1", "--limit", 1)
        table = read("s/table.md").decode()
        check("what was run before stays", table.count(" not run |") == 10 and " (2 of 5 run) |" in table and " (1 of 5 run) |" in table, table)
        for option, name, said in (("--row", "kram", ["--row", "did you mean 'krum'"]), ("--column", "4", ["--column", "'batch 4', 'batch 16', 'batch 64'", "'4'"]),
                                   ("--choice", "CWTM", ["--choice", "'rate 0.1'", "CWTM"])):  # fmt: skip
            refused(2, "reproduce", "slowdown", option, name, said=said)
        refused(2, "reproduce", "brsgd-1", "--row", "Gaussian, none", "--column", "Krum", said=["brsgd-1 has no run in these rows and columns"])
        refused(2, "reproduce", "leeway", "--row", "krum", said=["trains nothing", "--row"])


def without(arguments, *names):
    """Arguments without options that have a value."""
    return [word for i, word in enumerate(arguments) if word not in names and (i == 0 or arguments[i - 1] not in names)]


def test_every_table():
    """What tables say of rules, workers and attacks is what train takes: a step of each on the generated data, with a small network."""
    names = [line.split()[0] for line in run("reproduce").stdout.splitlines()]
    counts = {"brsgd-1": 52, "zeno": 20, "zeno++": 4, "thesis-4.1": 150, "thesis-4.2": 125, "thesis-4.3": 120, "thesis-4.4": 120, "slowdown": 60}
    tried = set()
    for name in names:
        if name == "leeway":
            refused(2, "reproduce", name, "--list", said=["trains nothing"])
            continue
        runs = runs_of(name)
        check(f"{name}: runs", len(runs) == counts.get(name, len(runs)) > 0 and len({tuple(r) for r in runs}) == len(runs), len(runs))
        for arguments in runs:
            small = without(arguments, "--data", "--model", "--steps", "--evaluate-every", "--batch", "--rate", "--rate-every", "--seed")
            if tuple(small) in tried:
                continue
            tried.add(tuple(small))
            done = run("train", *small, "--model", "L10", "--steps", 1, "--batch", 2, "--threads", 1)
            check(f"{name}: {small}", done.returncode in (0, 4) and done.stderr == "", done)


def test_steps_to_an_accuracy():
    with directory():
        done = run("reproduce", "slowdown", "--state", "s", "--steps", 60, "--limit", 5)
        first = read("s/table.md").decode()
        check("one cell of five rates and its picture", done.returncode == 0 and len(os.listdir("s")) == 7, done)
        curves = [e for e in xml.etree.ElementTree.fromstring(read("s/average_batch-4.svg")).iter() if e.get("fill") == "none"]
        check("a curve for each rate", len(curves) == 5, len(curves))
        reached = []
        for name in (n for n in os.listdir("s") if n.endswith(".csv")):
            reached += [int(line[0]) for line in csv(f"s/{name}")[1] if line[2] and float(line[2]) >= 0.9][:1]
        check("the fewest steps of them", reached and f"| {min(reached)} = 1.00 times rate" in first, (reached, first[:900]))


def test_leeway():
    with directory():
        done = run("reproduce", "leeway", "--state", "l", "--limit", 3)
        head, lines = csv("l/leeway.csv")
        check("a line for each d, draw and rule", done.returncode == 0 and head == ["d", "draw", "rule", "column", "distance"] and len(lines) == 36, done)
        mean = {}
        for d, _, rule, column, _ in lines:
            mean[rule, int(d)] = mean.get((rule, int(d)), 0) + float(column) / 3
        grown = {rule: mean[rule, 10000] / mean[rule, 100] for rule, _ in mean}
        check("krum's column grows with sqrt(d), a hundredfold d", 8 < grown["krum"] < 12.5 and 8 < grown["multi-krum"] < 12.5, grown)
        check("bulyan's does not", max(mean[rule, d] for rule in ("bulyan", "multi-bulyan") for d in (100, 1000, 10000)) < 4, mean)
        paths = [e.get("d") for e in xml.etree.ElementTree.parse("l/leeway.svg").getroot().iter("{http://www.w3.org/2000/svg}path") if e.get("fill") == "none"]
        ends = [[float(number) for number in re.findall(r"[\d.]+", path)] for path in paths]
        check("and as a picture: a curve for each rule, krum's above all others", len(ends) == 4 and all(len(e) == 6 for e in ends)
              and all(ends[0][k] < min(e[k] for e in ends[1:]) for k in (1, 3, 5)), paths)
        before = read("l/leeway.csv")
        run("reproduce", "leeway", "--state", "m", "--limit", 3)
        check("the same again", read("m/leeway.csv") == before)
        refused(2, "reproduce", "leeway", "--steps", "3", said=["trains nothing", "--limit"])


if __name__ == "__main__":
    run_tests(globals())
