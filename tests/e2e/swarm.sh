#!/bin/bash
# Seeds that nobody has seen before are played: chaos, healing, rest, and every invariant. And what
# the two verbs say and how they end.
#
# SWARM_SEEDS   how many (300)      SOAK, HOURS   the long form: as many as the time holds
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
sim=$PEREGRIN_BIN/peregrin-sim
broken=$PEREGRIN_BIN/../../broken/bin/peregrin-sim
seeds=${SWARM_SEEDS:-300}
place=$(mktemp -d) || exit 1
trap 'rm -rf "$place"' EXIT

claim() { # NAME COMMAND...
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then echo "ok $name"; else printf 'not ok %s: %s\n' "$name" "${said:0:2000}"; fi
}
exits() { # STATUS COMMAND...
    local wanted=$1 status=0
    shift
    "$@" >"$place/out" 2>"$place/err" </dev/null || status=$?
    [ "$status" = "$wanted" ] || { echo "exit $status, not $wanted"; tail -n 5 "$place/out" "$place/err"; return 1; }
}

fresh_seeds_hold() {
    exits 0 "$sim" swarm --seeds "$seeds" --keep "$place/kept" || { grep -h failed "$place/out"; return 1; }
    tail -n 1 "$place/out" | grep -q "^$seeds seeds, 0 failed; [0-9]* played twice; [0-9]* events"
}
hours_of_seeds_hold() {
    local end=$(($(date +%s) + $(awk "BEGIN { printf \"%d\", ${HOURS:-1} * 3600 }")))
    while [ "$(date +%s)" -lt "$end" ]; do fresh_seeds_hold || return 1; done
}
the_last_line_is_json() {
    exits 0 "$sim" swarm --seeds 3 --first 0x10 --json || return 1
    tail -n 1 "$place/out" |
        grep -Eqx '\{"seeds":3,"failed":0,"events":[1-9][0-9]*,"events_per_second":[1-9][0-9]*\}'
}
the_same_seeds_give_the_same_events() {
    local once
    exits 0 "$sim" swarm --seeds 4 --first 77 --jobs 1 --json || return 1
    once=$(tail -n 1 "$place/out" | grep -o '"events":[0-9]*')
    exits 0 "$sim" swarm --seeds 4 --first 77 --jobs 3 --json || return 1
    [ "$once" = "$(tail -n 1 "$place/out" | grep -o '"events":[0-9]*')" ]
}
fresh_seeds_are_said() {
    exits 0 "$sim" swarm --seeds 1 && sed -n 1p "$place/out" >"$place/first" || return 1
    exits 0 "$sim" swarm --seeds 1 && ! sed -n 1p "$place/out" | cmp -s - "$place/first" &&
        grep -qx 'the first seed is 0x[0-9a-f]*' "$place/first"
}
a_seed_is_written_as_the_story_that_it_is() {
    exits 0 "$sim" run --seed 0x2a --write "$place/2a.story" && cp "$place/out" "$place/told" &&
        exits 0 "$sim" run "$place/2a.story" && cmp "$place/out" "$place/told" &&
        grep -qx 'come what may' "$place/2a.story"
}
an_interrupt_ends_with_what_there_is() {
    local child status=0
    "$sim" swarm --seeds 1000000 --jobs 1 >"$place/out" 2>&1 &
    child=$!
    until grep -q first "$place/out"; do :; done
    kill -INT "$child"
    wait "$child" || status=$?
    [ "$status" = 130 ] || { echo "exit $status"; return 1; }
    grep -Eq '^[0-9]+ seeds, 0 failed' "$place/out"
}
wrong_words_are_told() {
    exits 2 "$sim" swarm --seeds none && grep -q 'takes a whole number from 1' "$place/err" &&
        exits 2 "$sim" swarm --seeds 0 && exits 2 "$sim" swarm --jobs 1000 &&
        exits 2 "$sim" run && grep -q 'either a FILE or a --seed' "$place/err" &&
        exits 2 "$sim" run --seed 1 "$place/2a.story" && exits 2 "$sim" swarm me
}
what_a_story_expects_in_vain_is_a_problem() {
    printf 'nodes helmo.be uhasselt.be\nhelmo.be nominates A to uhasselt.be\nexpect invariants\n' >"$place/early.story"
    exits 11 "$sim" run "$place/early.story" && grep -q 'line 3: I4: ' "$place/err"
}
a_story_that_is_told_otherwise_is_a_problem() {
    printf 'nodes helmo.be uhasselt.be\nhelmo.be nominates A to uhasselt.be\nsettle\n' >"$place/upper.story"
    exits 0 "$sim" run "$place/upper.story" && [ "$(wc -l <"$place/out")" -gt 2 ] || return 1
    { cat "$place/upper.story"; echo --; cat "$place/out"; } >"$place/whole.story"
    sed '6s/$/ indeed/' "$place/whole.story" >"$place/otherwise.story"
    sed '$d' "$place/whole.story" >"$place/short.story"
    exits 0 "$sim" run "$place/whole.story" && exits 11 "$sim" run "$place/otherwise.story" &&
        grep -q 'line 2 below `--`:' "$place/err" && grep -q 'expected: .* indeed$' "$place/err" &&
        exits 11 "$sim" run "$place/short.story" && grep -q 'expected: nothing more' "$place/err"
}
# A device that is always full, and a link to it: what is written must not take its place.
what_cannot_be_said_is_an_error() {
    local verb status
    for verb in "run --seed 1" "swarm --seeds 1" "help run" "help"; do
        status=0
        # shellcheck disable=SC2086
        "$sim" $verb >"$full" 2>"$place/err" || status=$?
        [ "$status" = 1 ] && grep -q 'the output could not be written whole' "$place/err" || {
            echo "$verb: exit $status"; return 1; }
    done
}
what_is_no_file_is_written_into_and_stays() {
    ln -s "$full" "$place/link"
    exits 1 "$sim" run --seed 1 --write "$place/link" && [ -L "$place/link" ] &&
        grep -q 'link cannot be written: No space left' "$place/err" &&
        exits 1 "$sim" run --seed 1 --write "$full" && [ -c "$full" ] &&
        grep -q 'cannot be written: No space left' "$place/err" && [ ! -e "$full.new" ]
}
an_empty_value_is_no_value() {
    local words
    for words in "run --seed 1 --write" "run --seed 1 --report" "run --seed 1 --trace" "swarm --keep" \
        "swarm --report" "shrink --seed 1 --out" "sweep --csv" "real --keep" "network --deeds"; do
        # shellcheck disable=SC2086
        exits 2 "$sim" $words "" && grep -q 'needs a value' "$place/err" &&
            exits 2 "$sim" $words= && grep -q 'needs a value' "$place/err" || { echo "$words"; return 1; }
    done
}
a_folder_is_tried_at_the_start() {
    : >"$place/file"
    exits 1 "$sim" swarm --seeds 1000000 --keep "$place/file" &&
        grep -q 'file cannot be written into: Not a directory' "$place/err" &&
        exits 1 "$sim" swarm --seeds 1000000 --report "$place/file/deep" &&
        grep -q 'deep cannot be written into: Not a directory' "$place/err" &&
        exits 0 "$sim" swarm --seeds 1 --first 0xffffffffffffffff --report "$place/unfailed" &&
        [ ! -e "$place/unfailed" ] && grep -q 'nothing is drawn into .*: no seed failed' "$place/out"
}
what_cannot_be_told_is_not_shrunk() {
    printf 'nodes helmo.be uhasselt.be\nfrobnicate\n' >"$place/unknown.story"
    exits 2 "$sim" shrink "$place/unknown.story" --out "$place/none.story" && [ ! -e "$place/none.story" ] &&
        grep -q 'unknown.story cannot be told: line 2: no such line; shrink is for stories that fail' "$place/err"
}
shrink_says_what_it_does_to_a_person() {
    script -qec "$sim shrink $place/early.story --out $place/small.story" /dev/null </dev/null >"$place/seen"
    grep -q '0 of at most 1000 replays, 3 of 3 lines: the whole story' "$place/seen" &&
        grep -q 'lines became' "$place/seen"
}
a_swarm_that_is_killed_takes_its_workers_along() {
    local child workers worker end=$((SECONDS + 100))
    "$sim" swarm --seeds 1000000 --jobs 2 >"$place/out" 2>&1 &
    child=$!
    until workers=$(cat "/proc/$child/task/$child/children") && [ "$(wc -w <<<"$workers")" = 2 ]; do
        [ "$SECONDS" -lt "$end" ] || { echo "no workers"; kill -INT "$child"; return 1; }
    done
    kill -KILL "$child"
    wait "$child" 2>/dev/null
    for worker in $workers; do
        while [ -e "/proc/$worker" ] && ! grep -q '^State:.Z' "/proc/$worker/status" 2>/dev/null; do
            [ "$SECONDS" -lt "$end" ] || { echo "$worker lives"; kill -KILL $workers; return 1; }
        done
    done
}
# A defect that was planted: every seed fails, is named, kept, and fails again when it is replayed.
a_seed_that_fails_is_named_kept_and_replayed() {
    local kept
    export PEREGRIN_BROKEN=name-said
    exits 11 "$broken" swarm --seeds 3 --first 5 --keep "$place/failing" || return 1
    [ "$(grep -c '^failed 0x[0-9a-f]*: line [0-9]*: I8: .* replay: peregrin-sim run --seed 0x' "$place/out")" = 3 ] || return 1
    for kept in "$place"/failing/0x*.story; do exits 11 "$broken" run "$kept" || return 1; done
    exits 11 "$broken" run --seed 5 && grep -q 'I8: ' "$place/err" || return 1
    exits 11 "$broken" swarm --seeds 2 --first 5 --json &&
        tail -n 1 "$place/out" | grep -q '^{"seeds":2,"failed":2,'
}

