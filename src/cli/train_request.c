#include "train_request.h"

#include "options.h"
#include "picture_name.h"
#include "report.h"
#include "suggest.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Options with a number, which go straight to their place. */
typedef struct number_option {
  const char *name;
  size_t place;  /* in train_request */
  int whole;     /* an integer; else a double */
} number_option;

#define WHOLE(name, member) {name, offsetof(train_request, member), 1}
#define REAL(name, member) {name, offsetof(train_request, member), 0}

static const number_option numbers[] = {
    WHOLE("-n", run.n), WHOLE("--byzantine", run.q), WHOLE("--batch", run.batch), WHOLE("--steps", run.steps),
    WHOLE("--seed", run.seed), WHOLE("--rate-every", run.rate_every), WHOLE("--validation", run.validation), WHOLE("--target", run.target),
    WHOLE("--staleness", server.staleness), WHOLE("--refresh", server.refresh), WHOLE("--evaluate-every", evaluate_every),
    WHOLE("--checkpoint-every", checkpoint_every), WHOLE("--gradients-step", gradients_step),
    REAL("--rate", run.rate), REAL("--beta1", run.beta1), REAL("--beta2", run.beta2), REAL("--eps", run.eps), REAL("--l2", run.l2),
    REAL("--clip", run.clip), REAL("--alpha", run.alpha), REAL("--rho", run.rho), REAL("--epsilon", server.epsilon),
    REAL("--strength", run.strength),
};

enum { NUMBERS = sizeof numbers / sizeof *numbers };
enum { DATA = NUMBERS, DATA_DIR, MODEL, OPTIMIZER, DRA, RULE, F, M, MEDIAN, PARAM, PRE, ATTACK, OMNISCIENT, OWN, DROP, THREADS, CSV, PLOT, CHECKPOINT, RESUME,
       GRADIENTS, HELP, HELP_LETTER, COUNT };

static const option_spec words[COUNT] = {
    [DATA] = {"--data", "generated|mnist|fashion|cifar", 0},
    [DATA_DIR] = {"--data-dir", "DIRECTORY", 0},
    [MODEL] = {"--model", "softmax|mlp|mnist|lenet|cifar, or layers", 0},
    [OPTIMIZER] = {"--optimizer", "sgd|resam|adam|dra|mra", 0},
    [DRA] = {"--dra", "algorithm10|eq3.1", 0},
    [RULE] = {"--rule", "RULE", 0},
    [F] = {"-f", "F", 0},
    [M] = {"-m", "M", 0},
    [MEDIAN] = {"--median", "midpoint|lower|upper", 0},
    [PARAM] = {"--param", "KEY=VALUE", 1},
    [PRE] = {"--pre", "nnm|bucketing:s=S[,seed=X]|clip:tau=T|arc", 1},
    [ATTACK] = {"--attack", "NAME", 0},
    [OMNISCIENT] = {"--omniscient", NULL, 0},
    [OWN] = {"--own", NULL, 0},
    [DROP] = {"--drop-negative", NULL, 0},
    [THREADS] = {"--threads", "T", 0},
    [CSV] = {"--csv", "FILE", 0},
    [PLOT] = {"--plot", "FILE.svg", 0},
    [CHECKPOINT] = {"--checkpoint", "FILE", 0},
    [RESUME] = {"--resume", NULL, 0},
    [GRADIENTS] = {"--dump-gradients", "FILE.npy", 0},
    [HELP] = {"--help", NULL, 0},
    [HELP_LETTER] = {"-h", NULL, 0},
};

static int set_number(const number_option *option, const char *typed, train_request *out)
{
  char *place = (char *)out + option->place, *end;
  if (option->whole) {
    size_t value;
    if (!option_number(typed, &value)) return complain(STATUS_USAGE, "%s must be a whole number, got '%s'", option->name, typed);
    memcpy(place, &value, sizeof value);
    return 0;
  }
  double value = strtod(typed, &end);
  if (end == typed || *end || isnan(value)) return complain(STATUS_USAGE, "%s must be a number, got '%s'", option->name, typed);
  memcpy(place, &value, sizeof value);
  return 0;
}

