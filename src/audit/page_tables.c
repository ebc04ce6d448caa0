/* Verdicts, errors, margins and definitions: counts of all rules, in tables. */
#include "markup.h"
#include "page.h"

#include <string.h>

/* ---- verdicts ---- */

/* Which outcomes have a column: those that occur, and the four that everybody looks for. */
static void find_columns(const audit *a, int shown[OUTCOME_COUNT])
{
  tally t;
  memset(shown, 0, OUTCOME_COUNT * sizeof *shown);
  shown[CERTIGAR_VERDICT_EXACT] = shown[CERTIGAR_VERDICT_ROUNDING] = shown[CERTIGAR_VERDICT_BREACH] = shown[CERTIGAR_VERDICT_WRONG] = 1;
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    tally_rule(&t, a, i);
    for (int of = 0; of < OUTCOME_COUNT; of++) shown[of] |= t.outcomes[of] > 0;
  }
}

static const char *side_of(int of)
{
  return outcome_is_for(of) ? "for" : outcome_is_against(of) ? "against" : "neither";
}

static void write_result(FILE *to, const tally *t)
{
  if (t->against > 0) fputs("<td class=\"result bad\"><span aria-hidden=\"true\">\xe2\x9c\x95</span> <span class=\"word\">failed</span></td>", to);
  else if (t->good > 0) fputs("<td class=\"result good\"><span aria-hidden=\"true\">\xe2\x9c\x93</span> <span class=\"word\">right</span></td>", to);
  else fputs("<td class=\"result none\"><span aria-hidden=\"true\">\xe2\x80\x93</span> <span class=\"word\">not judged</span></td>", to);
}

static void write_rule(FILE *to, const audit *a, size_t rule_at, const int shown[OUTCOME_COUNT])
{
  const char *rule = certigar_rule_name(a->settings.rules[rule_at]);
  tally t;
  tally_rule(&t, a, rule_at);
  fprintf(to, "<tr data-against=\"%zu\"><th scope=\"row\">", t.against);
  if (a->evidence[rule_at][WORST] != NULL) fprintf(to, "<a href=\"#rule-%s\">%s</a></th>", rule, rule);
  else fprintf(to, "%s</th>", rule);
  write_result(to, &t);
  for (int of = 0; of < OUTCOME_COUNT; of++) {
    if (shown[of]) fprintf(to, "<td class=\"number %s%s\">%zu</td>", side_of(of), t.outcomes[of] == 0 ? " zero" : "", t.outcomes[of]);
  }
  fputs("</tr>\n", to);
}

/* Of which rules the program does not take all parameters of the test vectors. */
static void write_own(FILE *to, const audit *a)
{
  size_t rules = 0;
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    tally t;
    tally_rule(&t, a, i);
    if (t.own == 0) continue;
    fprintf(to, "%s%s %zu", rules++ == 0 ? "<p>Asked with the rule's own parameters, as the program does not take those of the test vector: " : ", ",
            certigar_rule_name(a->settings.rules[i]), t.own);
  }
  if (rules > 0) fputs(" answers.</p>\n", to);
}

void page_matrix(FILE *to, const audit *a)
{
  int shown[OUTCOME_COUNT], groups[3] = {0};
  static const char *const titles[] = {"for", "against", "neither"};
  find_columns(a, shown);
  for (int of = 0; of < OUTCOME_COUNT; of++) groups[outcome_is_for(of) ? 0 : outcome_is_against(of) ? 1 : 2] += shown[of];
  fputs("<section id=\"verdicts\" aria-labelledby=\"verdicts-title\">\n<h2 id=\"verdicts-title\">Verdicts</h2>\n"
        "<div class=\"scroll\" role=\"region\" aria-label=\"Verdicts by rule\" tabindex=\"0\">\n<table class=\"matrix\" data-sortable>\n"
        "<caption>How many answers of each rule had each verdict</caption>\n<thead>\n<tr class=\"groups\"><td colspan=\"2\"></td>",
        to);
  for (int group = 0; group < 3; group++) {
    if (groups[group] > 0) fprintf(to, "<th scope=\"colgroup\" colspan=\"%d\" class=\"%s\">%s</th>", groups[group], titles[group], titles[group]);
  }
  fputs("</tr>\n<tr class=\"names\"><th scope=\"col\">rule</th><th scope=\"col\">result</th>", to);
  for (int of = 0; of < OUTCOME_COUNT; of++) {
    if (!shown[of]) continue;
    fprintf(to, "<th scope=\"col\" class=\"number %s\" title=\"", side_of(of));
    markup_text(to, page_meaning(of));
    fprintf(to, "\">%s</th>", outcome_name(of));
  }
  fputs("</tr>\n</thead>\n<tbody>\n", to);
  for (size_t i = 0; i < a->settings.rule_count; i++) write_rule(to, a, i, shown);
  fputs("</tbody>\n</table>\n</div>\n", to);
  write_own(to, a);
  fputs("</section>\n", to);
}

