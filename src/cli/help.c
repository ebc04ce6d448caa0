#include "attacks/attack.h"
#include "certigar.h"
#include "commands.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

static const char general[] =
    "usage: certigar COMMAND [ARGUMENT...]\n"
    "\n"
    "Byzantine-resilient gradient aggregation, exact, and proved in part.\n"
    "\n"
    "  certigar aggregate RULE INPUT.npy   aggregate the rows of a matrix\n"
    "  certigar check RULE INPUT.npy CANDIDATE.npy   is somebody else's answer right, and if not, why\n"
    "  certigar identify RULE INPUT.npy CANDIDATE.npy   which published definition of the rule it follows\n"
    "  certigar audit -- PROGRAM ARGS...   judge the answers of another implementation\n"
    "  certigar vectors RULE               test vectors: small inputs, right outputs, and what common mistakes make of them\n"
    "  certigar attack NAME IN.npy         what Byzantine workers send in place of the last rows\n"
    "  certigar train                      train a model under attack, to see a rule at work\n"
    "  certigar plot RUN.csv... -o OUT.svg   the accuracy of training runs as one picture\n"
    "  certigar reproduce [TABLE]          a table of a paper again, run by run\n"
    "  certigar info [--self-test]         what this build is, what its proofs are to show, and whether it works here\n"
    "  certigar info --bounds RULE -n N    how far the output of a rule may be from the honest mean\n"
    "  certigar help COMMAND               more about a command\n"
    "  certigar --version\n"
    "\n"
    "Exit status: 0 done; 1 the self-test failed, the verdict is against the candidate, no definition gives it, or an audit found\n"
    "something; 2 wrong usage or parameter; 3 input unreadable or malformed;\n"
    "4 the result is not finite, or more than f rows are not (the outputs are written), or the rule has no value (there is no .npy);\n"
    "5 output not written.\n"
    "\n"
    "Manual pages: certigar(1), certigar-COMMAND(1) for each of these, certigar(3), certigar_check(3), certigar_attack(3).\n";

static const char aggregate[] =
    "usage: certigar aggregate RULE [OPTION...] INPUT.npy\n"
    "\n"
    "Aggregates the n rows (workers) of an n x d matrix into one row.\n"
    "INPUT.npy holds float32 or float64 values in either byte order and in C or Fortran order; - is standard input.\n"
    "\n"
    "RULE is one of\n"
    "  average        mean of all values\n"
    "  median         middle value\n"
    "  trimmed-mean   mean without the f lowest and f highest values\n"
    "  meamed         mean of the n - f values closest to the median\n"
    "  krum           the row nearest to its n - f - 2 nearest others\n"
    "  multi-krum     mean of the m rows that are nearest to theirs\n"
    "  bulyan         krum n - 2f times; then meamed of n - 4f of the values that it chose\n"
    "  multi-bulyan   the same of the n - 2f - 2 rows of multi-krum, or of the means of as many rounds\n"
    "  mda            mean of the n - f rows whose greatest distance is least\n"
    "  cge            mean of the n - f rows of least norm\n"
    "  monna          mean of a row, the pivot, and the n - f - 1 rows nearest to it\n"
    "  brsgd          mean of the rows with most marks for being where the majority is, within a distance of the median\n"
    "  zeno           mean of the n - b rows of greatest score, by scores that you give\n"
    "  smea           mean of the n - f rows whose covariance has the least greatest eigenvalue\n"
    "  caf            mean that is reached by taking weight from rows along the direction of greatest variance\n"
    "  geometric-median    point whose distances to the rows have the least sum\n"
    "  centered-clipping   a centre moved by the mean of the differences to it, cut to the length tau\n"
    "zeno++ tests one row at a time: certigar train has it, and the library.\n"
    "\n"
    "  -f F             declared number of Byzantine rows (default 0), 2 F < n; for krum and multi-krum 2 F + 3 <= n,\n"
    "                   for bulyan and multi-bulyan 4 F + 3 <= n, for zeno F < n\n"
    "  -m M             rows that multi-krum keeps, 1 to n - f - 2 (default n - f - 2)\n"
    "  --median KIND    of an even number of values: midpoint (default), lower or upper; for median only\n"
    "  --param K=V      parameters of the rule, joined by commas or repeated; numbers are exact: 0.1, 1/3, 1e-9\n"
    "      multi-bulyan        variant=one-pass (default) or iterated\n"
    "      monna               pivot=P, a row from 0 (default)\n"
    "      brsgd               beta=B, 0 < B <= 1/2 (default 1/2); threshold=T > 0, or inf (default)\n"
    "      zeno                scores=FILE.npy, a float64 for each row (needed); b=F, another name of -f\n"
    "      geometric-median    tolerance=T > 0 (default 1e-9, of float32 input 1e-5)\n"
    "      centered-clipping   tau=T > 0 (default 100); iterations=L >= 1 (default 1); centre=FILE.npy, d values (default 0)\n"
    "  --pre STAGE      before the rule, may be repeated: nnm (every row becomes the mean of the n - f nearest to it),\n"
    "                   bucketing:s=S[,seed=X] (the means of S rows at a time, permuted if there is a seed),\n"
    "                   clip:tau=T (rows longer than T are scaled down to it), or arc (the same with a norm of the rows)\n"
    "  --profile NAME   whose definition of the rule: paper (default), byzfl, lpd-py, lpd-native, krum2, flower-legacy, flower, epfml,\n"
    "                   torchjd or fedml; ranges of parameters are theirs, and what they leave open is decided here (spec/profiles.md)\n"
    "  -o OUT.npy       where the result goes, float32 or float64 like the input; - is standard output\n"
    "  --json FILE      where the certificate goes; - is standard output\n"
    "  --threads T      1 to 1024 (default: all cores); changes no result\n"
    "  --level LEVEL    baseline, x86-64-v3 or x86-64-v4 (default: the best there is); changes no result\n"
    "  --help           this text\n"
    "\n"
    "Without -o and --json the .npy goes to standard output. Files appear whole or not at all.\n";

