#!/bin/bash
# A key in other hands: the authority revokes it, and a node that knows takes nothing that it signs.
exec python3 -B "$(dirname "$(readlink -f "$0")")/revoked.py"