claim the_last_line_is_json the_last_line_is_json
claim the_same_seeds_give_the_same_events_however_many_processes_play_them the_same_seeds_give_the_same_events
claim fresh_seeds_are_said fresh_seeds_are_said
claim a_seed_is_written_as_the_story_that_it_is a_seed_is_written_as_the_story_that_it_is
claim an_interrupt_ends_with_what_there_is an_interrupt_ends_with_what_there_is
claim wrong_words_are_told wrong_words_are_told
claim what_a_story_expects_in_vain_is_a_problem what_a_story_expects_in_vain_is_a_problem
claim a_story_that_is_told_otherwise_is_a_problem a_story_that_is_told_otherwise_is_a_problem
claim an_empty_value_is_no_value an_empty_value_is_no_value
claim a_folder_is_tried_at_the_start a_folder_is_tried_at_the_start
claim what_cannot_be_told_is_not_shrunk what_cannot_be_told_is_not_shrunk
claim a_swarm_that_is_killed_takes_its_workers_along a_swarm_that_is_killed_takes_its_workers_along
if command -v script >/dev/null; then
    claim shrink_says_what_it_does_to_a_person shrink_says_what_it_does_to_a_person
else
    echo "skip shrink_says_what_it_does_to_a_person: there is no terminal without script"
