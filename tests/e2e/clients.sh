#!/bin/bash
# The example clients, as an integrator tries them in the first hour.
exec python3 -B "$(dirname "$(readlink -f "$0")")/clients.py"
