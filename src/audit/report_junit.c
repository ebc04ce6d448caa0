/* JUnit XML, as CI systems read it: a testsuite for each rule, a testcase for each generator in it. A failure is an answer against the program; an
 * error is no answer (crash, time limit, protocol). */
#include "audit.h"
#include "cases/generators.h"
#include "markup.h"

#include <string.h>

typedef struct counts {
  size_t cases, judged, failures, milliseconds;
  const record *first; /* the first that failed */
} counts;

static int is_error(const record *r)
{
  return r->outcome >= OUTCOME_CRASH && r->outcome <= OUTCOME_NOT_RUN;
}

static counts count(const audit *a, size_t rule_at, const char *generator)
{
  counts c = {.cases = 0};
  for (size_t i = 0; i < a->settings.cases; i++) {
    const record *r = &a->records[rule_at * a->settings.cases + i];
    if (strcmp(r->generator, generator) != 0) continue;
    c.cases++;
    c.milliseconds += r->milliseconds;
    c.judged += (size_t)(outcome_is_for(r->outcome) || outcome_is_against(r->outcome));
    c.failures += (size_t)outcome_is_against(r->outcome);
    if (c.first == NULL && outcome_is_against(r->outcome)) c.first = r;
  }
  return c;
}

static void write_failure(FILE *to, const counts *c)
{
  const record *r = c->first;
  const char *element = is_error(r) ? "error" : "failure";
  fprintf(to, "      <%s type=\"%s\" message=\"", element, outcome_name(r->outcome));
  markup_text(to, r->reason);
  fprintf(to, "\">%zu of %zu cases; the first is case %zu: n = %zu, d = %zu, f = %zu", c->failures, c->cases, r->index, r->n, r->d, r->f);
  if (r->tail != NULL) {
    fputs("\nstandard error:\n", to);
    markup_text(to, r->tail);
  }
  fprintf(to, "</%s>\n", element);
}

static void write_testcase(FILE *to, const char *rule, const char *generator, const counts *c)
{
  fprintf(to, "    <testcase classname=\"certigar.%s\" name=\"%s\" time=\"%zu.%03zu\">\n", rule, generator, c->milliseconds / 1000,
          c->milliseconds % 1000);
  if (c->first != NULL) write_failure(to, c);
  else if (c->judged == 0) fputs("      <skipped message=\"unsupported, or the rule has no value\"/>\n", to);
  fputs("    </testcase>\n", to);
}

static void write_suite(FILE *to, const audit *a, size_t rule_at)
{
  const char *rule = certigar_rule_name(a->settings.rules[rule_at]);
  size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  for (size_t g = 0; g < case_generator_count; g++) {
    counts c = count(a, rule_at, case_generators[g].name);
    tests += c.cases > 0;
    failures += c.first != NULL && !is_error(c.first);
    errors += c.first != NULL && is_error(c.first);
    skipped += c.cases > 0 && c.judged == 0;
  }
  fprintf(to, "  <testsuite name=\"%s\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\">\n", rule, tests, failures, errors, skipped);
  for (size_t g = 0; g < case_generator_count; g++) {
    counts c = count(a, rule_at, case_generators[g].name);
    if (c.cases > 0) write_testcase(to, rule, case_generators[g].name, &c);
  }
  fputs("  </testsuite>\n", to);
}

void report_junit_write(FILE *to, const audit *a)
{
  fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"certigar audit\">\n", to);
  for (size_t i = 0; i < a->settings.rule_count; i++) write_suite(to, a, i);
  fputs("</testsuites>\n", to);
}
