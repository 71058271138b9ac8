#!/bin/bash
# Years of small networks: their verbs, their files, and that each scenario does what it says.
exec python3 -B "$(dirname "$(readlink -f "$0")")/study.py"
