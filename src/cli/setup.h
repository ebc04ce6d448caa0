/* What every run of a rule from the command line needs: its input, the files of its parameters, its plan. */
#ifndef CERTIGAR_CLI_SETUP_H
#define CERTIGAR_CLI_SETUP_H

#include "certificate.h"
#include "certigar.h"
#include "input.h"
#include "progress.h"
#include "request.h"
#include "vector.h"

typedef struct setup {
  request asked;
  input in;
  vector centre, scores; /* where the rule has them */
  certigar_plan *plan;
  progress bar;          /* of the plan's runs */
} setup;

/* Of what was asked: opens and reads what is there, and makes the plan, so that whatever can be refused is refused before the work. Returns 0, or
 * complains and returns an exit status; to be closed in any case. */
int setup_open(setup *work);
void setup_close(setup *work);

/* The same without a plan; and a plan of what was asked, by a profile's definition. */
int setup_read(setup *work);
certigar_status setup_plan(setup *work, certigar_profile profile, certigar_plan **plan, certigar_message *message);

/* What was asked of the rule and the pre-aggregations, with files that were read. */
void setup_parameters(certigar_options *options, const setup *work);

/* The file that what was asked is said to give: as many values as the input has columns, of its type. Returns as setup_open. */
int setup_read_candidate(const setup *work, vector *candidate);

/* What a certificate says of the run's rule, parameters and input, but for digests of input and output. */
void setup_facts(const setup *work, certificate_facts *facts);

/* The name of a file in messages, or what the stream "-" stands for is called. */
const char *setup_display(const char *path, const char *stream);

/* The tolerance of geometric-median that was asked for, or what the library takes then. */
const char *setup_tolerance(const char *asked, certigar_dtype dtype);

#endif
