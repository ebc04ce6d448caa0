#!/bin/sh
# The shared library exports exactly what the installed headers declare, the static one has no global names but the library's own; and a program, in C
# and in C++, builds and runs against an installed copy (build/stage).
set -eu
cd "$(dirname "$0")/.."
passed=0
fail() { printf '%s\n%d passed, 1 failed\n' "$1" $passed; exit 1; }

stage=$PWD/build/stage/usr
declared=$(sed -n 's/^[a-z].*[ *]\(certigar_[a-z0-9_]*\)(.*/\1/p' "$stage"/include/certigar*.h | sort)
exported=$(nm -D --defined-only build/libcertigar.so | sed -n 's/.* //p' | sort)
[ "$declared" = "$exported" ] || fail "the installed headers declare: $declared
libcertigar.so exports: $exported"
passed=1
foreign=$(nm -g --defined-only build/libcertigar.a | sed -n 's/^[0-9a-f]* [A-Z] //p' | grep -v '^certigar_' || true)
[ -z "$foreign" ] || fail "libcertigar.a has names that may be a program's: $foreign"
passed=2

cat > build/stage/use.c <<'C'
#include <certigar_attack.h>
#include <certigar_check.h>
#include <stdio.h>
int main(void)
{
  float rows[] = {1, 2, 4, 8, 3, 5, 2, 2}, median[2];
  certigar_finding finding;
  if (certigar_aggregate_f32(CERTIGAR_MEDIAN, rows, 3, 2, NULL, median, NULL) != CERTIGAR_OK || median[0] != 3 || median[1] != 5) return 1;
  if (certigar_check_f32(CERTIGAR_MEDIAN, rows, 3, 2, NULL, median, &finding, NULL) != CERTIGAR_OK) return 2;
  if (finding.verdict != CERTIGAR_VERDICT_EXACT) return 2;
  if (certigar_attack_f32(CERTIGAR_ATTACK_SIGN_FLIP, rows, 4, 2, 1, NULL, NULL) != CERTIGAR_OK || rows[5] != 5 || rows[7] != -2) return 3;
  return puts(certigar_rule_name(CERTIGAR_MEDIAN)) < 0;
}
C
flags=$(PKG_CONFIG_PATH=$stage/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$PWD/build/stage pkg-config --cflags --libs certigar)
for compiler in 'gcc -std=c11' 'clang -x c++ -std=c++11'; do
  # shellcheck disable=SC2086 # a compiler and flags are several words
  $compiler -Wall -Wextra -Werror build/stage/use.c -x none $flags -I"$stage/include" -L"$stage/lib" -o build/stage/use ||
    fail "$compiler: the installed library does not link"
  [ "$(LD_LIBRARY_PATH=$stage/lib build/stage/use)" = median ] || fail "$compiler: the installed library does not run"
  passed=$((passed + 1))
done
printf '%d passed, 0 failed\n' $passed
