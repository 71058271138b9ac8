#!/usr/bin/env python3
"""Sessions of `peregrin-sim`, one after the other, for HOURS; and the sums of what each counted.

    tests/soak/sim.py swarm        seeds, as many as there is time for
    tests/soak/sim.py real         real nodes: two to six of them, killed at every moment
    tests/soak/sim.py year         whole years of made networks, one scenario after the other

HOURS (1)   SECONDS of one session (600)   SEED of the first session (random; each is said)
PEREGRIN_BIN: the folder of the programs (build/plain/bin)
Ends with 1 when a session found something; what it kept stays where it says.
"""
import collections
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("PEREGRIN_BIN") or
                   ROOT / (os.environ.get("BUILD") or "build") / "plain" / "bin")
HOURS = float(os.environ.get("HOURS") or 1)
SECONDS = float(os.environ.get("SECONDS") or 600)
SEEDS = 500         # of one session of the swarm
NODES = [3, 4, 2, 6]
INSTITUTIONS = 300  # of a year
SCENARIOS = ["none", "dark", "cut-off", "flood", "slow"]  # all in which nothing may be lost
WORST = {"heal_seconds_worst"}           # not summed: the worst of all counts
LEFT = {"seed", "first", "heal_seconds_mean", "events_per_second"}  # of one session only
YEAR = {"events", "submitted", "receipted", "lost_receipted", "node_years"}   # of its measures, these


def session(verb, number, seed, left):
    """The words of one session."""
    if verb == "swarm":
        return ["swarm", "--seeds", SEEDS, "--first", seed + number * SEEDS,
                "--keep", ROOT / (os.environ.get("BUILD") or "build") / "soak" / "failing"]
    if verb == "year":
        return ["year", "--make", INSTITUTIONS, "--seed", seed + number,
                "--scenario", SCENARIOS[number % len(SCENARIOS)]]
    return ["real", "--nodes", NODES[number % len(NODES)], "--seed", seed + number,
            "--seconds", max(10, round(min(SECONDS, left)))]


def add(sums, result, prefix=""):
    """Numbers are added up, also those one level deeper."""
    for name, value in result.items():
        if isinstance(value, dict) and not prefix:
            add(sums, value, "fault_" if name == "faults" else f"{name}_")
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or name in LEFT:
            continue
        elif name in WORST:
            sums[name] = max(sums[name], value)
        else:
            sums[prefix + name] += value


def year_of(result):
    """What of a year is summed up."""
    days, nodes = result.get("days", 0), result.get("nodes", 0)
    measures = {**result.get("measures", {}), "node_years": days * nodes / 365.2425}
    return {name: measures[name] for name in YEAR if name in measures}


def result_of(said, verb):
    """Its one object, or those of its lines together."""
    try:
        found = json.loads(said)
        return year_of(found) if verb == "year" else found
    except ValueError:
        pass
    objects = {}
    for line in said.splitlines():
        try:
            if isinstance(found := json.loads(line), dict):
                objects.update(found)
        except ValueError:
            continue
    return objects


def main():
    verb = sys.argv[1]
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 31))
    end = time.monotonic() + HOURS * 3600
    sums, wrong = collections.Counter(), 0
    for number in itertools.count():
        words = [str(word) for word in session(verb, number, seed, end - time.monotonic())]
        print(f"# peregrin-sim {' '.join(words)}", flush=True)
        done = subprocess.run([BIN / "peregrin-sim", *words, "--json"], cwd=ROOT, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        add(sums, result_of(done.stdout, verb))
        sums["sessions"] += 1
        if done.returncode:
            wrong += 1
            print(f"not ok {verb}: session {number} ended with {done.returncode}: "
                  f"peregrin-sim {' '.join(words)}", flush=True)
        if time.monotonic() >= end:
            break
    for name, value in sums.items():
        print(f"total {name.replace(' ', '_')} {round(value, 4) if value % 1 else round(value)}")
    sys.exit(wrong > 0)


main()
