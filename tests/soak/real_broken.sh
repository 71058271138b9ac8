#!/bin/bash
# The oracle of `peregrin-sim real` is tested, too: daemons with a defect on purpose must be found, and
# the same session with a daemon that has none must be fine.
ROOT=$(dirname "$(readlink -f "$0")")/../..
cd "$ROOT" || exit 1
. tests/support/claims.sh
BUILD=${BUILD:-build}
sim=${PEREGRIN_BIN:-$PWD/$BUILD/plain/bin}/peregrin-sim
daemon=$(readlink -f "$BUILD")/broken/bin/peregrind
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

make --no-print-directory -j2 VARIANT=broken WARNINGS=-w "$BUILD/broken/bin/peregrind" >"$place/log" 2>&1 ||
    { echo "not ok a_daemon_with_defects_is_built: $(tail -n 3 "$place/log")"; exit 1; }

# session DEFECT FAULTS STATUS: how a session with this defect ends; twice more where it may be missed.
session() {
    local try status
    for try in 1 2 3; do
        PEREGRIN_BROKEN=$1 "$sim" real --seconds 30 --faults "$2" --peregrind "$daemon" \
            --keep "$place/kept" --json >"$place/result" 2>"$place/said"
        status=$?
        rm -rf "$place/kept"
        [ "$3" = 11 ] && [ $status = 0 ] || break
    done
    if [ $status = "$3" ]; then
        echo "ok ${1:-no-defect} ends with $3, at the $try. try: $(grep -o '"message": .*' "$place/said")"
    else
        echo "not ok ${1:-no-defect} ends with $status, not $3: $(cat "$place/result" "$place/said")"
    fi
}
session "" all 0
session key-ignored kill,drop 11
session no-deduplication kill,drop,duplicate 11
session two-transactions point 11
