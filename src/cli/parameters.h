/* The parameters of rules that are given as --param KEY=VALUE. */
#ifndef CERTIGAR_CLI_PARAMETERS_H
#define CERTIGAR_CLI_PARAMETERS_H

#include "request.h"

/* What the parameters are if they are not given. */
void parameters_default(request *out);

/* Reads one argument of --param, KEY=VALUE or some joined by commas, for the rule of the request. Returns 0, or complains and returns an exit
 * status. */
int parameters_parse(const char *text, request *out);

/* Whether what the rule cannot do without is there. Returns as above. */
int parameters_complete(const request *asked);

/* Copies the text of a number to text; returns 0 if it is none. */
int parameters_number(const char *value, number_text text);

#endif
