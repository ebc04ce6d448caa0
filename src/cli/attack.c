/* certigar attack: what Byzantine workers send in place of the last rows of a matrix. */
#include "attacks/moved.h"
#include "commands.h"
#include "input.h"
#include "options.h"
#include "report.h"
#include "result.h"
#include "rule_name.h"
#include "setup.h"
#include "suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BYZANTINE, F, STRENGTH, TARGET, SEED, OMNISCIENT, OWN, RULE, OUTPUT, HELP, HELP_LETTER, COUNT };

static const option_spec specs[COUNT] = {
    [BYZANTINE] = {"--byzantine", "Q", 0}, [F] = {"-f", "F", 0},
    [STRENGTH] = {"--strength", "X", 0},   [TARGET] = {"--target", "K", 0},
    [SEED] = {"--seed", "S", 0},           [OMNISCIENT] = {"--omniscient", NULL, 0},
    [OWN] = {"--own", NULL, 0},            [RULE] = {"--rule", "RULE", 0},
    [OUTPUT] = {"-o", "OUT.npy", 0},       [HELP] = {"--help", NULL, 0},
    [HELP_LETTER] = {"-h", NULL, 0},
};

typedef struct job {
  const attack *kind;
  attack_case sent;
  input in;
  output out;
  /* of attacks that search */
  certigar_plan *plan;
  void *result;
  moved_search search;
} job;

static int find_attack(const char *typed, const attack **out)
{
  const char *names[64];
  *out = attack_named(typed);
  for (size_t i = 0; i < attack_count; i++) names[i] = attacks[i].name;
  const char *meant = suggest(typed, names, attack_count);
  if (*out && (*out)->send) return 0;
  if (*out) return complain(STATUS_USAGE, "%s is an attack on labels: it is there in train", typed);
  if (meant) return complain(STATUS_USAGE, "unknown attack '%s'; did you mean '%s'?", typed, meant);
  return complain(STATUS_USAGE, "unknown attack '%s'; 'certigar help attack' lists them", typed);
}

static int whole(const char *name, const char *typed, size_t *out)
{
  if (!typed || option_number(typed, out)) return 0;
  return complain(STATUS_USAGE, "%s must be a whole number, got '%s'", name, typed);
}

static int parse(const char *const *values, char **operands, size_t count, job *work)
{
  size_t seed = 0;
  int status;
  char *end;
  if (count != 2) return complain(STATUS_USAGE, "attack takes the name of an attack and an input file");
  if ((status = find_attack(operands[0], &work->kind)) != 0) return status;
  if (!values[OUTPUT]) return complain(STATUS_USAGE, "attack needs -o OUT.npy");
  if (values[OMNISCIENT] && values[OWN]) return complain(STATUS_USAGE, "--omniscient and --own exclude each other");
  attack_case *a = &work->sent;
  *a = (attack_case){.strength = work->kind->strength, .omniscient = values[OMNISCIENT] ? 1 : values[OWN] ? 0 : work->kind->omniscient};
  if (!values[F] && !values[BYZANTINE]) return complain(STATUS_USAGE, "attack needs --byzantine Q, the rows that attack, or -f F");
  if ((status = whole("-f", values[F] ? values[F] : values[BYZANTINE], &a->f)) != 0) return status;
  if ((status = whole("--byzantine", values[BYZANTINE] ? values[BYZANTINE] : values[F], &a->q)) != 0) return status;
  if ((status = whole("--target", values[TARGET], &a->target)) != 0) return status;
  if ((status = whole("--seed", values[SEED], &seed)) != 0) return status;
  if (values[STRENGTH]) {
    a->strength = strtod(values[STRENGTH], &end);
    if (end == values[STRENGTH] || *end || isnan(a->strength)) return complain(STATUS_USAGE, "--strength must be a number, got '%s'", values[STRENGTH]);
  }
  if (values[STRENGTH] && !attack_takes_strength(work->kind)) return complain(STATUS_USAGE, "%s has no strength: leave --strength out", work->kind->name);
  if (values[TARGET] && !attack_takes_target(work->kind)) return complain(STATUS_USAGE, "%s has no target: leave --target out", work->kind->name);
  if (work->kind->searches && !a->omniscient) return complain(STATUS_USAGE, "%s sees the honest rows: leave --own out", work->kind->name);
  if (!work->kind->searches && values[RULE]) return complain(STATUS_USAGE, "--rule is for attacks that search, which %s does not", work->kind->name);
  a->random = random_open(seed, RANDOM_ATTACK, 0, 0);
  if (work->kind->searches && !values[RULE]) return complain(STATUS_USAGE, "%s needs --rule RULE, which it searches against, and its -f", work->kind->name);
  return 0;
}