static const char check[] =
    "usage: certigar check RULE [OPTION...] INPUT.npy CANDIDATE.npy\n"
    "\n"
    "Judges CANDIDATE.npy, d values said to be what RULE makes of the n x d matrix INPUT.npy. The verdict is the first that holds of\n"
    "\n"
    "  EXACT       the rule's output, bit for bit\n"
    "  TIE         bit for bit what another choice of an exact tie gives\n"
    "  ROUNDING    within the error of summing in the input's type, in any order\n"
    "  BREACH      the rule's guarantee fails: for some choice of n - f rows as the honest ones, or a value is not finite\n"
    "  AMBIGUOUS   made of another selection, whose scores differ by less than the input's type can tell\n"
    "  PROFILE     the output of another published definition\n"
    "  WRONG       none of these\n"
    "\n"
    "and is printed with its reasons: the worst coordinates, the rows that the candidate is made of, the margins.\n"
    "\n"
    "  RULE and options are those of certigar aggregate, without -o\n"
    "  --json FILE      the same as JSON; - is standard output, in place of the text\n"
    "  --help           this text\n"
    "\n"
    "CANDIDATE.npy has one axis, or one row, and the type of the input. One of the two files may be -, standard input.\n"
    "Exit status: 0 EXACT, TIE or ROUNDING; 1 any other verdict; 4 the rule has no value; 2, 3, 5 as of certigar aggregate.\n";

static const char identify[] =
    "usage: certigar identify RULE [OPTION...] INPUT.npy CANDIDATE.npy\n"
    "\n"
    "Says which published definition of RULE gives CANDIDATE.npy, d values, from the n x d matrix INPUT.npy: that of the paper, or that of an\n"
    "implementation with its own distances, neighbours, medians and parameters, every decision of it exact.\n"
    "\n"
    "  paper          spec/rules.md                      krum2       calicarpa/krum, krum.primitives\n"
    "  byzfl          ByzFL                              epfml       epfml/byzantine-robust-noniid-optimizer\n"
    "  lpd-py         LPD-EPFL/ByzantineMomentum         torchjd     TorchJD\n"
    "  lpd-native     the native module of the same      fedml       FedML\n"
    "  flower-legacy  flwr.server.strategy               flower      flwr.serverapp.strategy\n"
    "\n"
    "Each is said to match bit for bit, to be within rounding (no value is farther off than the bound of spec/verdicts.md for that definition,\n"
    "which is wide for rules that go in steps), to differ, or not to have the rule, or not with these parameters.\n"
    "\n"
    "  RULE and options are those of certigar aggregate, without -o and --profile; -m left out stands for each definition's own default\n"
    "  --json FILE      the same as JSON; - is standard output, in place of the text\n"
    "  --help           this text\n"
    "\n"
    "CANDIDATE.npy has one axis, or one row, and the type of the input. One of the two files may be -, standard input.\n"
    "Exit status: 0 if a definition matches or is within rounding, 1 if none is; 2, 3, 5 as of certigar aggregate.\n";

