#!/bin/bash
# The manual pages: each name that is listed has one, and troff's own critic finds no fault.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
peregrin=$PEREGRIN_BIN/peregrin
place=$(mktemp -d) || exit 1
trap 'rm -rf "$place"' EXIT

command -v mandoc >/dev/null || { echo "skip pages: mandoc is not here; scripts/setup installs it"; exit 0; }
claim() { # NAME COMMAND...
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then echo "ok $name"; else printf 'not ok %s: %s\n' "$name" "${said:0:400}"; fi
}

lints() { # NAME SECTION
    "$peregrin" help --man "$1" >"$place/$1.$2" && mandoc -T lint "$place/$1.$2"
}
shows_every_command() {
    local noun
    for noun in $("$peregrin" help --man list | awk '$2 == 1 && $1 != "peregrin" {print $1}'); do
        grep -q "$noun(1)" "$place/peregrin.txt" || { echo "$noun"; return 1; }
        "$peregrin" help "${noun#peregrin-}" >/dev/null || { echo "help $noun"; return 1; }
    done
}
explains_every_setting() {
    local setting
    for setting in $("$peregrin" config sample | sed -n 's/^#\? \?\([a-z_]\+\) *=.*/\1/p' | sort -u); do
        grep -q "^ *$setting " "$place/peregrind.conf.txt" || { echo "$setting"; return 1; }
    done
}

"$peregrin" help --man list >"$place/list"
while read -r name section; do
    claim "the_page_of_${name}_has_no_fault" lints "$name" "$section"
done <"$place/list"
shown() { mandoc -T ascii "$place/$1" | sed 's/.\x08//g' >"$place/${1%.*}.txt"; }
shown peregrin.1
shown peregrind.conf.5
claim "the_first_page_names_every_other" shows_every_command
claim "every_setting_of_the_sample_is_explained" explains_every_setting
"$peregrin" help --man nothing >/dev/null 2>&1
claim "a_page_that_is_not_there_is_a_wrong_call" test $? -eq 2
