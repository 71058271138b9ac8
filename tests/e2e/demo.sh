#!/bin/bash
# The demo tells its story, notices whatever is spoilt in it, and leaves nothing behind.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
ROOT=$PWD
DEMO=$ROOT/scripts/demo
BIN=${PEREGRIN_BIN:?}
PLACE=$(mktemp -d)
RUNNING=""
stop() {
    [ -z "$RUNNING" ] || kill "$RUNNING" 2>/dev/null
    wait
    rm -rf "$PLACE"
}
trap stop EXIT
cd "$PLACE" || exit 1
export TERM=dumb
unset PEREGRIN_SOCKET

holds() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" >/dev/null 2>&1; then echo "ok $name"; else echo "not ok $name: $*"; fi
}
# A folder for the demo's folder, so that what it leaves is seen.
room() { mkdir "$1" && export TMPDIR=$PLACE/$1; }
# waits_for PATTERN FILE: until the demo, which runs, has said so.
waits_for() {
    until grep -qs "$1" "$2"; do
        kill -0 "$RUNNING" 2>/dev/null || return 1
        sleep 0.1
    done
}
# No process works in this folder, or below it.
deserted() { ! ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -qF -- "-> $PLACE/$1/"; }

# ---- told to the end, and two nodes that stay
room whole
mkfifo enter
BEGUN=$SECONDS
mkdir marks
"$DEMO" --stay --mark marks <enter >whole/out 2>&1 &
RUNNING=$!
exec 3>enter
waits_for '^Enter or Ctrl-C ends them' whole/out
TOOK=$((SECONDS - BEGUN))
holds all_eighteen_steps_hold grep -q '^All 18 steps held' whole/out
holds each_of_the_five_has_what_it_asked_for [ "$(sed -n '/^What the five asked for/,$p' whole/out |
    grep -cE '^  (helmo.be|imt-nord-europe.fr|itg.be|uhasselt.be|qmu.kz)$')" -eq 5 ]
holds within_two_minutes [ "$TOOK" -le 120 ]
for node in helmo.be uhasselt.be itg.be imt-nord-europe.fr qmu.kz; do
    holds "the_node_of_${node%.*}_stays_up" \
        "$BIN/peregrin" status --socket "$(echo whole/peregrin-demo.*)/$node/peregrin.sock"
done
holds they_are_seen_there eval '! deserted whole'
echo >&3
exec 3>&-
wait "$RUNNING"
holds enter_ends_it_well [ $? -eq 0 ]
RUNNING=""
holds no_node_is_left deserted whole
holds no_folder_is_left [ "$(ls whole)" = out ]
holds no_line_is_longer_than_80_columns bash -c \
    'export LC_ALL=C.UTF-8; ! grep -v "^ *cd /\|^ *PATH=/" whole/out | grep -qE "^.{81}"'

# ---- spoilt: each step, begun as it stood in the story above, must notice; two from the beginning
spoilt() { # STEP NUMBER FLAG...: the steps that are told, with the one that must notice
    local status
    room "$1"
    "$DEMO" --break "$1" "${@:3}" >"$1/out" 2>&1
    status=$?
    holds "a_spoilt_${1}_is_noticed" [ $status -eq 1 ]
    holds "the_failure_names_$1" grep -q "^FAILED in step $1: " "$1/out"
    holds "nothing_after_$1_is_told" [ "$(grep -cE '^[0-9]+ of 18' "$1/out")" -eq "$2" ]
    holds "what_failed_in_$1_is_kept_and_named" \
        grep -qF "Kept: $(echo "$PLACE/$1"/peregrin-demo.*) " "$1/out"
    holds "no_node_is_left_after_$1" deserted "$1"
}
spoilt ceremony 1
spoilt import 2
for step in $("$DEMO" --help | sed -n '/^  --break/,/^  --mark/p' | tail -n +2 | head -n -1 |
    tr -d ',' | sed 's/ or / /'); do
    case $step in ceremony | import) ;; *) spoilt "$step" 1 --from "$PLACE/marks" ;; esac
    rm -rf "marks/$step"
done
holds every_step_was_spoilt [ "$(grep -lE '^FAILED in step' ./*/out | wc -l)" -eq 18 ]

# ---- interrupted
room interrupted
"$DEMO" >interrupted/out 2>&1 &
RUNNING=$!
waits_for '^3 of 18' interrupted/out
kill -TERM "$RUNNING"
wait "$RUNNING"
holds an_interrupted_demo_says_so [ $? -eq 143 ]
RUNNING=""
holds no_node_is_left_by_it deserted interrupted
holds no_folder_is_left_by_it [ "$(ls interrupted)" = out ]

# ---- on terminals
room terminal
terminal() { # COLUMNS VARIABLE...: what is seen there
    env TERM=xterm "${@:2}" script -qec "stty cols $1; '$DEMO' --break ceremony" /dev/null 2>&1
}
holds a_terminal_has_colours grep -q $'\e\\[1m' <<<"$(terminal 80 NO_COLOR=)"
terminal 44 NO_COLOR=1 >narrow
holds no_color_is_respected bash -c '! grep -q $'"'\\e'"' narrow'
holds a_narrow_terminal_has_short_lines bash -c \
    'export LC_ALL=C.UTF-8; ! tr -d "\r" <narrow | grep -E "^.{45}" | grep -q "[^ ] "'

# ---- its options
holds its_help_names_every_option bash -c \
    "for option in stay keep break help; do '$DEMO' --help | grep -q -- --\$option || exit 1; done"
"$DEMO" --sty >/dev/null 2>&1
holds an_unknown_option_is_a_wrong_use [ $? -eq 2 ]
"$DEMO" --break nothing >/dev/null 2>&1
holds an_unknown_step_is_a_wrong_use [ $? -eq 2 ]
