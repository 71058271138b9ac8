#!/bin/bash
# The OpenAPI document of a node, held against what two real nodes answer.
exec python3 -B "$(dirname "$(readlink -f "$0")")/openapi.py"
