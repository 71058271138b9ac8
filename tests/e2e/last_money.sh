#!/bin/bash
# Two officers allot the last money of one envelope while the node is killed. SEED, KILLS: see the program.
exec python3 -B "$(dirname "$(readlink -f "$0")")/last_money.py"