/* The index of a word in a list that ends with NULL; -1, and a complaint, if it is not there. The list is short. */
static int find_word(const char *option, const char *typed, const char *const *list)
{
  char all[256] = "";
  for (int i = 0; list[i]; i++) {
    if (strcmp(typed, list[i]) == 0) return i;
    strcat(strcat(all, i ? ", " : ""), list[i]);
  }
  size_t count = 0;
  while (list[count]) count++;
  const char *meant = suggest(typed, list, count);
  if (meant) complain(STATUS_USAGE, "%s: unknown '%s'; did you mean '%s'?", option, typed, meant);
  else complain(STATUS_USAGE, "%s must be one of %s; got '%s'", option, all, typed);
  return -1;
}

static int unknown_attack(const char *typed)
{
  const char *names[64], *meant;
  size_t count = 0;
  for (; count < attack_count; count++) names[count] = attacks[count].name;
  names[count++] = "none";
  meant = suggest(typed, names, count);
  if (meant) return complain(STATUS_USAGE, "unknown attack '%s'; did you mean '%s'?", typed, meant);
  return complain(STATUS_USAGE, "unknown attack '%s'; 'certigar help attack' lists them", typed);
}

/* The place of an option with a number among the values. */
static size_t number_named(const char *name)
{
  size_t i = 0;
  while (strcmp(numbers[i].name, name) != 0) i++;
  return i;
}

static int parse_attack(const char *const *values, train_request *out)
{
  out->attack = values[ATTACK] ? values[ATTACK] : "none";
  if (values[OMNISCIENT] && values[OWN]) return complain(STATUS_USAGE, "--omniscient and --own exclude each other");
  out->run.omniscient = values[OMNISCIENT] ? 1 : values[OWN] ? 0 : -1;
  if (strcmp(out->attack, "none") == 0) return 0;
  const attack *found = attack_named(out->attack);
  if (!found) return unknown_attack(out->attack);
  if (strcmp(found->name, "label-flip") == 0) out->run.labels = LABELS_REVERSED;
  else if (strcmp(found->name, "label-permutation") == 0) out->run.labels = LABELS_PERMUTED;
  else out->run.attack = found;
  if (values[OWN] && found->searches)
    return complain(STATUS_USAGE, "--own: %s tries the rule on all rows, so it must see the honest ones: leave --own out", found->name);
  if (values[number_named("--strength")] && !attack_takes_strength(found)) return complain(STATUS_USAGE, "%s has no strength: leave --strength out", found->name);
  if (values[number_named("--target")] && !attack_takes_target(found)) return complain(STATUS_USAGE, "%s has no target: leave --target out", found->name);
  return 0;
}

static int parse_rule(const char *const *values, const option_list *list, train_request *out)
{
  rule_words rule = {.rule = values[RULE] ? values[RULE] : "trimmed-mean", .f = values[F], .m = values[M], .median = values[MEDIAN], .threads = values[THREADS]};
  out->asynchronous = strcmp(rule.rule, "zeno++") == 0;
  if (out->asynchronous) {
    if (values[M] || values[MEDIAN] || values[PARAM] || values[PRE])
      return complain(STATUS_USAGE, "zeno++ has --rho, --epsilon, --staleness, --refresh and --validation: leave -m, --median, --param and --pre out");
    rule.rule = "average"; /* not used */
    out->run.validation = 100;
  }
  for (size_t i = 0; i < list->count; i++) {
    if (list->which[i] == PARAM && rule.param_count < PRE_MAX) rule.params[rule.param_count++] = list->values[i];
    else if (list->which[i] == PRE && rule.pre_count < PRE_MAX) rule.pres[rule.pre_count++] = list->values[i];
    else return complain(STATUS_USAGE, "--param and --pre may be given %d times", PRE_MAX);
  }
  int status = request_parse_rule(&rule, &out->rule.asked);
  const request *asked = &out->rule.asked;
  if (status != 0) return status;
  if (asked->scores[0] || asked->centre[0]) return complain(STATUS_USAGE, "train makes scores by itself, and its centre is zero: leave scores and centre out");
  if (asked->rule == CERTIGAR_ZENO && !values[F] && !asked->has_b && !values[number_named("--byzantine")])
    return complain(STATUS_USAGE, "zeno needs -f F or --param b=B: how many rows it leaves out");
  if (asked->rule == CERTIGAR_ZENO && asked->pre_count) return complain(STATUS_USAGE, "zeno scores what workers send: leave --pre out");
  if (out->asynchronous && out->run.optimizer != OPTIMIZER_SGD) return complain(STATUS_USAGE, "zeno++ takes gradients as they come: leave --optimizer out");
  out->run.rule = asked->rule;
  out->run.f = asked->f;
  out->has_f = values[F] != NULL || asked->has_b;
  out->run.threads = asked->threads;
  return 0;
}

