/* What this build is: given by the Makefile as macros, "unknown" where a build does not know. */
#ifndef CERTIGAR_IO_IDENTITY_H
#define CERTIGAR_IO_IDENTITY_H

#ifndef CERTIGAR_COMMIT
#define CERTIGAR_COMMIT "unknown"
#endif

#ifndef CERTIGAR_MANIFEST_SHA256
#define CERTIGAR_MANIFEST_SHA256 "unknown"
#endif

#endif
