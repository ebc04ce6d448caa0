/* What this build claims of itself, and what each claim rests on: spec/ledger.json, as it was when the program was built. */
#include "identity.h"
#include "markup.h"
#include "page.h"
#include "report_assets.h"

#include <string.h>

#if defined __has_include
#if __has_include("proofs_summary.h")
#include "proofs_summary.h"
#endif
#endif
#ifndef CERTIGAR_PROOFS_SUMMARY
#define CERTIGAR_PROOFS_SUMMARY "unknown: this build was made without a proof report"
#endif

static const char *text_of(const json_t *object, const char *key)
{
  const char *text = json_string_value(json_object_get(object, key));
  return text != NULL ? text : "";
}

static void write_cell(FILE *to, const json_t *row, const char *key)
{
  fputs("<td>", to);
  markup_text(to, text_of(row, key));
  fputs("</td>", to);
}

static const char *level_meaning(char level)
{
  switch (level) {
    case 'A': return "functional contract, memory safety and termination proved";
    case 'B': return "memory safety, bounds and termination proved";
    case 'C': return "tested and fuzzed only";
    default: return "a theorem about the definitions alone";
  }
}

static size_t count_level(const json_t *claims, char level)
{
  size_t count = 0, i;
  const json_t *row;
  json_array_foreach(claims, i, row) count += text_of(row, "level")[0] == level;
  return count;
}

static void write_claims(FILE *to, const json_t *claims)
{
  const json_t *row;
  size_t i;
  fprintf(to,
          "<details><summary>All %zu claims</summary>\n<div class=\"scroll\" role=\"region\" aria-label=\"Claims\" tabindex=\"0\">\n<table "
          "class=\"ledger\">\n<caption>Claims</caption>\n<thead><tr>"
          "<th scope=\"col\">level</th><th scope=\"col\">claim</th><th scope=\"col\">source</th><th scope=\"col\">where</th></tr></thead>\n<tbody>\n",
          json_array_size(claims));
  json_array_foreach(claims, i, row) {
    fputs("<tr>", to);
    write_cell(to, row, "level");
    write_cell(to, row, "claim");
    write_cell(to, row, "source");
    write_cell(to, row, "file");
    fputs("</tr>\n", to);
  }
  fputs("</tbody>\n</table>\n</div></details>\n", to);
}

static void write_trusted(FILE *to, const json_t *trusted)
{
  const json_t *row;
  size_t i;
  fprintf(to,
          "<details><summary>What is trusted without proof: %zu rows</summary>\n<div class=\"scroll\" role=\"region\" aria-label=\"Trusted\" "
          "tabindex=\"0\">\n<table class=\"ledger\">\n<caption>Trusted</caption>\n<thead><tr>"
          "<th scope=\"col\">what</th><th scope=\"col\">why</th><th scope=\"col\">residual risk</th></tr></thead>\n<tbody>\n",
          json_array_size(trusted));
  json_array_foreach(trusted, i, row) {
    fputs("<tr>", to);
    write_cell(to, row, "what");
    write_cell(to, row, "why");
    write_cell(to, row, "risk");
    fputs("</tr>\n", to);
  }
  fputs("</tbody>\n</table>\n</div></details>\n", to);
}

void page_ledger(FILE *to, const audit *a)
{
  json_t *ledger = json_loads(report_ledger, 0, NULL);
  const json_t *claims = json_object_get(ledger, "claims"), *trusted = json_object_get(ledger, "trusted");
  (void)a;
  fprintf(to,
          "<section id=\"ledger\" aria-labelledby=\"ledger-title\">\n<h2 id=\"ledger-title\">What the judge rests on</h2>\n"
          "<p>The exact results come from certigar %s, commit <span class=\"hash\">%s</span>. Proof runs of it demand %s. The list of what is proved "
          "has the "
          "SHA-256 <span class=\"hash\">%s</span>.</p>\n<ul class=\"levels\">\n",
          CERTIGAR_VERSION, CERTIGAR_COMMIT, CERTIGAR_PROOFS_SUMMARY, CERTIGAR_MANIFEST_SHA256);
  for (char level = 'A'; level <= 'D'; level++) {
    size_t count = count_level(claims, level);
    if (count > 0) fprintf(to, "<li><strong>%zu</strong> at level %c: %s</li>\n", count, level, level_meaning(level));
  }
  fputs("</ul>\n", to);
  write_claims(to, claims);
  write_trusted(to, trusted);
  fputs("</section>\n", to);
  json_decref(ledger);
}
