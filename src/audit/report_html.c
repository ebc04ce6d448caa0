/* The report for people: one page, nothing from the network, whole without scripts. Words are escaped where they come in; the scripts only sort,
 * filter and copy. */
#include "audit.h"
#include "identity.h"
#include "markup.h"
#include "page.h"
#include "report_assets.h"

#include <stdlib.h>

const char *page_meaning(int of)
{
  static const char *const meanings[OUTCOME_COUNT] = {
      [CERTIGAR_VERDICT_EXACT] = "the rule's output, bit for bit",
      [CERTIGAR_VERDICT_TIE] = "bit for bit what another choice of an exact tie gives",
      [CERTIGAR_VERDICT_ROUNDING] = "within the error of summing in this dtype in any order",
      [CERTIGAR_VERDICT_BREACH] = "the guarantee of the rule fails, or the output is not finite though it must be",
      [CERTIGAR_VERDICT_AMBIGUOUS] = "another selection, whose scores differ by less than the dtype can tell",
      [CERTIGAR_VERDICT_PROFILE] = "the output of another published definition",
      [CERTIGAR_VERDICT_WRONG] = "none of the others",
      [OUTCOME_CRASH] = "the program ended before the answer was whole",
      [OUTCOME_TIMEOUT] = "no whole answer within the time limit",
      [OUTCOME_PROTOCOL] = "an answer that is no answer: malformed, of another type or length",
      [OUTCOME_ERROR] = "the program reported an error where the rule has a value",
      [OUTCOME_NOT_RUN] = "not asked, after time limits in a row or nothing but crashes",
      [OUTCOME_UNSUPPORTED] = "the program does not have the rule or its parameters",
      [OUTCOME_NO_VALUE] = "the rule has no value for the input"};
  return meanings[of];
}

void page_count(FILE *to, size_t count, const char *one)
{
  fprintf(to, "%zu %s%s", count, one, count == 1 ? "" : "s");
}

static void write_program(FILE *to, const audit *a)
{
  json_t *program = journal_program(&a->settings);
  const json_t *word;
  size_t i;
  json_array_foreach(program, i, word) {
    if (i > 0) putc(' ', to);
    markup_text(to, json_string_value(word));
  }
  json_decref(program);
}

static tally sum_of_rules(const audit *a)
{
  tally sum = {.good = 0}, t;
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    tally_rule(&t, a, i);
    sum.good += t.good;
    sum.against += t.against;
    sum.other += t.other;
    sum.milliseconds += t.milliseconds;
  }
  return sum;
}

static void write_head(FILE *to, const audit *a)
{
  fputs("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src "
        "data:; "
        "base-uri 'none'; form-action 'none'\">\n<link rel=\"icon\" href=\"data:,\">\n<title>Audit of ",
        to);
  write_program(to, a);
  fprintf(to, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#verdicts\">Skip to the verdicts</a>\n", report_style);
}

static void write_fact(FILE *to, const char *what)
{
  fprintf(to, "<div><dt>%s</dt><dd>", what);
}

static void write_facts(FILE *to, const audit *a, const tally *sum)
{
  const audit_settings *settings = &a->settings;
  fputs("<dl class=\"facts\">\n", to);
  write_fact(to, "Cases");
  page_count(to, settings->cases, "case");
  fprintf(to, " of each of ");
  page_count(to, settings->rule_count, "rule");
  fputs("</dd></div>\n", to);
  write_fact(to, "Seed");
  fprintf(to, "%llu</dd></div>\n", (unsigned long long)settings->seed);
  write_fact(to, "Held to");
  fprintf(to, "specification %s, spec/rules.md</dd></div>\n", CERTIGAR_SPEC_VERSION);
  write_fact(to, "Time of the answers");
  fprintf(to, "%zu.%zu s</dd></div>\n", sum->milliseconds / 1000, sum->milliseconds % 1000 / 100);
  write_fact(to, "certigar");
  fprintf(to, "%s, commit <span class=\"hash\">%.12s</span></dd></div>\n</dl>\n", CERTIGAR_VERSION, CERTIGAR_COMMIT);
}

static void write_banner(FILE *to, const audit *a)
{
  tally sum = sum_of_rules(a);
  int passed = audit_passed(a);
  fputs("<header class=\"top\">\n<p class=\"kind\">certigar audit</p>\n<h1>", to);
  write_program(to, a);
  fprintf(to, "</h1>\n<div class=\"banner %s\"><p class=\"result\"><span class=\"mark\" aria-hidden=\"true\">%s</span> %s</p>\n<p>",
          passed ? "good" : "bad", passed ? "\xe2\x9c\x93" : "\xe2\x9c\x95", passed ? "Passed" : "Not passed");
  page_count(to, sum.good, "answer");
  fprintf(to, " %s right, <strong>%zu %s not</strong>, %zu %s not judged.", sum.good == 1 ? "is" : "are", sum.against,
          sum.against == 1 ? "is" : "are", sum.other, sum.other == 1 ? "was" : "were");
  if (sum.against == 0 && !passed) fputs(" A rule of which no answer was judged has not passed.", to);
  fputs("</p></div>\n", to);
  write_facts(to, a, &sum);
  fputs("</header>\n<nav aria-label=\"Sections\"><ul>\n<li><a href=\"#verdicts\">Verdicts</a></li><li><a href=\"#evidence\">Failing inputs</a></li>"
        "<li><a href=\"#errors\">Errors</a></li><li><a href=\"#margins\">Margins</a></li><li><a href=\"#profiles\">Definitions</a></li>"
        "<li><a href=\"#ledger\">Assurance</a></li>\n</ul></nav>\n",
        to);
}

static void write_meanings(FILE *to)
{
  fputs("<section id=\"meanings\" aria-labelledby=\"meanings-title\">\n<h2 id=\"meanings-title\">What the words mean</h2>\n<dl class=\"meanings\">\n",
        to);
  for (int of = 0; of < OUTCOME_COUNT; of++) {
    const char *side = outcome_is_for(of) ? "for the program" : outcome_is_against(of) ? "against it" : "neither";
    fprintf(to, "<div><dt>%s</dt><dd>", outcome_name(of));
    markup_text(to, page_meaning(of));
    fprintf(to, " <span class=\"side\">(%s)</span></dd></div>\n", side);
  }
  fputs("</dl>\n</section>\n", to);
}

/* The result once more for programs that have only the page. */
static void write_data(FILE *to, const audit *a)
{
  char *text = NULL;
  size_t size;
  FILE *memory = open_memstream(&text, &size);
  if (memory == NULL) return;
  report_json_write(memory, a);
  if (fclose(memory) == 0) {
    fputs("<script type=\"application/json\" id=\"audit-data\">", to);
    markup_json(to, text);
    fputs("</script>\n", to);
  }
  free(text);
}

void report_html_write(FILE *to, const audit *a)
{
  write_head(to, a);
  write_banner(to, a);
  fputs("<main>\n", to);
  page_matrix(to, a);
  page_evidence(to, a);
  page_errors(to, a);
  page_margins(to, a);
  page_profiles(to, a);
  write_meanings(to);
  page_ledger(to, a);
  fputs("</main>\n<footer><p>Answers were judged by the exact result of each rule; the specification of rules and verdicts is in the source "
        "distribution of "
        "certigar, spec/rules.md and spec/verdicts.md.</p></footer>\n",
        to);
  write_data(to, a);
  fprintf(to, "<script>\n%s</script>\n</body>\n</html>\n", report_script);
}
