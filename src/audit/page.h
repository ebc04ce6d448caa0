/* The parts of the page that report_html.c puts together. Each writes one section, which stands by itself without scripts. */
#ifndef CERTIGAR_AUDIT_PAGE_H
#define CERTIGAR_AUDIT_PAGE_H

#include "audit.h"

void page_matrix(FILE *to, const audit *a);   /* rules by verdicts */
void page_evidence(FILE *to, const audit *a); /* the failing inputs */
void page_errors(FILE *to, const audit *a);   /* histograms of ULPs */
void page_margins(FILE *to, const audit *a);
void page_profiles(FILE *to, const audit *a); /* the published definitions that it matches */
void page_ledger(FILE *to, const audit *a);   /* what this build rests on */

/* What an outcome means, in a few words. */
const char *page_meaning(int of);

/* A number of things: "1 case", "2 cases". */
void page_count(FILE *to, size_t count, const char *one);

#endif
