#!/bin/bash
# An institution whose node nobody can dial exchanges everything with its partner, both ways, also when
# either process is killed in the middle of it.
exec python3 -B "$(dirname "$(readlink -f "$0")")/calls_out.py"