/* ---- bars ---- */

/* 256 (1 + log2 number), linear between powers of two; 0 for 0. */
static size_t logarithm(size_t number)
{
  size_t power = 1, whole = 1;
  if (number == 0) return 0;
  for (; number / 2 >= power; power *= 2) whole++;
  return 256 * whole + 256 * (number - power) / power;
}

/* A bar on a logarithmic scale. */
static void write_bar(FILE *to, size_t count, size_t greatest, const char *class)
{
  size_t percent = greatest > 0 ? 100 * logarithm(count) / logarithm(greatest) : 0;
  fprintf(to, "<svg class=\"bar %s\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">"
              "<rect width=\"%zu\" height=\"10\"/></svg>",
          class, percent);
}

/* ---- errors ---- */

static size_t greatest_of(const size_t *counts, size_t count)
{
  size_t greatest = 0;
  for (size_t i = 0; i < count; i++) greatest = counts[i] > greatest ? counts[i] : greatest;
  return greatest;
}

static void write_histogram(FILE *to, const char *rule, const tally *t)
{
  size_t greatest = greatest_of(t->ulps, ULPS_RANGES);
  fprintf(to,
          "<table class=\"histogram\">\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">ULP</th><th scope=\"col\" class=\"wide\">coordinates, "
          "logarithmic</th>"
          "<th scope=\"col\" class=\"number\">count</th></tr></thead>\n<tbody>\n",
          rule);
  for (size_t i = 0; i < ULPS_RANGES; i++) {
    fprintf(to, "<tr><th scope=\"row\">%s</th><td>", ulps_names[i]);
    write_bar(to, t->ulps[i], greatest, i == 0 ? "good" : "plain");
    fprintf(to, "</td><td class=\"number%s\">%zu</td></tr>\n", t->ulps[i] == 0 ? " zero" : "", t->ulps[i]);
  }
  fputs("</tbody>\n</table>\n", to);
}

void page_errors(FILE *to, const audit *a)
{
  tally t;
  size_t judged = 0, exact = 0, shown = 0;
  fputs("<section id=\"errors\" aria-labelledby=\"errors-title\">\n<h2 id=\"errors-title\">Errors</h2>\n"
        "<p>How far the coordinates of the answers are from the exact output, in units in the last place (ULP): numbers of the format between the "
        "two.</p>\n",
        to);
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    tally_rule(&t, a, i);
    size_t all = 0;
    for (size_t k = 0; k < ULPS_RANGES; k++) all += t.ulps[k];
    judged += all > 0;
    exact += all > 0 && all == t.ulps[0];
    if (all == t.ulps[0]) continue;
    if (shown++ == 0) fputs("<div class=\"cards\">\n", to);
    write_histogram(to, certigar_rule_name(a->settings.rules[i]), &t);
  }
  if (shown > 0) fputs("</div>\n", to);
  fputs("<p>", to);
  if (judged == 0) fputs("No answer has numbers to compare.", to);
  else if (exact == judged) fputs("Every coordinate of every answer is the exact one.", to);
  else {
    page_count(to, exact, "other rule");
    fprintf(to, " had no coordinate that differs.");
  }
  fputs("</p>\n</section>\n", to);
}

/* ---- margins ---- */