fi
# A device of its own where that may be made: a test that fails must not replace the machine's.
full=$place/full
mknod "$full" c 1 7 2>/dev/null || true
if [ -c "$full" ] && ! echo >"$full" 2>/dev/null; then
    claim what_cannot_be_said_is_an_error what_cannot_be_said_is_an_error
    claim what_is_no_file_is_written_into_and_stays what_is_no_file_is_written_into_and_stays
else
    full=/dev/full
    if [ -c "$full" ]; then
        claim what_cannot_be_said_is_an_error what_cannot_be_said_is_an_error
    else
        echo "skip what_cannot_be_said_is_an_error: there is no device that is full"
    fi
    echo "skip what_is_no_file_is_written_into_and_stays: a device of one's own wants root"
fi
if [ -x "$broken" ]; then
    claim a_seed_that_fails_is_named_kept_and_replayed a_seed_that_fails_is_named_kept_and_replayed
else
    echo "skip a_seed_that_fails_is_named_kept_and_replayed: there is no build/broken; make VARIANT=broken makes it"
fi
if [ -n "${SOAK:-}" ]; then
    claim "${HOURS:-1}_hours_of_fresh_seeds_keep_every_invariant" hours_of_seeds_hold
else
    claim "${seeds}_fresh_seeds_keep_every_invariant" fresh_seeds_hold
fi
echo "# figures: $(sed -n 1p "$place/out"); $(tail -n 1 "$place/out")"
