#!/bin/bash
# What an administrator is told of a node: doctor, readiness, metrics, alerts, with things broken on purpose.
exec python3 -B "$(dirname "$(readlink -f "$0")")/watch.py"
