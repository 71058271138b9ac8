#!/bin/bash
# Strangers without a key, by the thousand: counted, told of, cut; an honest partner hardly notices.
exec python3 -B "$(dirname "$(readlink -f "$0")")/floods.py"
