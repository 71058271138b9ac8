#!/bin/bash
# A record that ends the node twice is set aside, refused as `internal`, and everything else goes on.
exec python3 -B "$(dirname "$(readlink -f "$0")")/poison.py"
