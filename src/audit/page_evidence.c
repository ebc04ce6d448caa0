/* The failing inputs: what was asked, what was answered, what is right, and how to see it again. */
#include "json.h"
#include "markup.h"
#include "page.h"
#include "words.h"

#include <string.h>

enum { COLUMNS_SHOWN = 12, ROWS_SHOWN = 40 };

static size_t number_of(const json_t *object, const char *key)
{
  return (size_t)json_integer_value(json_object_get(object, key));
}

/* ---- the input as a table ---- */

static void write_cell(FILE *to, const json_t *bits, certigar_dtype dtype, int differs)
{
  char shown[WORD_SHOWN_SIZE];
  uint64_t word = 0;
  word_parse(json_string_value(bits), dtype, &word);
  word_show(shown, dtype, word);
  fprintf(to, "<td class=\"number%s\" title=\"%s\">%s%s</td>", differs ? " differs" : "", json_string_value(bits),
          differs ? "<span class=\"mark\" aria-hidden=\"true\">\xe2\x89\xa0</span><span class=\"only-read\">differs: </span>" : "", shown);
}

static int same_bits(const json_t *a, const json_t *b)
{
  return a == NULL || b == NULL || strcmp(json_string_value(a), json_string_value(b)) == 0;
}

/* score: of this row, or NULL; other: what each value is compared with, or NULL. */
static void write_row(FILE *to, const char *name, const json_t *values, const json_t *other, const json_t *score, int has_scores,
                      certigar_dtype dtype, const char *class)
{
  size_t count = json_array_size(values);
  fprintf(to, "<tr class=\"%s\"><th scope=\"row\">%s</th>", class, name);
  if (has_scores && score != NULL) write_cell(to, score, CERTIGAR_FLOAT64, 0);
  else if (has_scores) fputs("<td></td>", to);
  for (size_t i = 0; i < count && i < COLUMNS_SHOWN; i++)
    write_cell(to, json_array_get(values, i), dtype, !same_bits(json_array_get(values, i), json_array_get(other, i)));
  if (count > COLUMNS_SHOWN) fputs("<td>\xe2\x80\xa6</td>", to);
  fputs("</tr>\n", to);
}

static void write_head(FILE *to, size_t columns, int has_scores)
{
  fputs("<thead><tr><th scope=\"col\">row</th>", to);
  if (has_scores) fputs("<th scope=\"col\" class=\"number\">score</th>", to);
  for (size_t i = 0; i < columns && i < COLUMNS_SHOWN; i++) fprintf(to, "<th scope=\"col\" class=\"number\">%zu</th>", i);
  if (columns > COLUMNS_SHOWN) fprintf(to, "<th scope=\"col\">%zu more</th>", columns - COLUMNS_SHOWN);
  fputs("</tr></thead>\n", to);
}

static void write_input(FILE *to, const json_t *described)
{
  certigar_dtype dtype;
  const json_t *rows = json_object_get(described, "rows"), *scores = json_object_get(described, "scores");
  const json_t *right = json_object_get(described, "expected"), *given = json_object_get(described, "answer");
  size_t n = json_array_size(rows), d = json_array_size(json_array_get(rows, 0));
  int has_scores = json_is_array(scores);
  dtype_from_name(json_text(described, "dtype"), &dtype);
  fputs("<div class=\"scroll\" role=\"region\" aria-label=\"The input and the answer\" tabindex=\"0\">\n<table class=\"input\">\n<caption>The input, "
        "what is right, and the answer</caption>\n",
        to);
  write_head(to, d, has_scores);
  fputs("<tbody>\n", to);
  for (size_t i = 0; i < n && i < ROWS_SHOWN; i++) {
    char name[24];
    snprintf(name, sizeof name, "%zu", i);
    write_row(to, name, json_array_get(rows, i), NULL, json_array_get(scores, i), has_scores, dtype, "worker");
  }
  fputs("</tbody>\n<tbody class=\"outcome\">\n", to);
  if (json_is_array(right)) write_row(to, "right", right, NULL, NULL, has_scores, dtype, "right");
  if (json_is_array(given)) write_row(to, "answer", given, right, NULL, has_scores, dtype, "answer");
  fputs("</tbody>\n</table>\n</div>\n", to);
  if (n > ROWS_SHOWN || d > COLUMNS_SHOWN) fprintf(to, "<p class=\"note\">%zu rows and %zu columns in all: see the file.</p>\n", n, d);
}

