#!/bin/bash
# A partner that was away holds what was said meanwhile soon after its start, once and in order.
exec python3 -B "$(dirname "$(readlink -f "$0")")/away.py"
