#!/bin/bash
# peregrin-sim real: real nodes under kills and a hostile relay lose nothing; an oracle that must find
# something finds it; and however it ends, nothing of it stays behind. For hours: make soak.
ROOT=$(dirname "$(readlink -f "$0")")/../..
. "$ROOT/tests/support/claims.sh"
sim=${PEREGRIN_BIN:?the folder of the programs}/peregrin-sim
place=$(mktemp -d)
export TMPDIR=/tmp
trap 'rm -rf "$place"' EXIT
seed=${SEED:-$RANDOM}
echo "# SEED=$seed"

# field NAME: of the JSON object on stdin.
field() { python3 -Sc 'import json, sys; print(json.load(sys.stdin).get(sys.argv[1]))' "$1"; }
claim() {
    local name=$1 reason=$2
    shift 2
    if "$@"; then echo "ok $name"; else echo "not ok $name: $reason"; fi
}
# Processes of a federation, by its folder, which every command line of them names; and the folder.
left_behind() {
    grep -lsF -f <(echo "$1/") /proc/[0-9]*/cmdline
    ls -d "$1" 2>/dev/null
}

# --- some dozen kills, and nothing is lost

"$sim" real --seconds 8 --seed "$seed" --json >"$place/result" 2>"$place/said"
status=$?
result=$(cat "$place/result")
why="status $status, $result $(tail -c 600 "$place/said")"
claim three_nodes_under_kills_and_a_hostile_relay_lose_nothing "$why" [ "$status" = 0 ]
for name in lost doubled altered disagreeing unreceipted refused fallen audits_failed; do
    claim "nothing_is_$name" "$why" [ "$(field $name <<<"$result")" = 0 ]
done
claim they_were_killed_again_and_again "$why" [ "$(field kills <<<"$result")" -ge 12 ]
claim and_they_were_at_work "$why" [ "$(field acknowledged <<<"$result")" -ge 50 ]
claim everything_acknowledged_was_compared "$why" [ "$(field compared <<<"$result")" = True ]

# --- an oracle that cannot fail is none

for damage in lost doubled; do
    "$sim" real --nodes 2 --seconds 2 --seed "$seed" --faults kill,drop --prove $damage \
        --keep "$place/$damage" >"$place/result" 2>"$place/said"
    status=$?
    why="status $status: $(tail -n 3 "$place/said")"
    claim "what_is_${damage}_is_found" "$why" [ "$status" = 11 ]
    claim "the_record_that_is_${damage}_is_named" "$why" grep -Eq \
        "^error: $damage: .*dossier 0[0-9A-Z]{25} " "$place/said"
    claim "where_what_is_${damage}_is_kept_is_said" "$why" grep -q \
        "look into $place/$damage " "$place/said"
    claim "how_to_play_it_again_is_said_whole" "$why" grep -q \
        "again: peregrin-sim real --seed $seed --nodes 2 --seconds 2 --faults kill,drop --prove $damage\$" \
        "$place/said"
    claim "what_was_acknowledged_is_kept_with_it" "$why" [ -s "$place/$damage/acknowledged" ]
done
# What was told is in no store: both sides agree, and every id is there.
"$sim" real --nodes 2 --seconds 2 --seed "$seed" --faults none --prove altered \
    --keep "$place/altered" >"$place/result" 2>"$place/said"
status=$?
why="status $status: $(tail -n 3 "$place/said")"
claim what_is_other_than_it_was_asked_for_is_found "$why" [ "$status" = 11 ]
claim the_record_that_is_other_is_named "$why" grep -Eq \
    '^error: altered: .*dossier 0[0-9A-Z]{25} at .* is not what was asked for$' "$place/said"
claim nothing_else_is_found_with_it "$(cat "$place/result")" grep -Eq '^  disagreeing +0$' "$place/result"
"$sim" real --nodes 2 --seconds 1 --seed "$seed" --faults none --prove silent \
    --keep "$place/silent" >"$place/result" 2>"$place/said"
status=$?
why="status $status: $(tail -n 3 "$place/said")"
claim a_node_that_does_not_answer_the_oracle_is_a_find "$why" eval \
    '[ "$status" = 11 ] && grep -q "^error: u1.be does not answer the oracle" "$place/said"'
