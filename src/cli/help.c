#include "certigar.h"
#include "commands.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

static const char general[] =
    "usage: certigar COMMAND [ARGUMENT...]\n"
    "\n"
    "Byzantine-resilient gradient aggregation, exact and proved.\n"
    "\n"
    "  certigar aggregate RULE INPUT.npy   aggregate the rows of a matrix\n"
    "  certigar info [--self-test]         what this build is, what is proved of it, and whether it works here\n"
    "  certigar help COMMAND               more about a command\n"
    "  certigar --version\n"
    "\n"
    "Exit status: 0 done; 1 the self-test failed; 2 wrong usage or parameter; 3 input unreadable or malformed;\n"
    "4 the result is not finite, or more than f rows are not (the outputs are written); 5 output not written.\n"
    "\n"
    "Manual pages: certigar(1), certigar-aggregate(1), certigar-info(1), certigar(3).\n";

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
    "\n"
    "  -f F             declared number of Byzantine rows (default 0), 2 F < n; for krum and multi-krum 2 F + 3 <= n,\n"
    "                   for bulyan and multi-bulyan 4 F + 3 <= n\n"
    "  -m M             rows that multi-krum keeps, 1 to n - f - 2 (default n - f - 2)\n"
    "  --median KIND    of an even number of values: midpoint (default), lower or upper; for median only\n"
    "  --param K=V      variant=one-pass (default) or iterated, of multi-bulyan; pivot=P, a row from 0 (default), of monna\n"
    "  --pre STAGE      before the rule, may be repeated: nnm (every row becomes the mean of the n - f nearest to it), or\n"
    "                   bucketing:s=S[,seed=X] (the means of S rows at a time, permuted if there is a seed)\n"
    "  -o OUT.npy       where the result goes, float32 or float64 like the input; - is standard output\n"
    "  --json FILE      where the certificate goes; - is standard output\n"
    "  --threads T      1 to 1024 (default: all cores); changes no result\n"
    "  --level LEVEL    baseline, x86-64-v3 or x86-64-v4 (default: the best there is); changes no result\n"
    "  --help           this text\n"
    "\n"
    "Without -o and --json the .npy goes to standard output. Files appear whole or not at all.\n";

static const char info[] =
    "usage: certigar info [--self-test]\n"
    "\n"
    "Prints version, commit, compiler, instruction set, specification and what is proved of this build.\n"
    "\n"
    "  --self-test   replays known answers with every instruction set of this processor; exit status 1 if one differs\n"
    "  --help        this text\n";

int command_help(const char *topic)
{
  const char *text = NULL;
  if (topic == NULL) text = general;
  else if (strcmp(topic, "aggregate") == 0) text = aggregate;
  else if (strcmp(topic, "info") == 0) text = info;
  if (text == NULL) return complain(STATUS_USAGE, "no help for '%s'; the commands are aggregate and info", topic);
  fputs(text, stdout);
  return end_of_output();
}
