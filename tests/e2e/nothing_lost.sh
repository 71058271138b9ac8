#!/bin/bash
# Promise 1 of the protocol, on real processes: whatever was answered is on both sides, once, after
# any number of kill -9. SEED, RECORDS and KILLS: see the program.
exec python3 -B "$(dirname "$(readlink -f "$0")")/nothing_lost.py"
