/* What this build claims of itself, and what each claim rests on: spec/ledger.json, as it was when the program was built. */
#include "identity.h"
#include "json.h"
#include "markup.h"
#include "page.h"
#include "proofs.h"
#include "report_assets.h"

static void write_cell(FILE *to, const json_t *row, const char *key)
{
  fputs("<td>", to);
  markup_text(to, json_text(row, key));
  fputs("</td>", to);
}

static const char *level_meaning(char level)
{
  switch (level) {
    case 'A': return "functional contract, memory safety and termination proved";
    case 'B': return "memory safety, bounds and termination proved";
    case 'C': return "tested and fuzzed only";
    case 'D': return "a theorem about the definitions alone";
    default: return "shown by Frama-C/Eva for the values that a driver states";
  }
}

static size_t count_level(const json_t *claims, char level)
{
  size_t count = 0, i;
  const json_t *row;
  json_array_foreach(claims, i, row) count += json_text(row, "level")[0] == level;
  return count;
}

typedef struct column {
  const char *key, *title;
} column;

static void write_table(FILE *to, const char *name, const column *columns, size_t count, const json_t *rows)
{
  const json_t *row;
  size_t i;
  fprintf(to, "<div class=\"scroll\" role=\"region\" aria-label=\"%s\" tabindex=\"0\">\n", name);
  fprintf(to, "<table class=\"ledger\">\n<caption>%s</caption>\n<thead><tr>", name);
  for (size_t c = 0; c < count; c++) fprintf(to, "<th scope=\"col\">%s</th>", columns[c].title);
  fputs("</tr></thead>\n<tbody>\n", to);
  json_array_foreach(rows, i, row) {
    fputs("<tr>", to);
    for (size_t c = 0; c < count; c++) write_cell(to, row, columns[c].key);
    fputs("</tr>\n", to);
  }
  fputs("</tbody>\n</table>\n</div>", to);
}

void page_ledger(FILE *to, const audit *a)
{
  json_t *ledger = json_loads(report_ledger, 0, NULL);
  const json_t *claims = json_object_get(ledger, "claims"), *trusted = json_object_get(ledger, "trusted");
  static const column of_claims[] = {{"level", "level"}, {"claim", "claim"}, {"source", "source"}, {"file", "where"}};
  static const column of_trusted[] = {{"what", "what"}, {"why", "why"}, {"risk", "residual risk"}};
  (void)a;
  fprintf(to,
          "<section id=\"ledger\" aria-labelledby=\"ledger-title\">\n<h2 id=\"ledger-title\">What the judge rests on</h2>\n"
          "<p>The exact results come from certigar %s, commit <span class=\"hash\">%s</span>. Proof runs of it demand %s. The list of these "
          "has the SHA-256 <span class=\"hash\">%s</span>.</p>\n<ul class=\"levels\">\n",
          CERTIGAR_VERSION, CERTIGAR_COMMIT, CERTIGAR_PROOFS_SUMMARY, CERTIGAR_MANIFEST_SHA256);
  for (char level = 'A'; level <= 'E'; level++) {
    size_t count = count_level(claims, level);
    if (count > 0) fprintf(to, "<li><strong>%zu</strong> at level %c: %s</li>\n", count, level, level_meaning(level));
  }
  fputs("</ul>\n", to);
  fprintf(to, "<details><summary>All %zu claims</summary>\n", json_array_size(claims));
  write_table(to, "Claims", of_claims, sizeof of_claims / sizeof *of_claims, claims);
  fprintf(to, "</details>\n<details><summary>What is trusted without proof: %zu rows</summary>\n", json_array_size(trusted));
  write_table(to, "Trusted", of_trusted, sizeof of_trusted / sizeof *of_trusted, trusted);
  fputs("</details>\n</section>\n", to);
  json_decref(ledger);
}