static const char audit[] =
    "usage: certigar audit [OPTION...] -- PROGRAM ARGS...\n"
    "\n"
    "Runs PROGRAM over adversarial inputs and judges each of its answers. It is asked over its standard input and output, one request after\n"
    "the other; docs/audit-protocol.md of the source distribution says how.\n"
    "\n"
    "  --rule RULE        only this rule; may be repeated (default: all)\n"
    "  -f F               this declared number of Byzantine rows (default: 0 to 4)\n"
    "  -m M, --median KIND, --param K=V    parameters of the rule, as in 'certigar help aggregate'; with one --rule\n"
    "                     (default: those of the test vectors; of a program that does not take these, and of drawn inputs, the rule's own)\n"
    "  --dtype TYPE       only float32 or float64 (default: both)\n"
    "  --cases N          cases of each rule (default 250): first those of the test vectors, then drawn ones\n"
    "  --seed S           another S makes other cases (default 1)\n"
    "  --timeout SECONDS  time limit of an answer (default 10); a process has up to 30 seconds more for its first\n"
    "  --encoding E       npy (default), or json: numbers as hexadecimal texts of their bits, in the request's line\n"
    "  --state DIR        where the journal and the failing inputs go (default certigar-audit)\n"
    "  --resume           go on where an audit of that directory was interrupted\n"
    "  --report OUT.html  a page for people: verdicts, errors, failing inputs and how to see them again\n"
    "  --json OUT.json    the same for programs\n"
    "  --junit OUT.xml    the same for CI: a test case for each rule and generator\n"
    "  --help             this text\n"
    "\n"
    "Exit status 0: every answer is EXACT, TIE or ROUNDING, and there was one (of each rule that was named); else 1.\n";

static const char vectors[] =
    "usage: certigar vectors RULE [-o DIRECTORY]\n"
    "       certigar vectors -o DIRECTORY\n"
    "\n"
    "Writes test vectors as JSON: small inputs, each with the mistake that it is there to catch, the right output to the last bit, the outputs\n"
    "that exact ties admit, and what wrong programs answer with the verdict of certigar check. RULE is a rule, or nnm, bucketing, clip or arc.\n"
    "\n"
    "  -o DIRECTORY    writes DIRECTORY/RULE.json, or one file for each if no RULE is given; without it the vectors go to standard output\n"
    "  --help          this text\n"
    "\n"
    "Exit status: 0 done; 2 wrong usage; 5 output not written.\n";

static const char plot[] =
    "usage: certigar plot [NAME=]RUN.csv... -o OUT.svg [--title TEXT]\n"
    "\n"
    "Draws the accuracy on the test samples by step, a curve for each run: what certigar train wrote with --csv. Up to 12 runs; without a NAME a\n"
    "run is called as its file. OUT.svg ends in .svg, or is -, standard output. The picture is light or dark as its reader's screen is.\n";

static const char reproduce[] =
    "usage: certigar reproduce [TABLE [OPTION...]]\n"
    "\n"
    "Runs what a table of a paper is made of, and writes it beside the published one: STATE/table.md, STATE/RUN.csv for each run,\n"
    "and STATE/ROW_COLUMN.svg, the curves of a cell's runs.\n"
    "A queue that is stopped goes on where it was, within a run from its checkpoint of every 100 steps, RUN.csv.checkpoint; files of runs with\n"
    "other arguments or other data are refused. Without a TABLE: lists them.\n"
    "\n"
    "  --data-dir DIR     where the official files of the data are (default: here)\n"
    "  --state DIR        default: the name of the table\n"
    "  --limit RUNS       so many runs more, then the table as far as it is known\n"
    "  --steps T          instead of the table's own, which shortens it; the table says so\n"
    "  --row NAME, --column NAME, --choice NAME\n"
    "                     these runs alone, by the names in the table; each may be given several times\n"
    "  --list             prints the runs as commands, with the options given, and runs nothing\n"
    "  --threads T        1 to 1024 (default: all cores); changes no result\n"
    "\n"
    "leeway is measured and not trained: --limit says for how many d; it has no data, steps, rows, columns, choices and list.\n"
    "\n"
    "  --help             this text\n";

static const char info[] =
    "usage: certigar info [--self-test]\n"
    "       certigar info --bounds RULE -n N [-f F] [-d D]\n"
    "\n"
    "Prints version, commit, compiler, instruction set, specification and what a proof run of this build (make proofs) has to prove. That there was\n"
    "such a run it does not say.\n"
    "\n"
    "  --self-test     replays known answers with every instruction set of this processor; exit status 1 if one differs\n"
    "  --bounds RULE   prints what is known of how far the output of RULE may be from the mean of the honest rows, for N rows, F of them\n"
    "                  Byzantine (default 0), and D coordinates (default: any number); spec/bounds.md has the formulas and their sources\n"
    "  --help          this text\n";

static const char attack_head[] =
    "usage: certigar attack NAME [OPTION...] INPUT.npy -o OUT.npy\n"
    "\n"
    "Writes the matrix with its last rows replaced by what Byzantine workers send. NAME is one of\n";

