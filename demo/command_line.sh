#!/bin/sh
# The end of make demo: the program on the shipped file, and where to go from here. The argument is the build folder.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
file=data/fashion-lenet-gradients-n20.npy
clients=data/fashion-lenet-parameters-n30.npy
wanted='"(rule|f|n|d|dtype|nonfinite_rows|exact_evaluations|status|output_sha256)"'

printf '\nThe program, on the same file (a part of the certificate; all of it is in %s/demo.json):\n\n' "$build"
printf '  $ %s/certigar aggregate trimmed-mean -f 4 %s -o %s/demo.npy --json %s/demo.json\n' "$build" "$file" "$build" "$build"
"$build/certigar" aggregate trimmed-mean -f 4 "$file" -o "$build/demo.npy" --json "$build/demo.json"
grep -E "$wanted" "$build/demo.json" | sed 's/^ */  /; s/,$//'

printf '\nAgain with one thread and the plainest instruction set; the file must be the same:\n\n'
printf '  $ %s/certigar aggregate trimmed-mean -f 4 --level baseline --threads 1 %s -o %s/demo-baseline.npy\n' "$build" "$file" "$build"
"$build/certigar" aggregate trimmed-mean -f 4 --level baseline --threads 1 "$file" -o "$build/demo-baseline.npy"
printf '  $ cmp %s/demo.npy %s/demo-baseline.npy\n' "$build" "$build"
cmp "$build/demo.npy" "$build/demo-baseline.npy"

cat <<TEXT

What somebody else's answers are worth: the mean of the same rows by NumPy in float32; the same said to be the trimmed mean; and Krum of the
parameters of 30 clients, with distances from a float32 matrix product.

TEXT
"${PYTHON:-/usr/bin/python3}" - "$file" "$clients" "$build" <<PYTHON
import sys
import numpy as np
file, clients, build = sys.argv[1:]
np.save(f"{build}/demo-mean.npy", np.load(file).mean(axis=0))
x = np.load(clients)
G = np.einsum("ic,jc->ij", x, x)
s = G.diagonal()
D = s[:, None] + s - 2 * G  # squared distances
np.save(f"{build}/demo-krum.npy", x[np.argmin(np.sort(D, axis=1)[:, 1:24].sum(axis=1))])
PYTHON
judge() # RULE F INPUT CANDIDATE
{
  printf '  $ %s/certigar check %s -f %s %s %s\n' "$build" "$1" "$2" "$3" "$4"
  "$build/certigar" check "$1" -f "$2" "$3" "$4" > "$build/demo-check.txt" || [ $? -eq 1 ]
  grep -E '^([A-Z]+:|made|rule)' "$build/demo-check.txt" | sed 's/^/  /'
}
judge average 4 "$file" "$build/demo-mean.npy"
judge trimmed-mean 4 "$file" "$build/demo-mean.npy"
judge krum 5 "$clients" "$build/demo-krum.npy"

cat <<TEXT

What it is for: fifteen workers train a network on the data that ship with certigar (generated, ten classes); five of them send -1e10 times the sum of
the others' gradients.

TEXT
learn() # NAME, then options of train
{
  name=$1
  shift
  set -- "$@" --evaluate-every 5
  printf '  $ %s/certigar train %s --csv %s/demo-%s.csv\n' "$build" "$*" "$build" "$name"
  "$build/certigar" train "$@" --csv "$build/demo-$name.csv" | tail -1 | sed 's/^/  /'
}
learn honest --rule average -f 5 --byzantine 0
learn average --rule average -f 5 --attack model-negation
learn multi-krum --rule multi-krum -f 5 --attack model-negation
learn meamed --rule meamed -f 5 --attack model-negation
learn nnm-median --rule median --pre nnm -f 5 --attack model-negation
"$build/certigar" plot "average, no attack=$build/demo-honest.csv" "average=$build/demo-average.csv" "multi-krum=$build/demo-multi-krum.csv" \
  "meamed=$build/demo-meamed.csv" "nnm, median=$build/demo-nnm-median.csv" --title "Five of fifteen workers negate the model" -o "$build/demo-accuracy.svg"
printf '\n  the curves: %s/demo-accuracy.svg\n' "$build"
last() { tail -1 "$build/demo-$1.csv" | cut -d, -f3; }
awk -v honest="$(last honest)" -v average="$(last average)" -v krum="$(last multi-krum)" -v meamed="$(last meamed)" -v nnm="$(last nnm-median)" \
  'BEGIN { exit !(average < 0.2 && krum > honest - 0.03 && meamed > honest - 0.03 && nnm > honest - 0.03) }' || {
  echo 'demo: the accuracies above are not those that were expected: the average lost, the others as good as without an attack' >&2
  exit 1
}

cat <<TEXT

From here:
  $build/certigar aggregate --help     the options; man -l docs/man/certigar.1 is the manual
  spec/rules.md                       what each rule must return, bit for bit
  spec/verdicts.md                    what the verdicts say, and by which bounds
  SOUNDNESS.md                        what is proved, what is trusted
  make check                          all tests and all proofs on this machine
  make bench                          how fast the rules are

Shown: under every attack every rule, and the median after every pre-aggregation, returned the bits that the reference computes, or a result
within the distance that spec/rules.md allows; median and trimmed mean stayed within the honest range; the program wrote the same file both times;
under attack the average learned nothing, and the other rules as much as the average of honest workers.
TEXT
