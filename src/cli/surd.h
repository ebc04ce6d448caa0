/* The decimals of numbers a + sqrt(b). */
#ifndef CERTIGAR_CLI_SURD_H
#define CERTIGAR_CLI_SURD_H

#include "lambda.h"

/* The least multiple of 10^-9 that is no less than the number, with nine decimals: to be freed with free; NULL if there is no memory. */
char *surd_rounded_up(const certigar_surd *s);

#endif
