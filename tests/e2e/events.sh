#!/bin/bash
# The feed of events as an integrator follows it: pages, long polls, streams.
exec python3 -B "$(dirname "$(readlink -f "$0")")/events.py"