/* ---- around it ---- */

static void write_command(FILE *to, const char *what, const char *command)
{
  if (command[0] == '\0') return;
  fprintf(to, "<p class=\"label\">%s</p>\n<pre class=\"command\" tabindex=\"0\"><code>", what);
  markup_text(to, command);
  fputs("</code></pre>\n", to);
}

static void write_one(FILE *to, const json_t *described, int kind)
{
  const char *margin = json_text(described, "margin"), *tail = json_text(described, "stderr");
  fprintf(to,
          "<article class=\"evidence\">\n<h4>The %s: <span class=\"verdict\"><span aria-hidden=\"true\">\xe2\x9c\x95</span> %s</span></h4>\n<p "
          "class=\"reason\">",
          evidence_name(kind), json_text(described, "outcome"));
  markup_text(to, json_text(described, "reason"));
  fputs("</p>\n", to);
  if (json_is_false(json_object_get(described, "reproduced")))
    fputs("<p class=\"note\">This did not happen again when the case was asked once more; the input is the case\xe2\x80\x99s own.</p>\n", to);
  fprintf(to, "<p class=\"shape\">n = %zu, d = %zu, f = %zu, %s; from case %zu (<span class=\"generator\">", number_of(described, "n"),
          number_of(described, "d"), number_of(described, "f"), json_text(described, "dtype"), number_of(described, "from"));
  markup_text(to, json_text(described, "generator"));
  fprintf(to, "</span>), shrunk with ");
  page_count(to, number_of(described, "requests"), "request");
  if (margin[0] != '\0') fprintf(to, "; margin %s", margin);
  fputs(".</p>\n", to);
  write_input(to, described);
  write_command(to, "Ask the program again", json_text(described, "ask"));
  write_command(to, "Judge its answer", json_text(described, "check"));
  if (tail[0] != '\0') {
    fputs("<details><summary>Standard error</summary><pre>", to);
    markup_text(to, tail);
    fputs("</pre></details>\n", to);
  }
  fputs("</article>\n", to);
}

/* Two cases often come down to one input. */
static int same_input(const json_t *a, const json_t *b)
{
  static const char *const keys[] = {"rows", "scores", "f", "dtype", "outcome", "answer"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (!json_equal(json_object_get(a, keys[i]), json_object_get(b, keys[i]))) return 0;
  return 1;
}

static void write_smallest(FILE *to, const json_t *smallest, const json_t *worst)
{
  if (smallest == NULL) fputs("<p class=\"note\">It is the smallest too.</p>\n", to);
  else if (!same_input(smallest, worst)) write_one(to, smallest, SMALLEST);
  else fprintf(to, "<p class=\"note\">The smallest, case %zu, was shrunk to the same.</p>\n", number_of(smallest, "from"));
}

void page_evidence(FILE *to, const audit *a)
{
  int any = 0;
  fputs("<section id=\"evidence\" aria-labelledby=\"evidence-title\">\n<h2 id=\"evidence-title\">Failing inputs</h2>\n", to);
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    const char *rule = certigar_rule_name(a->settings.rules[i]);
    if (a->evidence[i][WORST] == NULL) continue;
    any = 1;
    fprintf(to, "<section class=\"rule\" id=\"rule-%s\" aria-labelledby=\"rule-%s-title\">\n<h3 id=\"rule-%s-title\">%s</h3>\n", rule, rule, rule,
            rule);
    write_one(to, a->evidence[i][WORST], WORST);
    write_smallest(to, a->evidence[i][SMALLEST], a->evidence[i][WORST]);
    fputs("</section>\n", to);
  }
  if (!any) fputs("<p>There are none.</p>\n", to);
  fputs("</section>\n", to);
}