static const char attack_tail[] =
    "\n"
    "  --byzantine Q, -f F    attackers, the last Q rows; Byzantine rows as the rule is told (each by default the other)\n"
    "  --strength X           s of its formula in certigar-attack(1), in place of its default; gradient-scale sends -s times its row\n"
    "  --target K             the row that mimic copies, of those it sees, the column that leeway moves; counted from 0 (0)\n"
    "  --omniscient, --own    attackers see the honest rows, or only their own\n"
    "  --rule RULE            what little-search and empire-search search against; they try it on all rows, so --own is not for them\n"
    "  --seed S               of gaussian (0)\n"
    "  --help                 this text\n";

/* Attacks that make rows; those on labels are in train. */
static void print_attacks(void)
{
  fputs(attack_head, stdout);
  for (size_t i = 0; i < attack_count; i++)
    if (attacks[i].send) printf("  %-16s %s\n", attacks[i].name, attacks[i].summary);
  fputs(attack_tail, stdout);
}

static const char train[] =
    "usage: certigar train [OPTION...]\n"
    "\n"
    "Trains a model whose n workers' gradients are aggregated by a rule, the last of them Byzantine; prints loss and accuracy on the test samples.\n"
    "The same options and seed give the same run, bit for bit, on one machine.\n"
    "\n"
    "  --data NAME        generated (default; ships with the program), mnist, fashion or cifar: the official files, with or without .gz\n"
    "  --data-dir DIR     where these are (default: here)\n"
    "  --alpha A          workers' shares of each class by Dirichlet(A); 0 (default): all have the same\n"
    "  --model M          softmax, mlp (default), mnist, lenet, cifar, or layers such as C20k5-R-M-L500-R-L10\n"
    "  --optimizer O      sgd (default), resam, adam, dra or mra; --dra algorithm10 (default) or eq3.1; --drop-negative for mra\n"
    "  --rule RULE        trimmed-mean (default), any rule of aggregate with its -f, -m, --median, --param and --pre, or zeno++\n"
    "  -n N, -f F         workers (15); Byzantine ones as the rule is told (default: Q, or the greatest below that the rule takes)\n"
    "  --byzantine Q      Byzantine ones as there are, the last rows (default: F; 0 if none attacks)\n"
    "  --attack NAME      what they send (default none); --strength X, --target K, --omniscient or --own instead of its defaults:\n"
    "                     little alie empire ipm sign-flip label-flip label-permutation inf minus-inf nan gaussian model-negation\n"
    "                     gradient-scale mimic min-max leeway little-search empire-search (these two try the rule on all rows: no --own)\n"
    "  --batch B --steps T --seed S                           25, 200, 1\n"
    "  --rate R --rate-every K                                0.5 (sgd, resam) or 0.001; R / (1 + floor(t / K)) at step t\n"
    "  --beta1 --beta2 --eps --l2 --clip                      0.99, 0.999, 1e-8, 1e-4, 2 (the greatest norm of a gradient; 0: any)\n"
    "  --rho --validation                                     of zeno: 0.0005, 25 samples of the server's; of zeno++: rate/10, 100\n"
    "  --epsilon --staleness --refresh                        of zeno++: 0, 4, 4\n"
    "  --evaluate-every K     accuracy after every K steps (50)\n"
    "  --csv FILE --plot FILE.svg                             a line for each step; a picture\n"
    "  --dump-gradients FILE.npy --gradients-step T           what the rule had at step T (1)\n"
    "  --checkpoint FILE --checkpoint-every K --resume        written after every K steps (100); goes on from it, if it is there\n"
    "  --threads T        1 to 1024 (default: all cores); changes no result\n"
    "  --help             this text\n"
    "\n"
    "Exit status 4: the model is not finite at the end.\n";

int command_help(const char *topic)
{
  const char *text = NULL;
  if (topic != NULL && strcmp(topic, "attack") == 0) {
    print_attacks();
    return end_of_output();
  }
  if (topic == NULL) text = general;
  else if (strcmp(topic, "aggregate") == 0) text = aggregate;
  else if (strcmp(topic, "check") == 0) text = check;
  else if (strcmp(topic, "identify") == 0) text = identify;
  else if (strcmp(topic, "audit") == 0) text = audit;
  else if (strcmp(topic, "vectors") == 0) text = vectors;
  else if (strcmp(topic, "train") == 0) text = train;
  else if (strcmp(topic, "plot") == 0) text = plot;
  else if (strcmp(topic, "reproduce") == 0) text = reproduce;
  else if (strcmp(topic, "info") == 0) text = info;
  if (text == NULL) {
    return complain(STATUS_USAGE, "no help for '%s'; the commands are aggregate, check, identify, audit, vectors, attack, train, plot, reproduce and info", topic);
  }
  fputs(text, stdout);
  return end_of_output();
}
