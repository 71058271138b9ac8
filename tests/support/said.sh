# Sourced behind claims.sh by tests of the CLI: a folder of their own, a node to ask, and claims
# about what was said. PIDS is ended, and the folder goes, when the test ends.
set -u
BIN=${PEREGRIN_BIN:?}
PLACE=$(mktemp -d)
PIDS=()
stop() {
    for pid in "${PIDS[@]}"; do kill "$pid" 2>/dev/null; done
    wait
    rm -rf "$PLACE"
}
trap stop EXIT
cd "$PLACE" || exit 1
export NO_COLOR=1 TERM=dumb
unset PEREGRIN_SOCKET

at() { # NODE COMMAND...: the CLI, asking this node
    local node=$1
    shift
    "$BIN/peregrin" --socket "$node/peregrin.sock" "$@"
}
# said NAME STATUS PATTERN COMMAND...: the command ends so and says so on either stream.
said() {
    local name=$1 want=$2 pattern=$3 got status
    shift 3
    got=$("$@" 2>&1 </dev/null)
    status=$?
    if [ "$status" -ne "$want" ]; then
        echo "not ok ${name// /_}: exit status $status instead of $want: $got"
    elif ! grep -qE -- "$pattern" <<<"$got"; then
        echo "not ok ${name// /_}: no \"$pattern\" in: $got"
    else
        echo "ok ${name// /_}"
    fi
}
holds() {
    local name=$1
    shift
    if "$@" >/dev/null 2>&1; then echo "ok ${name// /_}"; else echo "not ok ${name// /_}: $*"; fi
}
# reaches NAME PATTERN COMMAND...: within thirty seconds the command says so.
reaches() {
    local name=$1 pattern=$2 got=""
    shift 2
    for _ in $(seq 300); do
        got=$("$@" 2>&1 </dev/null)
        if grep -qE -- "$pattern" <<<"$got"; then
            echo "ok ${name// /_}"
            return 0
        fi
        sleep 0.1
    done
    echo "not ok ${name// /_}: no \"$pattern\" in: $got"
    return 1
}
