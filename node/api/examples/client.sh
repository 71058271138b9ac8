#!/bin/sh
# A program that works with a Peregrin node over its API, in shell with curl.
#
#   client.sh list                          a page of nominations, as JSON
#   client.sh nominate PARTNER FILE         one student, from a JSON file
#   client.sh decide DOSSIER accept|refuse
#   client.sh follow [CURSOR]               events as they happen, as a stream
#
# PEREGRIN_SOCKET names the node's socket on this machine; or PEREGRIN_URL its address, and
# PEREGRIN_TOKEN_FILE a file with the line `header = "Authorization: Bearer TOKEN"`, so that no
# secret stands among a program's arguments.
set -eu

node() {
    if [ -n "${PEREGRIN_URL:-}" ]; then
        curl --silent --show-error --fail-with-body --config "$PEREGRIN_TOKEN_FILE" \
            ${PEREGRIN_CA:+--cacert "$PEREGRIN_CA"} "$PEREGRIN_URL$@"
    else
        curl --silent --show-error --fail-with-body \
            --unix-socket "${PEREGRIN_SOCKET:-/run/peregrin/peregrin.sock}" "http://node$@"
    fi
}

# A key of its own for each wish: the same wish asked again is done once.
key() {
    printf 'Idempotency-Key: %s' "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
}

# PATH OPTIONS...: the first word is glued to the address, the others stay as they are.
case "${1:-}" in
list)
    node /api/v1/nominations
    ;;
nominate)
    printf '{"partner":"%s","nomination":%s}' "$2" "$(cat "$3")" |
        node /api/v1/nominations --header 'Content-Type: application/json' \
            --header "$(key)" --data-binary @-
    ;;
decide)
    node "/api/v1/nominations/$2/decision" --header 'Content-Type: application/json' \
        --header "$(key)" --data-binary "{\"outcome\":\"$3\"}"
    ;;
follow)
    node "/api/v1/events?after=${2:-newest}" --no-buffer --header 'Accept: text/event-stream'
    ;;
*)
    sed -n '2,12s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