void page_margins(FILE *to, const audit *a)
{
  tally t;
  size_t sums[MARGIN_RANGES][2] = {{0}}, greatest = 0;
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    tally_rule(&t, a, i);
    for (size_t k = 0; k < MARGIN_RANGES; k++) {
      sums[k][0] += t.margins[k][0];
      sums[k][1] += t.margins[k][1];
    }
  }
  for (size_t k = 0; k < MARGIN_RANGES; k++) {
    size_t larger = greatest_of(sums[k], 2);
    greatest = larger > greatest ? larger : greatest;
  }
  fputs("<section id=\"margins\" aria-labelledby=\"margins-title\">\n<h2 id=\"margins-title\">Margins</h2>\n"
        "<p>The margin of a selection is how much closer its decision could have been: the relative difference of the last score kept and the first "
        "left "
        "out. A wrong selection at a small margin may be "
        "rounding, one at a large margin is not.</p>\n"
        "<div class=\"scroll\" role=\"region\" aria-label=\"Answers by margin\" tabindex=\"0\">\n<table class=\"margins\">\n<caption>Answers of the "
        "rules that select rows, by margin</caption>\n<thead><tr><th scope=\"col\">margin</th>"
        "<th scope=\"col\" class=\"number\">right</th><th scope=\"col\" class=\"number\">against</th><th scope=\"col\" class=\"wide\">logarithmic: "
        "right, against</th>"
        "</tr></thead>\n<tbody>\n",
        to);
  for (size_t k = 0; k < MARGIN_RANGES; k++) {
    fputs("<tr><th scope=\"row\">", to);
    markup_text(to, margin_names[k]);
    fprintf(to, "</th><td class=\"number%s\">%zu</td><td class=\"number against%s\">%zu</td><td>", sums[k][0] == 0 ? " zero" : "", sums[k][0],
            sums[k][1] == 0 ? " zero" : "", sums[k][1]);
    write_bar(to, sums[k][0], greatest, "good");
    write_bar(to, sums[k][1], greatest, "bad");
    fputs("</td></tr>\n", to);
  }
  fputs("</tbody>\n</table>\n</div>\n</section>\n", to);
}

/* ---- definitions ---- */

/* Those that explain more answers than the paper's does; most first. */
static void write_definitions(FILE *to, const char *rule, const tally *t)
{
  size_t judged = t->good + t->against, named = 0;
  fprintf(to, "<tr><th scope=\"row\">%s</th><td class=\"number\">%zu of %zu</td><td>", rule, t->good, judged);
  for (size_t count = judged; count > t->good; count--) {
    for (certigar_profile profile = 0; certigar_profile_name(profile) != NULL; profile++) {
      if (t->profiles[profile] != count || profile == CERTIGAR_PAPER) continue;
      fprintf(to, "%s<span class=\"definition\">%s: %s%zu of %zu%s</span>", named++ > 0 ? ", " : "", certigar_profile_name(profile),
              count == judged ? "<strong>" : "", count, judged, count == judged ? "</strong>" : "");
    }
  }
  fprintf(to, "%s</td></tr>\n", named == 0 ? "none" : "");
}

void page_profiles(FILE *to, const audit *a)
{
  tally t;
  size_t rows = 0;
  fputs("<section id=\"profiles\" aria-labelledby=\"profiles-title\">\n<h2 id=\"profiles-title\">The definition it matches</h2>\n"
        "<p>Published implementations differ in what they call by the same name. A program that is wrong by one definition may be right by "
        "another.</p>\n",
        to);
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    tally_rule(&t, a, i);
    if (t.against == 0) continue;
    if (rows++ == 0) {
      fprintf(to, "<div class=\"scroll\" role=\"region\" aria-label=\"Definitions by rule\" tabindex=\"0\">\n<table>\n<caption>How many answers "
                  "match a published definition</caption>\n"
                  "<thead><tr><th scope=\"col\">rule</th><th scope=\"col\" class=\"number\">the paper's</th><th scope=\"col\">others that explain "
                  "more</th></tr></thead>\n<tbody>\n");
    }
    write_definitions(to, certigar_rule_name(a->settings.rules[i]), &t);
  }
  if (rows > 0) fputs("</tbody>\n</table>\n</div>\n", to);
  else fputs("<p>Nothing speaks against the definitions of the papers, which it was held to.</p>\n", to);
  fputs("</section>\n", to);
}
