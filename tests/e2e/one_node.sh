#!/bin/bash
# Two institutions on one node exchange within a commit what two nodes exchange over the network.
exec python3 -B "$(dirname "$(readlink -f "$0")")/one_node.py"
