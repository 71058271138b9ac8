#!/bin/bash
# The API over TCP, with TLS and without: who gets in, and what strangers may throw at it.
exec python3 -B "$(dirname "$(readlink -f "$0")")/api_door.py"
