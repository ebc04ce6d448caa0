/* What a proof run of this build has to prove, in a few words: build/proofs_summary.h, where there is one. */
#ifndef CERTIGAR_CLI_PROOFS_H
#define CERTIGAR_CLI_PROOFS_H

#if defined __has_include
#if __has_include("proofs_summary.h")
#include "proofs_summary.h"
#endif
#endif
#ifndef CERTIGAR_PROOFS_SUMMARY
#define CERTIGAR_PROOFS_SUMMARY "unknown: this build was made without a proof report"
#endif

#endif
