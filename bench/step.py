"""A step of the DRA/MRA thesis's MNIST network with 15 workers: certigar's trainer beside the same step in PyTorch, in turn, on the same cores.

usage: step.py BENCH_STEP [--threads T] [--repetitions R]
Both take 15 gradients of batches of 25, add l2, clip, take the trimmed mean with f = 5 and move the model. Times are medians; the targets are ratios,
and a target that is missed is no failure. Without python3-torch only certigar is timed.
"""
import argparse
import os
import statistics
import subprocess
import time

try:
    import torch
except ImportError:
    torch = None

WORKERS, LIARS, BATCH, CLASSES = 15, 5, 25, 10
RULES = ["average", "trimmed-mean", "median", "meamed", "mda", "krum", "multi-krum", "cge", "monna", "brsgd",
         "geometric-median", "centered-clipping", "caf", "smea"]  # the last four: over real numbers


class Ours:
    """A trainer that makes a step when it is asked to."""

    def __init__(self, program, rule, threads):
        self.process = subprocess.Popen([program, rule, str(threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def step(self):
        """Seconds of a step, and of the aggregation."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline()), float(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Theirs:
    """The same in PyTorch."""

    def __init__(self, threads):
        nn = torch.nn
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        self.model = nn.Sequential(nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                                   nn.Linear(320, 500), nn.ReLU(), nn.Linear(500, CLASSES))  # fmt: skip
        self.loss = nn.CrossEntropyLoss()
        self.pictures = torch.rand(WORKERS, BATCH, 1, 28, 28)
        self.labels = torch.randint(CLASSES, (WORKERS, BATCH))

    def gradient(self, worker):
        self.model.zero_grad()
        self.loss(self.model(self.pictures[worker]), self.labels[worker]).backward()
        flat = torch.cat([p.grad.reshape(-1) + 1e-4 * p.detach().reshape(-1) for p in self.model.parameters()])
        return flat * min(1.0, 2 / float(flat.norm()))

    def step(self):
        """Seconds of a step, and of the aggregation."""
        start = time.perf_counter()
        rows = torch.stack([self.gradient(worker) for worker in range(WORKERS)])
        middle = time.perf_counter()
        move = rows.sort(dim=0).values[LIARS : WORKERS - LIARS].mean(dim=0)
        aggregated = time.perf_counter() - middle
        at = 0
        with torch.no_grad():
            for p in self.model.parameters():
                p -= 0.75 * move[at : at + p.numel()].reshape(p.shape)
                at += p.numel()
        return time.perf_counter() - start, aggregated


def medians(sides, repetitions):
    """Of each side the median seconds of a step, and of the aggregation; the sides run in turn, and their first steps do not count."""
    for side in sides:
        side.step()
    times = [[] for _ in sides]
    for _ in range(repetitions):
        for side, taken in zip(sides, times):
            taken.append(side.step())
    return [tuple(statistics.median(part) for part in zip(*taken)) for taken in times]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--repetitions", type=int, default=11)
    arguments = parser.parse_args()
    ours = [Ours(arguments.program, rule, arguments.threads) for rule in RULES]
    theirs = [Theirs(arguments.threads)] if torch else []
    took = medians(ours + theirs, arguments.repetitions)
    print(f"\nA step of training: the thesis's MNIST network, 15 workers, batch 25, {arguments.threads} threads; load of the machine {os.getloadavg()[0]:.1f}\n")
    print(f"  {'rule':36} {'step':>10} {'of it the rule':>16} {'share':>8}")
    names = RULES + (["torch: trimmed mean by sort"] if torch else [])
    for name, (step, rule) in zip(names, took):
        print(f"  {name:36} {1e3 * step:7.1f} ms {1e3 * rule:13.2f} ms {rule / step:8.3f}")
    step, rule = took[RULES.index("trimmed-mean")]
    targets = [(f"{name}: the rule's share of a step", taken[1] / taken[0], 0.1) for name, taken in zip(RULES, took)]
    if torch:
        torch_step, torch_rule = took[-1]
        targets.append(("a step, ours over torch's", step / torch_step, 1.0))
        targets.append(("all but the rule, ours over torch's", (step - rule) / (torch_step - torch_rule), 1.0))
    print("\nTargets" + ("" if torch else " (python3-torch is not installed: nothing is said of it)"))
    for what, measured, bound in targets:
        print(f"  {'met' if measured <= bound else 'MISSED':6} {measured:7.3f}, at most {bound:4.1f}   {what}")
    for side in ours:
        side.end()


if __name__ == "__main__":
    main()