static void set_defaults(train_request *out)
{
  int adam = out->run.optimizer == OPTIMIZER_ADAM || out->run.optimizer == OPTIMIZER_DRA || out->run.optimizer == OPTIMIZER_MRA;
  out->run.rate = adam ? 0.001 : 0.5;
}

static int parse_words(const char *const *values, const option_list *list, train_request *out)
{
  static const char *const optimizers[] = {"sgd", "resam", "adam", "dra", "mra", NULL}, *const readings[] = {"algorithm10", "eq3.1", NULL};
  int which = values[OPTIMIZER] ? find_word("--optimizer", values[OPTIMIZER], optimizers) : 0;
  if (which < 0) return STATUS_USAGE;
  out->run.optimizer = (optimizer_kind)which;
  which = values[DRA] ? find_word("--dra", values[DRA], readings) : 0;
  if (which < 0) return STATUS_USAGE;
  out->run.dra = (floor_kind)which;
  if (values[DRA] && out->run.optimizer != OPTIMIZER_DRA) return complain(STATUS_USAGE, "--dra is for --optimizer dra");
  if (values[DROP] && out->run.optimizer != OPTIMIZER_MRA) return complain(STATUS_USAGE, "--drop-negative is for --optimizer mra");
  out->run.drop_negative = values[DROP] != NULL;
  set_defaults(out);
  int status = parse_attack(values, out);
  return status == 0 ? parse_rule(values, list, out) : status;
}

/* Files are regular ones, each its own. */
static int check_files(const train_request *out)
{
  const char *const files[] = {out->csv, out->plot, out->checkpoint, out->gradients};
  static const char *const names[] = {"--csv", "--plot", "--checkpoint", "--dump-gradients"};
  for (size_t i = 0; i < 4; i++) {
    if (files[i] && strcmp(files[i], "-") == 0) return complain(STATUS_USAGE, "%s takes a file, not standard output", names[i]);
    for (size_t j = 0; files[i] && j < i; j++)
      if (files[j] && strcmp(files[i], files[j]) == 0) return complain(STATUS_USAGE, "%s and %s are the same file, %s", names[j], names[i], files[i]);
  }
  return out->plot ? picture_name_check("--plot", out->plot) : 0;
}

/* Names that do not depend on anything else. */
static int parse_data(const char *const *values, train_request *out)
{
  static const char *const names[] = {"generated", "mnist", "fashion", "cifar"};
  out->data = values[DATA] ? values[DATA] : names[0];
  for (size_t i = 0; i < 4; i++)
    if (strcmp(out->data, names[i]) == 0) return 0;
  const char *meant = suggest(out->data, names, 4);
  if (meant) return complain(STATUS_USAGE, "unknown data '%s'; did you mean '%s'?", out->data, meant);
  return complain(STATUS_USAGE, "--data must be generated, mnist, fashion or cifar, got '%s'", out->data);
}

static int complete(const char *const *values, train_request *out)
{
  int attacked = strcmp(out->attack, "none") != 0;
  if (!values[number_named("--byzantine")]) out->run.q = attacked ? out->run.f : 0;
  if (attacked && !values[number_named("--byzantine")] && out->run.f == 0)
    return complain(STATUS_USAGE, "--attack %s needs somebody who attacks: -f F, or --byzantine Q", out->attack);
  if (out->asynchronous) out->rule.asked.f = 0;
  if (out->run.steps < 1) return complain(STATUS_USAGE, "--steps must be at least 1, got 0");
  if (out->evaluate_every < 1) return complain(STATUS_USAGE, "--evaluate-every must be at least 1, got 0");
  if (out->checkpoint_every < 1) return complain(STATUS_USAGE, "--checkpoint-every must be at least 1, got 0");
  if (out->gradients_step < 1 || out->gradients_step > out->run.steps)
    return complain(STATUS_USAGE, "--gradients-step must be 1 to the %zu steps, got %zu", out->run.steps, out->gradients_step);
  if (out->asynchronous && out->run.rate_every) return complain(STATUS_USAGE, "zeno++ has one rate, which is its gamma: leave --rate-every out");
  if (out->resume && !out->checkpoint) return complain(STATUS_USAGE, "--resume needs --checkpoint FILE");
  if (out->resume && out->plot && !out->csv)
    return complain(STATUS_USAGE, "--resume --plot needs --csv FILE: the picture is of all steps, and the checkpoint has none of those before it");
  if (out->gradients && out->asynchronous) return complain(STATUS_USAGE, "--dump-gradients: zeno++ has one row at a time");
  if (out->asynchronous && !values[number_named("--rho")]) out->run.rho = out->run.rate / 10;
  out->server.rho = out->run.rho;
  return check_files(out);
}

