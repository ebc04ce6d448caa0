/* The coefficients of spec/bounds.md, each rounded up, so that what is printed is a bound too.
 *
 * lambda: for every set S of n-f finite rows, whatever the others hold, the distance of the exact output from the mean of S is at most lambda times
 * the greatest distance of two rows of S (Farhadkhani et al. 2022). eta: the condition eta sqrt(d) sigma < norm(g) of (alpha, f)-resilience
 * (Blanchard et al. 2017). */
#include "bounds.h"

#include "report.h"
#include "surd.h"

#include <stdio.h>
#include <stdlib.h>

#define QUOTED "Farhadkhani et al. 2022, quoted by Fabris 2023, section 1.2.2.1"

/* "NAME   VALUE   FORMULA; SOURCE" */
static void print_line(const char *name, const certigar_surd *value, const char *formula, const char *source)
{
  char *text = surd_rounded_up(value);
  printf("%-19s %-15s %s; %s\n", name, text != NULL ? text : "?", formula, source);
  free(text);
}

/* p/q times the root of k */
static void print_product(const char *name, size_t p, size_t q, size_t k, const char *formula, const char *source)
{
  certigar_surd value;
  mpq_t root;
  mpq_init(root);
  certigar_surd_init(&value);
  certigar_ratio(value.b, p, p, q, q);
  certigar_ratio(root, k, 1, 1, 1);
  mpq_mul(value.b, value.b, root);
  print_line(name, &value, formula, source);
  certigar_surd_clear(&value);
  mpq_clear(root);
}

/* ---- rules of columns: a proved coefficient p/q of one column makes one of d columns ---- */

typedef struct column_rule {
  size_t p, q, published_p;
  const char *one;                        /* p/q */
  const char *some, *any;                 /* in d columns, in any number of them */
  const char *published, *published_any;
  const char *proof;
} column_rule;

static void print_columns(const column_rule *r, const situation *s)
{
  size_t honest = s->n - s->f, rows = honest - 1, four = 4 * honest;
  print_product("lambda, d = 1", r->p, r->q, 1, r->one, r->proof);
  print_product("lambda", r->p, r->q, s->d != 0 && s->d < rows ? s->d : rows, s->d != 0 ? r->some : r->any,
                "proved: proofs/coq, coordinatewise_resilient");
  print_product("lambda, published", r->published_p, r->q, s->d != 0 && s->d < four ? s->d : four,
                s->d != 0 ? r->published : r->published_any, QUOTED);
}

static void print_median(const situation *s)
{
  const size_t twice = 2 * (s->n - s->f);
  const int odd = s->n % 2 == 1;
  column_rule r = {.p = s->n - 1, .q = twice, .published_p = s->n, .one = "(n-1)/(2(n-f))",
                   .some = "(n-1)/(2(n-f)) sqrt(min(d, n-f-1))", .any = "(n-1)/(2(n-f)) sqrt(n-f-1), whatever d is",
                   .published = "n/(2(n-f)) min(2 sqrt(n-f), sqrt(d))", .published_any = "n/(2(n-f)) 2 sqrt(n-f), whatever d is",
                   .proof = "proved, and none is less: proofs/coq, median_odd_resilient, median_odd_sharp"};
  if (!odd) {
    r.p = s->n - 2;
    r.one = "midpoint: (n-2)/(2(n-f))";
    r.some = "midpoint: (n-2)/(2(n-f)) sqrt(min(d, n-f-1))";
    r.any = "midpoint: (n-2)/(2(n-f)) sqrt(n-f-1), whatever d is";
    r.proof = "proved, and none is less: proofs/coq, median_midpoint_even_resilient, median_midpoint_even_sharp";
  }
  print_columns(&r, s);
  if (!odd)
    print_product("lambda, d = 1", s->n, twice, 1, "lower and upper: n/(2(n-f))",
                  "proved, and none is less: proofs/coq, median_resilient, median_lower_even_sharp, median_upper_even_sharp");
}

static void print_trimmed_mean(const situation *s)
{
  const column_rule r = {.p = s->f, .q = s->n - s->f, .published_p = s->f, .one = "f/(n-f)",
                         .some = "f/(n-f) sqrt(min(d, n-f-1))", .any = "f/(n-f) sqrt(n-f-1), whatever d is",
                         .published = "f/(n-f) min(2 sqrt(n-f), sqrt(d))", .published_any = "f/(n-f) 2 sqrt(n-f), whatever d is",
                         .proof = "proved, and none is less for any rule: proofs/coq, trimmed_mean_resilient, resilience_optimal"};
  print_columns(&r, s);
}

static void print_meamed(const situation *s)
{
  const column_rule r = {.p = 2 * s->f, .q = s->n - s->f, .published_p = 2 * s->f, .one = "2f/(n-f)",
                         .some = "2f/(n-f) sqrt(min(d, n-f-1))", .any = "2f/(n-f) sqrt(n-f-1), whatever d is",
                         .published = "2f/(n-f) min(2 sqrt(n-f), sqrt(d))", .published_any = "2f/(n-f) 2 sqrt(n-f), whatever d is",
                         .proof = "proved, and none is less: proofs/coq, meamed_resilient, meamed_sharp"};
  print_columns(&r, s);
}

/* ---- rules over distances ---- */

