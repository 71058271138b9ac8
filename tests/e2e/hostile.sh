#!/bin/bash
# Rubbish at both of a node's doors: it lives, it counts, and nothing changes.
exec python3 -B "$(dirname "$(readlink -f "$0")")/hostile.py"
