/* The published definitions other than the paper's that a candidate is compared with. */
#ifndef CERTIGAR_CHECK_PROFILES_H
#define CERTIGAR_CHECK_PROFILES_H

#include "certigar_check.h"

enum { CERTIGAR_PROFILE_COUNT = CERTIGAR_FEDML + 1 };

/* A plan like that of these options, by the profile's definition. Any other status than CERTIGAR_OK, with *plan NULL, if there is none or it takes no
 * such parameters. */
certigar_status certigar_profile_plan(certigar_plan **plan, certigar_profile profile, certigar_rule rule, certigar_dtype dtype, size_t n,
                                      const certigar_options *options);

#endif
