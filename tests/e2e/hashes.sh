#!/bin/bash
# Equal seeds have equal histories, whoever compiled the world: gcc -O2, gcc with sanitizers, and
# clang without optimization give the same hashes. What is built for it goes to a folder of its own,
# but for the variants that other tests build anyway.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
BUILD=${BUILD:-build}
own=$(mktemp -d)
trap 'rm -rf "$own"' EXIT
failures=0

said() { # said NAME REASON: the reason is empty where the claim holds
    if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; failures=$((failures + 1)); fi
}

hashes() { # hashes FILE VARIANT MAKE-WORDS...: of a world built so
    local out=$1 variant=$2
    shift 2
    make -s -j2 VARIANT="$variant" "$@" >"$own/log" 2>&1 && "${@: -1}" --print >"$out" 2>>"$own/log"
}

compare() { # compare CLAIM FILE
    if [ ! -s "$own/$2" ]; then said "$1" "it was not built: $(tail -n 1 "$own/log")"
    elif diff -q "$own/gcc" "$own/$2" >/dev/null; then said "$1" ""
    else said "$1" "$(diff "$own/gcc" "$own/$2" | head -n 2 | tr '\n' ' ')"; fi
}

hashes "$own/gcc" plain BUILD="$BUILD" "$BUILD/plain/tests/unit/hash_test"
if [ "$(sort -u "$own/gcc" | wc -l)" = 4 ]; then said a_world_prints_its_hashes ""
else said a_world_prints_its_hashes "$(tail -n 1 "$own/log")"; fi
if [ "$(awk '$1 == "story" || $1 == "disk" {print $2}' "$own/gcc" | sort -u | wc -l)" = 1 ]; then
    said a_disk_changes_nothing_in_a_history ""
else said a_disk_changes_nothing_in_a_history "$(head -n 3 "$own/gcc" | tr '\n' ' ')"; fi

hashes "$own/asan" asan BUILD="$BUILD" "$BUILD/asan/tests/unit/hash_test"
compare sanitizers_change_nothing_in_a_history asan

if command -v clang >/dev/null; then
    hashes "$own/clang" plain BUILD="$own/build" CC=clang FLAGS_plain="-O0 -Wno-error" \
        "$own/build/plain/tests/unit/hash_test"
    compare another_compiler_changes_nothing_in_a_history clang
else echo "skip another_compiler_changes_nothing_in_a_history: there is no clang"; fi
exit $((failures > 0))
