#!/bin/bash
# Nothing of the planted defects (node/base/broken.h) is in the programs that people run: no symbol,
# no name, no sentence, no switch; and a program that has them is seen not to pass.
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
BUILD=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

said() { # said NAME REASON: the reason is empty where the claim holds
    if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; failures=$((failures + 1)); fi
}

# Names and sentences as the table has them, and the switch.
grep -oP '"\K[^"]{5,}(?=")' node/base/broken.c | grep -v -e '\.h$' -e '%' >"$work/texts"

traces() { # traces PROGRAM: what it has of the defects; its debugging facts are no part of it
    strip --strip-debug -o "$work/stripped" "$1" || { echo "cannot be read"; return; }
    nm "$work/stripped" 2>/dev/null | grep -o 'broken_[a-z_]*$'
    strings -a "$work/stripped" | grep -F -o -x -f "$work/texts"
    true
}

texts=$(wc -l <"$work/texts")
said the_table_has_names_and_sentences "$([ "$texts" -gt 30 ] || echo "$texts texts found in node/base/broken.c")"

for program in "$BUILD"/plain/bin/*; do
    said "nothing_planted_is_in_$(basename "$program" | tr - _)" "$(traces "$program" | head -n 3 | tr '\n' ';')"
done

printf '#include "base/broken.h"\nint main(void) { return broken_is(BROKEN_NO_SYNC); }\n' >"$work/planted.c"
plant() { # plant FLAGS...: a program of the table
    cc -w -std=c2x -D_GNU_SOURCE -O2 -g -Inode "$@" -o "$work/planted" "$work/planted.c" node/base/broken.c
}
plant -DPEREGRIN_BROKEN
said a_program_with_the_defects_is_refused "$(traces "$work/planted" | grep -q . || echo "nothing of it was seen")"
strip "$work/planted"
said so_is_one_without_symbols "$(traces "$work/planted" | grep -q . || echo "nothing of it was seen")"
plant
said the_same_program_built_plain_passes "$(traces "$work/planted" | head -n 3 | tr '\n' ';')"
exit "$failures"
