#!/bin/bash
# The daemon as its administrator knows it: checks, refusals with their remedy, signals.
exec python3 -B "$(dirname "$(readlink -f "$0")")/daemon.py"
