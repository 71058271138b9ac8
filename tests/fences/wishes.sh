#!/bin/bash
# What certs/README.md says of the founding institutions' wishes is there: each command, each route,
# each test; and the demo shows each wish in the same words. A row that names what is not there, and a
# wish without a row, are seen to be found.
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

said() { # said NAME REASON: the reason is empty where the claim holds
    if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

grep -ohP '"(GET|POST|DELETE)", "/api/v1/[^"]*"' node/api/*.c | tr -d '",' | sort -u >"$work/routes"
awk '/\.noun = "/ {split($0, part, "\""); noun = part[2]}
    /\.verb = "/ {split($0, part, "\""); print noun " " part[2]}' node/office/noun_*.c node/operate/noun_*.c node/cli/noun_*.c |
    sort -u >"$work/commands"
grep -ohP '^static void \K[a-z_0-9]+(?=\(void \*)' tests/unit/*_test.c | sort -u >"$work/tests"
grep -ohP '^ *wish \K.*' scripts/demo_year.sh | sed 's/^\$imt /imt-nord-europe.fr /' |
    sed -nE 's/^([^ ]+) "([^"]*)" "([^"]*)".*/\1|\2|\3/p' | sort -u >"$work/shown"

rows() { # rows README: who|wish|command|route|test
    sed -n '/^## What the five ask for/,/^## A federation/p' "$1" |
        sed -nE 's/^\| ([a-z.-]+) \| ([^|]*) \| `([^`]*)` \| `([^`]*)` \| `([^`]*)` \|$/\1|\2|\3|\4|\5/p'
}

wrong() { # wrong README: what it names and is not there
    local who wish command route test shown
    while IFS='|' read -r who wish command route test; do
        grep -qxF -- "$command" "$work/commands" || echo "no command $command;"
        grep -qxF -- "$route" "$work/routes" || echo "no route $route;"
        grep -qxF -- "$test" "$work/tests" || echo "no test $test;"
        shown=$(grep -F -- "$who|$wish|" "$work/shown" | cut -d '|' -f 3)
        [[ "$shown " == "$command "* ]] || echo "the demo shows \"$wish\" of $who by \"$shown\";"
    done < <(rows "$1")
    while IFS='|' read -r who wish _; do
        rows "$1" | grep -qF -- "$who|$wish|" || echo "no row for \"$wish\" of $who;"
    done <"$work/shown"
}

README=certs/README.md
said every_wish_has_a_command_a_route_a_test_and_a_step_of_the_demo "$(wrong $README)"
said each_of_the_five_has_wishes "$([ "$(rows $README | cut -d '|' -f 1 | sort -u | wc -l)" -eq 5 ] ||
    echo "some have none")"

caught() { # caught NAME EXPRESSION WANTED: the README so changed is found wrong
    sed -E "$2" $README >"$work/readme"
    said "$1" "$(wrong "$work/readme" | grep -qF -- "$3" || echo "it passes")"
}
caught a_command_that_is_not_there_is_found 's/`report pipeline`/`report pipe`/' "no command report pipe"
caught a_route_that_is_not_there_is_found 's#`GET /api/v1/reports/partners`#`GET /api/v1/map`#' \
    "no route GET /api/v1/map"
caught a_test_that_is_not_there_is_found 's/`a_level_is_unique[a-z_]*`/`nothing_is_tested`/' \
    "no test nothing_is_tested"
caught a_wish_that_no_row_has_is_found '/procedural maps/d' 'no row for "procedural maps"'
caught a_wish_that_the_demo_does_not_show_is_found 's/procedural maps/maps/' 'the demo shows "maps"'