int train_request_parse(int argc, char **argv, train_request *out)
{
  option_spec specs[COUNT];
  const char *values[COUNT];
  option_list list;
  size_t operands;
  memcpy(specs, words, sizeof specs);
  for (size_t i = 0; i < NUMBERS; i++) specs[i] = (option_spec){numbers[i].name, "X", 0};
  memset(out, 0, sizeof *out);
  int status = options_parse(argc, argv, "train", specs, COUNT, values, &list, &operands);
  if (status != 0) return status;
  out->help = values[HELP] || values[HELP_LETTER];
  if (out->help) return 0;
  if (operands > 0) return complain(STATUS_USAGE, "unexpected operand '%s'; train takes options only", argv[0]);
  out->run = (training_options){.n = 15, .batch = 25, .steps = 200, .seed = 1, .beta1 = 0.99, .beta2 = 0.999, .eps = 1e-8, .l2 = 1e-4, .clip = 2,
                                .rho = 0.0005, .validation = 25, .strength = NAN};
  out->server = (asynchronous_options){.epsilon = 0, .staleness = 4, .refresh = 4};
  out->evaluate_every = 50;
  out->checkpoint_every = 100;
  out->gradients_step = 1;
  if ((status = parse_words(values, &list, out)) != 0) return status;
  for (size_t i = 0; i < NUMBERS; i++)
    if (values[i] && (status = set_number(&numbers[i], values[i], out)) != 0) return status;
  if ((status = parse_data(values, out)) != 0) return status;
  out->directory = values[DATA_DIR] ? values[DATA_DIR] : ".";
  out->model = values[MODEL] ? values[MODEL] : "mlp";
  out->csv = values[CSV];
  out->plot = values[PLOT];
  out->checkpoint = values[CHECKPOINT];
  out->resume = values[RESUME] != NULL;
  out->gradients = values[GRADIENTS];
  return complete(values, out);
}

void train_request_describe(const train_request *asked, text *out)
{
  const training_options *o = &asked->run;
  const request *rule = &asked->rule.asked;
  text_add(out, "data=%s samples=%zu model=%s n=%zu f=%zu q=%zu batch=%zu alpha=%a seed=%zu optimizer=%d dra=%d drop=%d", asked->data,
           o->data->train.count, asked->model, o->n, o->f, o->q, o->batch, o->alpha, (size_t)o->seed, (int)o->optimizer, (int)o->dra, o->drop_negative);
  text_add(out, " rate=%a/%zu beta=%a,%a eps=%a l2=%a clip=%a rule=%s", o->rate, o->rate_every, o->beta1, o->beta2, o->eps, o->l2, o->clip,
           asked->asynchronous ? "zeno++" : certigar_rule_name(o->rule));
  text_add(out, " m=%zu median=%d pivot=%zu variant=%d tolerance=%s brsgd=%s,%s tau=%s,%zu", rule->m, (int)rule->median, rule->pivot, (int)rule->variant,
           rule->tolerance, rule->beta, rule->threshold, rule->tau, rule->iterations);
  for (size_t i = 0; i < rule->pre_count; i++) text_add(out, " pre=%s", rule->pre[i].text);
  text_add(out, " rho=%a validation=%zu attack=%s strength=%a omniscient=%d target=%zu", o->rho, o->validation, asked->attack, o->strength, o->omniscient, o->target);
  if (asked->asynchronous)
    text_add(out, " epsilon=%a staleness=%zu refresh=%zu", asked->server.epsilon, asked->server.staleness, asked->server.refresh);
}