claim which_mechanisms_were_found_is_said "$(cat "$place/result")" grep -Eq \
    "^  (yes|no)  ?strace +kill -9 at named points" "$place/result"

# --- Ctrl-C, a closed terminal, a reader that has gone

# The folder that a run made is the working place of its nodes: its name into `made`.
made_by() { # RUN
    local run=$1 child try
    made=
    for ((try = 0; try < 600 && ${#made} == 0; try++)); do
        kill -0 $run 2>/dev/null || break
        for child in $(cat /proc/$run/task/*/children 2>/dev/null); do
            made=$(tr '\0' ' ' 2>/dev/null <"/proc/$child/cmdline" |
                sed -n 's|.*peregrind -c \(/tmp/peregrin-real-[^/]*\)/.*|\1|p')
            [ -z "$made" ] || break
        done
        [ "$made" ] || sleep 0.05
    done
}
# A terminal that closes says so more than once: its shell, and the kernel. So it goes on for a
# while: two of a kind that come together are one.
for signal in INT HUP; do # nohup around the tests is not meant for it
    env --default-signal=HUP "$sim" real --seconds 300 --seed "$seed" --nodes 2 >"$place/result" 2>"$place/said" &
    run=$!
    made_by $run
    kill -$signal $run
    for again in {1..100}; do
        [ $signal = HUP ] && kill -$signal $run 2>/dev/null || break
        sleep 0.01
    done
    wait $run
    status=$?
    claim "sig${signal,,}_ends_it" "status $status: $(cat "$place/said")" [ "$status" = 130 ]
    claim "what_sig${signal,,}_kept_from_being_compared_is_no_number" "$(cat "$place/result")" eval \
        '! grep -q disagreeing "$place/result" || grep -Eq "^  disagreeing +-\$" "$place/result"'
    claim "and_sig${signal,,}_leaves_nothing_behind" "made: $made; $(left_behind "$made")" \
        eval '[ "$made" ] && [ -z "$(left_behind "$made")" ]'
done

mkfifo "$place/pipe"
"$sim" real --seconds 300 --seed "$seed" --nodes 2 >"$place/pipe" 2>&1 &
run=$!
exec 3<"$place/pipe"
made_by $run
exec 3<&-
wait $run
status=$?
claim a_reader_that_has_gone_ends_it "status $status" [ "$status" = 130 ]
claim and_then_nothing_is_left_behind "made: $made; $(left_behind "$made")" \
    eval '[ "$made" ] && [ -z "$(left_behind "$made")" ]'

# --- what cannot be

says() { # NAME STATUS WORDS COMMAND...
    local name=$1 wanted=$2 words=$3 said
    shift 3
    said=$("$@" 2>&1)
    local status=$?
    claim "$name" "status $status: $said" eval '[ $status = $wanted ] && [[ $said == *"$words"* ]]'
}
says a_fault_that_nobody_knows_is_refused 2 'there is no fault `frop`' \
    "$sim" real --faults kill,frop
says seventeen_nodes_are_refused 2 "--nodes takes a whole number from 2 to 16" "$sim" real --nodes 17
says a_folder_that_is_not_there_is_named_with_what_to_do 6 "set TMPDIR to a folder that is there" \
    env TMPDIR=/nowhere "$sim" real
TMPDIR=$place "$sim" real --seconds 1 --peregrind /bin/false --keep "$place/long" >"$place/said" 2>&1
status=$?
why="status $status: $(cat "$place/said")"
claim a_folder_that_is_too_long_for_sockets_is_said "$why" \
    grep -q "the nodes' folder is made in /tmp" "$place/said"
claim and_there_it_is_made "$why" eval '[ $status = 1 ] && grep -q "does not start" "$place/said"'
says a_daemon_that_is_not_there_is_named 6 "/nowhere/peregrind is no program" \
    "$sim" real --peregrind /nowhere/peregrind
says a_daemon_that_does_not_start_is_told 1 "does not start" \
    "$sim" real --seconds 1 --peregrind /bin/false --keep "$place/broken"
