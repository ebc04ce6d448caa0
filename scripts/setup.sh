#!/bin/sh
# Installs, on Debian, the packages of packages.txt that are missing; elsewhere says what is missing and stops.
# Then lets Why3 find the provers, into build/why3.conf: the user's own configuration stays as it is.
set -eu
cd "$(dirname "$0")/.."

fail() { printf 'setup: %s\n' "$1" >&2; exit 1; }

# ---- how to see that a thing is there, off Debian ----
compiles() { printf '%s\nint main(void) { return 0; }\n' "$1" | ${2:-cc} ${3:+"$3"} -x c - -o /dev/null 2>/dev/null; }
present() {
  case "$1" in
    command) command -v "$2" >/dev/null 2>&1 || { [ "$2" = llvm-symbolizer ] && ls /usr/bin/llvm-symbolizer-* >/dev/null 2>&1; } ;;
    header) compiles "#include <$2>" ;;
    module) "${PYTHON:-python3}" -c "import $2" 2>/dev/null ;;
    cmocka) compiles "$(printf '#include <%s>\n' stdarg.h stddef.h stdint.h setjmp.h cmocka.h)" ;;
    sanitizers) compiles '' clang -fsanitize=address,undefined ;;
    *) fail "packages.txt: unknown probe $1" ;;
  esac
}

missing=''
debian=no
if [ -f /etc/debian_version ] && command -v dpkg-query >/dev/null 2>&1; then debian=yes; fi
while read -r package probe argument; do
  case "$package" in '' | '#'*) continue ;; esac
  if [ $debian = yes ]; then
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
  else
    present "$probe" "$argument" || missing="$missing $package"
  fi
done < packages.txt

if [ -n "$missing" ]; then
  [ $debian = yes ] || fail "missing (by their Debian names):$missing"
  root=''
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || fail "missing:$missing (installing them needs root or sudo)"
    root=sudo
  fi
  printf 'setup: installing%s\n' "$missing"
  $root apt-get update -qq
  # shellcheck disable=SC2086 # one word per package
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

mkdir -p build
if [ ! -s build/why3.conf ]; then
  WHY3CONFIG="$PWD/build/why3.conf" why3 config detect >build/why3.log 2>&1 || fail "why3 config detect failed: see build/why3.log"
fi
