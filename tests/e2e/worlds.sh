#!/bin/bash
# A machine that is not what a program expects: clocks bent by years, logs that nobody reads, a node
# that is stopped, files that are gone. The node says what to do, and loses nothing.
exec python3 -B "$(dirname "$(readlink -f "$0")")/worlds.py"
