/* smea: the sets whose greatest eigenvalue is nearly that of the selected one, found by the rule's own search (real/smea.h). */
#include "choices_parts.h"

#include "real/mpfr_state.h"
#include "real/smea.h"

#include <stdlib.h>
#include <string.h>

typedef struct spectra {
  certigar_choices *choices;
  certigar_gram gram;
  size_t *list, count; /* the selected rows, in the gram */
} spectra;

static size_t list_of(const spectra *p, const unsigned char *set, size_t *list)
{
  size_t count = 0;
  for (size_t a = 0; a < p->gram.m; a++)
    if (certigar_set_has(set, p->gram.rows[a])) list[count++] = a;
  return count;
}

/* Returns 0 if there is no memory; to be closed even then. */
static int open_spectra(spectra *p, certigar_choices *choices)
{
  const certigar_selection *s = choices->own->selection;
  *p = (spectra){.choices = choices, .list = malloc(choices->n * sizeof *p->list)};
  atomic_store(&choices->own->stop, 0);
  if (!p->list || !certigar_gram_init(&p->gram, choices->own->selection, choices->own)) return 0;
  memset(choices->set, 0, choices->bytes);
  for (size_t k = 0; k < s->row_count; k++) certigar_set_flip(choices->set, s->rows[k]);
  p->count = list_of(p, choices->set, p->list);
  return 1;
}

static void close_spectra(spectra *p)
{
  certigar_gram_clear(&p->gram);
  free(p->list);
}

static int add_list(void *context, const size_t *list)
{
  spectra *p = context;
  certigar_choices *choices = p->choices;
  memset(choices->set, 0, choices->bytes);
  for (size_t a = 0; a < p->count; a++) certigar_set_flip(choices->set, p->gram.rows[list[a]]);
  return certigar_choices_add(choices, choices->set);
}

static int find_spectra(certigar_choices *choices)
{
  spectra p;
  mpq_t slack;
  if (choices->own->no_value) return 1;
  mpq_init(slack);
  certigar_resolution(choices, slack);
  certigar_mpfr_state state = certigar_mpfr_enter();
  int good = open_spectra(&p, choices);
  if (good && certigar_choices_add(choices, choices->set)) good = certigar_smea_sets(choices->own, &p.gram, p.list, slack, add_list, &p);
  close_spectra(&p);
  certigar_mpfr_leave(state);
  mpq_clear(slack);
  return good;
}

static int judge_spectrum(certigar_choices *choices, const unsigned char *set, int *admitted, mpq_t gap, int *finite)
{
  spectra p = {.choices = choices};
  mpq_t resolution;
  size_t rows = 0;
  unsigned char *wanted = malloc(choices->bytes);
  size_t *other = malloc(choices->n * sizeof *other);
  int good = wanted && other;
  if (good) memcpy(wanted, set, choices->bytes);
  for (size_t i = 0; i < choices->n; i++) rows += (size_t)certigar_set_has(set, i);
  certigar_mpfr_state state = certigar_mpfr_enter();
  good = good && (choices->own->no_value || open_spectra(&p, choices));
  if (good && !choices->own->no_value) {
    if (rows == p.count && list_of(&p, wanted, other) == p.count) {
      mpq_init(resolution);
      certigar_resolution(choices, resolution);
      good = certigar_smea_excess(choices->own, &p.gram, p.list, other, gap, finite);
      *admitted = good && *finite && mpq_cmp(gap, resolution) <= 0;
      mpq_clear(resolution);
    }
  }
  close_spectra(&p);
  certigar_mpfr_leave(state);
  free(wanted);
  free(other);
  return good;
}

const certigar_kind certigar_spectra = {find_spectra, judge_spectrum};
