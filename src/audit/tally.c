#include "audit.h"

const char *evidence_name(int kind)
{
  return kind == WORST ? "worst" : "smallest";
}

void tally_rule(tally *t, const audit *a, size_t rule_at)
{
  *t = (tally){.good = 0};
  for (size_t i = 0; i < a->settings.cases; i++) {
    const record *r = &a->records[rule_at * a->settings.cases + i];
    int for_it = outcome_is_for(r->outcome), against = outcome_is_against(r->outcome);
    t->outcomes[r->outcome]++;
    t->good += (size_t)for_it;
    t->against += (size_t)against;
    t->other += (size_t)(!for_it && !against);
    t->own += (size_t)(r->own && (for_it || against));
    t->milliseconds += r->milliseconds;
    for (size_t k = 0; k < ULPS_RANGES; k++) t->ulps[k] += r->ulps[k];
    if (r->margin_range < MARGIN_RANGES && (for_it || against)) t->margins[r->margin_range][against]++;
    for (size_t k = 0; k < PROFILES_MAX; k++) t->profiles[k] += r->profiles >> k & 1;
  }
}

int audit_passed(const audit *a)
{
  size_t judged = 0;
  for (size_t i = 0; i < a->settings.rule_count; i++) {
    tally t;
    tally_rule(&t, a, i);
    if (t.against > 0 || (a->settings.rules_named && t.good == 0)) return 0;
    judged += t.good;
  }
  return judged > 0;
}

/* Whether a is to be shown rather than b. */
static int is_worse(const record *a, const record *b)
{
  int rank_a = outcome_rank(a->outcome), rank_b = outcome_rank(b->outcome);
  return rank_a != rank_b ? rank_a < rank_b : a->worst_ulps > b->worst_ulps;
}

static int is_smaller(const record *a, const record *b)
{
  return a->n * a->d < b->n * b->d;
}

static const record *find(const audit *a, size_t rule_at, int (*before)(const record *, const record *))
{
  const record *best = NULL;
  for (size_t i = 0; i < a->settings.cases; i++) {
    const record *r = &a->records[rule_at * a->settings.cases + i];
    if (!outcome_is_against(r->outcome) || r->outcome == OUTCOME_NOT_RUN) continue;
    if (best == NULL || before(r, best)) best = r;
  }
  return best;
}

const record *audit_failure(const audit *a, size_t rule_at, int kind)
{
  const record *worst = find(a, rule_at, is_worse), *smallest = find(a, rule_at, is_smaller);
  if (kind == WORST) return worst;
  return smallest != worst ? smallest : NULL;
}