static void print_lambda(certigar_rule rule, const situation *s, const char *formula, const char *source)
{
  certigar_surd value;
  certigar_surd_init(&value);
  certigar_lambda(rule, s->n, s->f, &value);
  print_line("lambda", &value, formula, source);
  certigar_surd_clear(&value);
}

static void print_mda(const situation *s)
{
  print_lambda(CERTIGAR_MDA, s, "2f/(n-f)", "proved: proofs/coq, mda_resilient; published: " QUOTED);
}

static void print_krum_lambda(const situation *s)
{
  print_lambda(CERTIGAR_KRUM, s, s->f > 0 ? "(n-f-1)/(n-f) + sqrt((n-f-2)/(n-2f-1))" : "(n-1)/n, since f = 0",
               "derived: spec/bounds.md, where the usual 1 + sqrt((n-f)/(n-2f)) is refuted");
}

/* eta^2 = 2 (n-f + (f(n-f-2) + f^2 (n-f-1)) / (n-2f-2)), times d */
static void print_eta(const situation *s, const char *source)
{
  const size_t honest = s->n - s->f;
  certigar_surd value;
  mpq_t d;
  mpq_init(d);
  certigar_surd_init(&value);
  certigar_ratio(value.b, s->f, honest - 2 + s->f * (honest - 1), s->n - 2 * s->f - 2, 1);
  certigar_ratio(d, honest, 1, 1, 1);
  mpq_add(value.b, value.b, d);
  mpq_mul_2exp(value.b, value.b, 1);
  print_line("eta", &value, "sqrt(2 (n-f + (f(n-f-2) + f^2 (n-f-1))/(n-2f-2)))", source);
  if (s->d != 0) {
    certigar_ratio(d, s->d, 1, 1, 1);
    mpq_mul(value.b, value.b, d);
    print_line("eta sqrt(d)", &value, "what norm(g)/sigma must exceed", "the same");
  }
  certigar_surd_clear(&value);
  mpq_clear(d);
}

static void print_krum(const situation *s)
{
  print_krum_lambda(s);
  print_eta(s, "Blanchard et al. 2017, Proposition 1, as in El Mhamdi, Guerraoui 2019");
}

static void print_multi_krum(const situation *s)
{
  print_krum_lambda(s);
  print_eta(s, "El Mhamdi, Guerraoui 2019, m = n-f-2: the proof of Lemma 1, whose text has m for n-2f-2");
}

/* And the published 1 + sqrt((n-f)^2 / (n (n-2f))). */
static void print_geometric_median(const situation *s)
{
  const size_t n = s->n, honest = n - s->f, majority = n - 2 * s->f;
  certigar_surd value;
  print_lambda(CERTIGAR_GEOMETRIC_MEDIAN, s, "(n-f-1)/sqrt(n(n-2f))", "derived: spec/bounds.md");
  certigar_surd_init(&value);
  certigar_ratio(value.a, 1, 1, 1, 1);
  certigar_ratio(value.b, honest, honest, n, majority);
  print_line("lambda, published", &value, "1 + sqrt((n-f)^2/(n(n-2f)))", "Farhadkhani et al. 2022, which the line above implies");
  certigar_surd_clear(&value);
}

/* ---- the rules ---- */

typedef struct facts {
  size_t a, b;         /* n >= a f + b */
  const char *needs;   /* the same in words */
  void (*print)(const situation *s); /* NULL: no published coefficient */
} facts;

static facts facts_of(certigar_rule rule)
{
  static const char majority[] = "n > 2f", krum[] = "n >= 2f+3", bulyan[] = "n >= 4f+3";
  switch (rule) {
    case CERTIGAR_MEDIAN: return (facts){2, 1, majority, print_median};
    case CERTIGAR_TRIMMED_MEAN: return (facts){2, 1, majority, print_trimmed_mean};
    case CERTIGAR_MEAMED: return (facts){2, 1, majority, print_meamed};
    case CERTIGAR_KRUM: return (facts){2, 3, krum, print_krum};
    case CERTIGAR_MULTI_KRUM: return (facts){2, 3, krum, print_multi_krum};
    case CERTIGAR_BULYAN:
    case CERTIGAR_MULTI_BULYAN: return (facts){4, 3, bulyan, NULL};
    case CERTIGAR_MDA: return (facts){2, 1, majority, print_mda};
    case CERTIGAR_GEOMETRIC_MEDIAN: return (facts){2, 1, majority, print_geometric_median};
    case CERTIGAR_ZENO: return (facts){1, 1, "n > f", NULL};
    default: return (facts){2, 1, majority, NULL};
  }
}

int bounds_print(certigar_rule rule, const situation *s)
{
  const facts known = facts_of(rule);
  const char *name = certigar_rule_name(rule);
  if (s->n < known.b) return complain(STATUS_USAGE, "%s: n = %zu rows, but %s is needed: at least %zu", name, s->n, known.needs, known.b);
  const size_t greatest = (s->n - known.b) / known.a;
  if (s->f > greatest) {
    return complain(STATUS_USAGE, "%s: f = %zu with n = %zu rows, but %s is needed: f must be 0 to %zu", name, s->f, s->n, known.needs, greatest);
  }
  printf("%-19s %s\n%-19s %zu\n%-19s %zu\n%-19s %-15zu %s\n", "rule", name, "n", s->n, "f", s->f, "greatest f", greatest, known.needs);
  if (s->d != 0) printf("%-19s %zu\n", "d", s->d);
  if (known.print == NULL) puts("no published coefficient");
  else known.print(s);
  return end_of_output();
}
