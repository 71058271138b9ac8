#!/bin/bash
# A partner that keeps no rule, with true keys or stolen ones: refused, counted, and nobody else notices.
set -eu
cd "$(dirname "$(readlink -f "$0")")/../.."
peer=${BUILD:-build}/plain/tests/e2e/adversary_peer
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES \
    make --no-print-directory VARIANT=plain "$peer" >/dev/null
ADVERSARY=$(readlink -f "$peer")
export ADVERSARY
exec python3 -B tests/e2e/adversary.py
