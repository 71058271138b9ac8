#!/bin/bash
# Real nodes on disks that are full, broken, damaged, read-only and gone: what is lost, and what is said.
exec python3 -B "$(dirname "$(readlink -f "$0")")/disks.py"
