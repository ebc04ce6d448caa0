/* The summary on standard output: a line for each rule, and for what failed the reason and the commands that show it. */
#include "audit.h"
#include "json.h"

static void write_rule(FILE *to, const audit *a, size_t rule_at)
{
  tally t;
  int first = 1;
  tally_rule(&t, a, rule_at);
  fprintf(to, "%-18s", certigar_rule_name(a->settings.rules[rule_at]));
  for (int of = 0; of < OUTCOME_COUNT; of++) {
    if (t.outcomes[of] == 0) continue;
    fprintf(to, "%s%zu %s", first ? "" : ", ", t.outcomes[of], outcome_name(of));
    first = 0;
  }
  if (t.own > 0) fprintf(to, " (%zu with the rule's own parameters, not the vectors')", t.own);
  putc('\n', to);
}

static void write_evidence(FILE *to, const json_t *described, int kind)
{
  const char *check = json_text(described, "check");
  fprintf(to, "\n%s, the %s: %s (n = %lld, d = %lld, f = %lld, %s, %s)\n", json_text(described, "rule"), evidence_name(kind),
          json_text(described, "outcome"), (long long)json_integer_value(json_object_get(described, "n")),
          (long long)json_integer_value(json_object_get(described, "d")), (long long)json_integer_value(json_object_get(described, "f")),
          json_text(described, "dtype"), json_text(described, "generator"));
  if (json_text(described, "reason")[0] != '\0') fprintf(to, "  %s\n", json_text(described, "reason"));
  if (json_is_false(json_object_get(described, "reproduced"))) fputs("  This did not happen again when the case was asked once more.\n", to);
  fprintf(to, "  %s\n", json_text(described, "ask"));
  if (check[0] != '\0') fprintf(to, "  %s\n", check);
}

void report_text_write(FILE *to, const audit *a)
{
  size_t good = 0, against = 0, other = 0;
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    tally t;
    tally_rule(&t, a, i);
    write_rule(to, a, i);
    good += t.good;
    against += t.against;
    other += t.other;
  }
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    for (int kind = 0; kind < EVIDENCE_KINDS; kind++)
      if (a->evidence[i][kind] != NULL) write_evidence(to, a->evidence[i][kind], kind);
  }
  fprintf(to, "\n%zu answers are right, %zu are not, %zu were not judged\n", good, against, other);
  if (against == 0 && !audit_passed(a)) fputs("A rule of which no answer was judged has not passed.\n", to);
}
