/* What the certificate is told of a choice, while a rule makes several of them (rules/rounds.h). */
#ifndef CERTIGAR_NOTES_H
#define CERTIGAR_NOTES_H

#include "select/bounds.h"

typedef struct certigar_selection certigar_selection;

/* After a choice among the first count candidates: their scores, its margin, whether it was a tie, and progress. It changes nothing that the rule
 * goes by. Returns 0 if the run is stopped. */
/*@ terminates \true; exits \false; assigns \nothing; */
int certigar_note_choice(certigar_selection *selection, certigar_plan *plan, size_t count, int tie);

#endif
