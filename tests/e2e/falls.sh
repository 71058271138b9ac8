#!/bin/bash
# A short round of the kill loops: nodes fall at work, while they start, meet and stop, while a
# backlog comes in, and while an old copy heals. For hours: make soak.
export EVENTS=${EVENTS:-14} KILLS=1
exec python3 -B "$(dirname "$(readlink -f "$0")")/../soak/kills.py"
