#!/bin/bash
# Rules of eligibility in a node that runs: read again at SIGHUP, and asked once of what has come.
exec python3 -B "$(dirname "$(readlink -f "$0")")/rules.py"