/* The rows to the output's memory, in this processor's byte order. */
static int copy_input(job *work, const char *path, certigar_message *message)
{
  const certigar_matrix *m = &work->in.matrix;
  size_t item = work->in.header.item_size;
  unsigned char header[NPY_WRITTEN_HEADER_MAX], *at;
  size_t head = npy_write_matrix_header(header, item, m->n, m->d);
  at = output_open(&work->out, path, message) ? output_reserve(&work->out, head + m->n * m->d * item, message) : NULL;
  if (!at) return 0;
  memcpy(at, header, head);
  work->sent.rows = at += head;
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++, at += item) {
      const unsigned char *from = (const unsigned char *)m->data + (ptrdiff_t)i * m->row_stride + (ptrdiff_t)c * m->column_stride;
      for (size_t b = 0; b < item; b++) at[b] = from[m->byte_swapped ? item - 1 - b : b];
    }
  return 1;
}

static int open_search(job *work, const char *rule_name, certigar_message *message)
{
  certigar_rule rule;
  attack_case *a = &work->sent;
  int status = rule_name_parse(rule_name, &rule);
  if (status != 0) return status;
  certigar_options *options = certigar_options_new();
  work->result = malloc((a->d + 1) * work->in.header.item_size);
  if (!options || !work->result) {
    certigar_options_free(options);
    return complain(STATUS_OUTPUT, "no memory");
  }
  certigar_options_set_f(options, a->f);
  certigar_status made = certigar_plan_new(&work->plan, rule, work->in.dtype, a->n, options, message);
  certigar_options_free(options);
  if (made != CERTIGAR_OK) return complain(STATUS_USAGE, "%s", message->text);
  if (!moved_open(&work->search, a, work->plan, work->result)) return complain(STATUS_OUTPUT, "no memory");
  return 0;
}

static int run(job *work, const char *in, const char *out, const char *rule)
{
  certigar_message message = {""};
  attack_case *a = &work->sent;
  if (!input_open(&work->in, in, NPY_MATRIX, &message)) return complain(STATUS_INPUT, "%s: %s", setup_display(in, "standard input"), message.text);
  a->n = work->in.header.n;
  a->d = work->in.header.d;
  a->is_double = work->in.dtype == CERTIGAR_FLOAT64;
  if (a->q < 1 || a->q >= a->n) return complain(STATUS_USAGE, "--byzantine = %zu, must be at least 1 and less than the %zu rows", a->q, a->n);
  size_t seen = a->omniscient ? a->n - a->q : a->q, targets = attack_targets(work->kind, seen, a->d);
  if (seen < work->kind->least_seen)
    return complain(STATUS_USAGE, "%s goes by how far rows are apart, and sees one: take more rows, or %s", work->kind->name,
                    a->omniscient ? "--own" : "--omniscient");
  if (a->target > 0 && a->target >= targets) return complain(STATUS_USAGE, "--target = %zu, must be less than %zu", a->target, targets);
  if (!copy_input(work, out, &message)) return complain_output(out, &message);
  int status = rule ? open_search(work, rule, &message) : 0;
  if (status != 0) return status;
  work->kind->send(a);
  if (output_finish(&work->out, &message) && output_publish(&work->out, &message)) return 0;
  return complain_output(out, &message);
}

int command_attack(int argc, char **argv)
{
  job work = {.out = output_none};
  const char *values[COUNT];
  size_t operands;
  int status = options_parse(argc, argv, "attack", specs, COUNT, values, NULL, &operands);
  if (status != 0) return status;
  if (values[HELP] || values[HELP_LETTER]) return command_help("attack");
  status = parse(values, argv, operands, &work);
  if (status == 0) status = run(&work, argv[1], values[OUTPUT], work.kind->searches ? values[RULE] : NULL);
  output_discard(&work.out);
  certigar_plan_free(work.plan);
  free(work.result);
  moved_close(&work.search);
  input_close(&work.in);
  return status;
}
