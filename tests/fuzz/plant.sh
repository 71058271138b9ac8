#!/bin/sh
# Plants each defect of plants.txt in a copy of the tree and sees its fuzz target find it.
#
#   tests/fuzz/plant.sh [TARGET ...]        all, by default
#
# The checkout is never touched. BUILD: where make builds (build), to begin from its objects.
# FINDS=elsewhere keeps the input that showed each defect, as TARGET-NUMBER.
set -eu
cd "$(dirname "$0")/../.."
command -v clang >/dev/null || { echo "skip plants: no clang here"; exit 0; }
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
here=$(pwd)
case ${BUILD:=build} in /*) ;; *) BUILD=$here/$BUILD ;; esac

cp -Rp Makefile node proto tests "$copy"
mkdir -p "$copy/build/fuzz" "$copy/finds" ${FINDS:+"$FINDS"}
for made in gen fuzz/gen fuzz/node fuzz/libproto.a; do
    [ ! -e "$BUILD/$made" ] || cp -Rp "$BUILD/$made" "$copy/build/${made%/*}"
done
build() { # target
    make -C "$copy" --no-print-directory -j2 BUILD=build VARIANT=fuzz WARNINGS=-w \
        "build/fuzz/tests/fuzz/$1_fuzz" >"$copy/log" 2>&1
}
hunt() { # target seconds: the log, and what libFuzzer says
    corpus=$here/tests/fuzz/corpus/$1 words=$here/tests/fuzz/words/$1.dict
    [ ! -f "$words" ] || set -- "$@" "-dict=$words"
    target=$1 seconds=$2
    shift 2
    rm -rf "$copy/new"
    mkdir "$copy/new"
    timeout $((seconds * 2 + 60)) "$copy/build/fuzz/tests/fuzz/${target}_fuzz" \
        "-max_total_time=$seconds" -seed=1 -timeout=60 "-artifact_prefix=$copy/finds/" "$@" \
        "$copy/new" $([ ! -d "$corpus" ] || echo "$corpus") >"$copy/log" 2>&1
}

passed=0 failed=0 number=0
tell() {
    echo "$1"
    case $1 in ok*) passed=$((passed + 1)) ;; *) failed=$((failed + 1)) ;; esac
}
found() { # the sentence of what was found, and after how many executions
    what=$(grep -aom1 -e 'Assertion .*failed' -e 'runtime error: .*' -e 'ERROR: [A-Za-z]*Sanitizer: [a-zA-Z-]*' \
        -e 'ERROR: libFuzzer: [a-z -]*' "$copy/log" | cut -c1-110)
    runs=$(grep -ao '^#[0-9]*' "$copy/log" | tail -1)
    echo "${runs:-at once}, $what"
}
try() { # target seconds file expression
    number=$((number + 1))
    cp -p "$copy/$3" "$copy/kept"
    sed "$4" "$copy/kept" >"$copy/$3"
    rm -f "$copy"/finds/*
    if cmp -s "$copy/kept" "$copy/$3"; then
        tell "not ok $1: the expression finds nothing in $3"
    elif ! build "$1"; then
        tell "not ok $1: the changed $3 does not build: $(grep -m1 error: "$copy/log")"
    elif hunt "$1" "$2"; then
        tell "not ok $1: $2 s do not find what was planted in $3"
    elif [ -z "$(ls "$copy/finds")" ]; then
        tell "not ok $1: it ends without a find: $(tail -1 "$copy/log")"
    else
        tell "ok $1 finds what was planted in $3 ($(found))"
        [ -z "${FINDS:-}" ] || cp "$(ls -d "$copy"/finds/* | head -1)" "$FINDS/$1-$number"
    fi
    cp "$copy/kept" "$copy/$3" # with a new time: it is built again
}

while IFS= read -r line; do
    case $line in '' | '#'*) continue ;; esac
    target=${line%% | *} rest=${line#* | }
    seconds=${rest%% | *} rest=${rest#* | }
    file=${rest%% | *} expression=${rest#* | }
    case " $* " in "  " | *" $target "*) try "$target" "$seconds" "$file" "$expression" ;; esac
done <tests/fuzz/plants.txt
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    case " $* " in "  " | *" $name "*) ;; *) continue ;; esac
    grep -q "^$name | " tests/fuzz/plants.txt || tell "not ok $name: no planted defect shows what it finds"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
