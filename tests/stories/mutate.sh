#!/bin/sh
# Makes each change of mutations.txt in a copy of the tree and sees its story go red.
#
#   tests/stories/mutate.sh [STORY ...]        all, by default: some seconds each
#
# The checkout is never touched. BUILD: where make builds (build), to begin from its objects.
set -eu
cd "$(dirname "$0")/../.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
here=$(pwd)
case ${BUILD:=build} in /*) ;; *) BUILD=$here/$BUILD ;; esac

cp -Rp Makefile node proto tests "$copy"
mkdir -p "$copy/build"
[ ! -d "$BUILD/gen" ] || cp -Rp "$BUILD/gen" "$copy/build"
program=$copy/build/plain/tests/stories/stories_test
build() { make -C "$copy" --no-print-directory -j2 BUILD=build WARNINGS=-w build/plain/tests/stories/stories_test; }
build >"$copy/log" 2>&1 || { cat "$copy/log"; echo "not ok build"; exit 1; }

passed=0 failed=0
tell() {
    echo "$1"
    case $1 in ok*) passed=$((passed + 1)) ;; *) failed=$((failed + 1)) ;; esac
}
try() { # story file expression
    cp -p "$copy/$2" "$copy/kept"
    sed "$3" "$copy/kept" >"$copy/$2"
    if cmp -s "$copy/kept" "$copy/$2"; then
        tell "not ok $1: the expression finds nothing in $2"
    elif ! build >"$copy/log" 2>&1; then
        tell "not ok $1: the changed $2 does not build: $(grep -m1 error: "$copy/log")"
    elif (cd "$copy" && STORY=$1 timeout 60 "$program") >"$copy/log" 2>&1; then
        tell "not ok $1: it does not notice"
    else
        tell "ok $1 goes red"
    fi
    cp "$copy/kept" "$copy/$2" # with a new time: it is built again
}

while IFS= read -r line; do
    case $line in '' | '#'*) continue ;; esac
    story=${line%% | *} rest=${line#* | }
    file=${rest%% | *} expression=${rest#* | }
    case " $* " in "  " | *" $story "*) try "$story" "$file" "$expression" ;; esac
done <tests/stories/mutations.txt
for told in tests/stories/*.story; do
    name=$(basename "$told" .story)
    grep -q "^$name | " tests/stories/mutations.txt || tell "not ok $name: no mutation shows what it protects"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
