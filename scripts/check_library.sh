#!/bin/sh
# The shared library exports exactly what certigar.h and certigar_check.h declare, and a program builds and runs against an installed copy (build/stage).
set -eu
cd "$(dirname "$0")/.."
passed=0
fail() { printf '%s\n%d passed, 1 failed\n' "$1" $passed; exit 1; }

declared=$(sed -n 's/^[a-z].*[ *]\(certigar_[a-z0-9_]*\)(.*/\1/p' src/certigar.h src/certigar_check.h | sort)
exported=$(nm -D --defined-only build/libcertigar.so | sed -n 's/.* //p' | sort)
[ "$declared" = "$exported" ] || fail "certigar.h and certigar_check.h declare: $declared
libcertigar.so exports: $exported"
passed=1

stage=$PWD/build/stage/usr
cat > build/stage/use.c <<'C'
#include <certigar.h>
#include <stdio.h>
int main(void)
{
  const float rows[] = {1, 2, 4, 8, 3, 5};
  float mean[2];
  if (certigar_aggregate_f32(CERTIGAR_MEDIAN, rows, 3, 2, NULL, mean, NULL) != CERTIGAR_OK || mean[0] != 3 || mean[1] != 5) return 1;
  return puts(certigar_rule_name(CERTIGAR_MEDIAN)) < 0;
}
C
flags=$(PKG_CONFIG_PATH=$stage/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$PWD/build/stage pkg-config --cflags --libs certigar)
# shellcheck disable=SC2086 # the flags are several words
gcc -std=c11 -Wall -Wextra -Werror build/stage/use.c $flags -I$stage/include -L$stage/lib -o build/stage/use || fail 'the installed library does not link'
[ "$(LD_LIBRARY_PATH=$stage/lib build/stage/use)" = median ] || fail 'the installed library does not run'
passed=2
printf '%d passed, 0 failed\n' $passed
