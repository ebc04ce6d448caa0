/* The names of profiles. */
#include "profile.h"

#include <string.h>

static const char *const names[] = {
    [CERTIGAR_PAPER] = "paper",
    [CERTIGAR_BYZFL] = "byzfl",
    [CERTIGAR_LPD_PY] = "lpd-py",
    [CERTIGAR_LPD_NATIVE] = "lpd-native",
    [CERTIGAR_KRUM2] = "krum2",
    [CERTIGAR_FLOWER_LEGACY] = "flower-legacy",
    [CERTIGAR_FLOWER] = "flower",
    [CERTIGAR_EPFML] = "epfml",
    [CERTIGAR_TORCHJD] = "torchjd",
    [CERTIGAR_FEDML] = "fedml",
};

enum { PROFILES = sizeof names / sizeof *names };

const char *certigar_profile_name(certigar_profile profile)
{
  return (unsigned)profile < PROFILES ? names[profile] : NULL;
}

int certigar_profile_from_name(const char *name, certigar_profile *profile)
{
  for (int i = 0; i < PROFILES; i++)
    if (strcmp(name, names[i]) == 0) {
      *profile = (certigar_profile)i;
      return 1;
    }
  return 0;
}

void certigar_options_set_profile(certigar_options *options, certigar_profile profile)
{
  options->profile = profile;
}
