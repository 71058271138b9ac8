#!/bin/bash
# The README's five minutes by hand, typed as they stand there: only ports and the build are others.
. "$(dirname "$(readlink -f "$0")")/../support/claims.sh"
set -u
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
. scripts/federation.sh
PLACE=$(mktemp -d)
trap 'cd /; rm -rf "$PLACE"' EXIT
BEGUN=${EPOCHREALTIME/[.,]/}

# The block after that heading: what is indented by four.
sed -n '/^## Five minutes by hand/,/^## Three doors/s/^    //p' README.md |
    grep -v '^make && ' >"$PLACE/typed"
sed -i "s/127.0.0.1:4101/127.0.0.1:$(federation_port)/; s/127.0.0.1:4102/127.0.0.1:$(federation_port)/" \
    "$PLACE/typed"
cp -r certs "$PLACE/"
cd "$PLACE" || exit 1
cat >run <<'END'
trap 'kill $(jobs -p); wait' EXIT
. ./typed
# A person reads before answering: the nomination may not be there yet when the lines are typed at once.
for try in {1..900}; do
    peregrin nomination list --plain -q >list
    peregrin nomination show novakova >shown
    grep -qi accepted shown ||
        PEREGRIN_SOCKET=uhasselt/peregrin.sock peregrin nomination accept novakova
    [ "$(grep -c -P '\tdelivered\t' list)" = 44 ] && grep -qi accepted shown && break
    sleep 0.1
done
END
PATH=$PEREGRIN_BIN:$PATH bash ./run </dev/null >out 2>&1
TOOK=$(((${EPOCHREALTIME/[.,]/} - BEGUN) / 1000000))

holds() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" >/dev/null 2>&1; then echo "ok $name"; else
        echo "not ok $name: $*"
        tail -n 20 out
    fi
}
holds there_is_something_to_type grep -q 'peregrin nomination send --all' typed
holds every_nomination_has_its_receipt [ "$(grep -c -P '\tdelivered\t' list)" = 44 ]
holds an_answer_came_home grep -qi accepted shown
holds nothing_was_mistyped eval '! grep -q "Remedy: see .peregrin help" out'
[ -z "${KEEP_LOGS:-}" ] || cp out "$KEEP_LOGS"
echo "# from the first key to 44 receipts: $TOOK s, without the build"
