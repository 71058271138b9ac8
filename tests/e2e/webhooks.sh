#!/bin/bash
# Webhooks as the program at the other end sees them, whatever happens to either.
exec python3 -B "$(dirname "$(readlink -f "$0")")/webhooks.py"
