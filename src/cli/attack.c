/* certigar attack: what Byzantine workers send in place of the last rows of a matrix. */
#include "certigar_attack.h"
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
  certigar_attack kind;
  certigar_attack_options *options;
  certigar_plan *plan; /* of attacks that search */
  size_t q, f;
  input in;
  output out;
  void *rows;
} job;

static int find_attack(const char *typed, certigar_attack *out, certigar_attack_traits *traits)
{
  const char *names[64], *name;
  size_t count = 0;
  for (; (name = certigar_attack_name((certigar_attack)count)) != NULL; count++) names[count] = name;
  if (!certigar_attack_from_name(typed, out)) {
    const char *meant = suggest(typed, names, count);
    if (meant) return complain(STATUS_USAGE, "unknown attack '%s'; did you mean '%s'?", typed, meant);
    return complain(STATUS_USAGE, "unknown attack '%s'; 'certigar help attack' lists them", typed);
  }
  certigar_attack_describe(*out, traits);
  return traits->on_labels ? complain(STATUS_USAGE, "%s is an attack on labels: it is there in train", typed) : 0;
}

static int whole(const char *name, const char *typed, size_t *out)
{
  if (!typed || option_number(typed, out)) return 0;
  return complain(STATUS_USAGE, "%s must be a whole number, got '%s'", name, typed);
}

/* What goes by the rows is for the library to refuse. */
static int parse(const char *const *values, char **operands, size_t count, job *work)
{
  size_t seed = 0, target = 0;
  int status;
  certigar_attack_traits traits;
  if (count != 2) return complain(STATUS_USAGE, "attack takes the name of an attack and an input file");
  if ((status = find_attack(operands[0], &work->kind, &traits)) != 0) return status;
  if (!values[OUTPUT]) return complain(STATUS_USAGE, "attack needs -o OUT.npy");
  if (values[OMNISCIENT] && values[OWN]) return complain(STATUS_USAGE, "--omniscient and --own exclude each other");
  if (!values[F] && !values[BYZANTINE]) return complain(STATUS_USAGE, "attack needs --byzantine Q, the rows that attack, or -f F");
  if ((status = whole("-f", values[F] ? values[F] : values[BYZANTINE], &work->f)) != 0) return status;
  if ((status = whole("--byzantine", values[BYZANTINE] ? values[BYZANTINE] : values[F], &work->q)) != 0) return status;
  if ((status = whole("--target", values[TARGET], &target)) != 0) return status;
  if ((status = whole("--seed", values[SEED], &seed)) != 0) return status;
  if (values[STRENGTH]) {
    char *end;
    double strength = strtod(values[STRENGTH], &end);
    if (end == values[STRENGTH] || *end || isnan(strength)) return complain(STATUS_USAGE, "--strength must be a number, got '%s'", values[STRENGTH]);
    certigar_attack_options_set_strength(work->options, strength);
  }
  if (!traits.searches && values[RULE]) return complain(STATUS_USAGE, "--rule is for attacks that search, which %s does not", operands[0]);
  if (traits.searches && !values[RULE]) return complain(STATUS_USAGE, "%s needs --rule RULE, which it searches against, and its -f", operands[0]);
  if (traits.searches && values[OWN])
    return complain(STATUS_USAGE, "--own: %s tries the rule on all rows, so it must see the honest ones: leave --own out", operands[0]);
  if (values[TARGET]) certigar_attack_options_set_target(work->options, target);
  if (values[OMNISCIENT] || values[OWN]) certigar_attack_options_set_omniscient(work->options, values[OMNISCIENT] != NULL);
  certigar_attack_options_set_f(work->options, work->f);
  certigar_attack_options_set_seed(work->options, seed, 0);
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
  work->rows = at += head;
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++, at += item) {
      const unsigned char *from = (const unsigned char *)m->data + (ptrdiff_t)i * m->row_stride + (ptrdiff_t)c * m->column_stride;
      for (size_t b = 0; b < item; b++) at[b] = from[m->byte_swapped ? item - 1 - b : b];
    }
  return 1;
}

static int open_plan(job *work, const char *rule_name, certigar_message *message)
{
  certigar_rule rule;
  int status = rule_name_parse(rule_name, &rule);
  if (status != 0) return status;
  certigar_options *options = certigar_options_new();
  if (!options) return complain(STATUS_OUTPUT, "no memory");
  certigar_options_set_f(options, work->f);
  certigar_status made = certigar_plan_new(&work->plan, rule, work->in.dtype, work->in.matrix.n, options, message);
  certigar_options_free(options);
  if (made != CERTIGAR_OK) return complain(STATUS_USAGE, "%s", message->text);
  certigar_attack_options_set_plan(work->options, work->plan);
  return 0;
}

static int run(job *work, const char *in, const char *out, const char *rule)
{
  certigar_message message = {""};
  if (!input_open(&work->in, in, NPY_MATRIX, &message)) return complain(STATUS_INPUT, "%s: %s", setup_display(in, "standard input"), message.text);
  size_t n = work->in.matrix.n, d = work->in.matrix.d;
  int status = rule ? open_plan(work, rule, &message) : 0;
  if (status != 0) return status;
  if (!copy_input(work, out, &message)) return complain_output(out, &message);
  certigar_status sent = work->in.dtype == CERTIGAR_FLOAT64 ? certigar_attack_f64(work->kind, work->rows, n, d, work->q, work->options, &message)
                                                           : certigar_attack_f32(work->kind, work->rows, n, d, work->q, work->options, &message);
  if (sent != CERTIGAR_OK) return complain(sent == CERTIGAR_NO_MEMORY ? STATUS_OUTPUT : STATUS_USAGE, "%s", message.text);
  if (output_finish(&work->out, &message) && output_publish(&work->out, &message)) return 0;
  return complain_output(out, &message);
}

int command_attack(int argc, char **argv)
{
  job work = {.out = output_none, .options = certigar_attack_options_new()};
  const char *values[COUNT];
  size_t operands;
  int status = work.options ? options_parse(argc, argv, "attack", specs, COUNT, values, NULL, &operands) : complain(STATUS_OUTPUT, "no memory");
  if (status == 0 && (values[HELP] || values[HELP_LETTER])) {
    certigar_attack_options_free(work.options);
    return command_help("attack");
  }
  if (status == 0) status = parse(values, argv, operands, &work);
  if (status == 0) status = run(&work, argv[1], values[OUTPUT], values[RULE]);
  output_discard(&work.out);
  certigar_plan_free(work.plan);
  certigar_attack_options_free(work.options);
  input_close(&work.in);
  return status;
}
