#!/usr/bin/env python3
"""Every long form, one after the other, and one table at the end.

    make soak HOURS=n        n hours of what can go on for ever, a quarter of them for each: nodes
                             that fall, real networks, virtual networks, years; then what the others
                             take (about an hour)

What each said stands in BUILD/soak/NAME.log. KILLS: the kill loops end after so many. ONLY: the
names of the parts wanted.
"""
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOGS = ROOT / (os.environ.get("BUILD") or "build") / "soak"
TOTAL = re.compile(r"total (\S+) (\S+)$")
CAUGHT = re.compile(r"\s*ok (\d+ - \S+_is_caught\b|\S+ ends with 11\b)")
WRONG = re.compile(r"\s*not ok\b|Traceback|killed after")

# What they are called, how they are run, what they show.
PARTS = {
    "kills": (["tests/soak/kills.py"], "nodes that fall at every moment, old backups, full disks"),
    "real": (["tests/soak/sim.py", "real"],
             "networks of real nodes under kills and a hostile relay, an oracle outside"),
    "real_broken": (["tests/soak/real_broken.sh"],
                    "daemons with defects on purpose, which real networks must show"),
    "swarm": (["tests/soak/sim.py", "swarm"], "virtual networks by seed, every fault, every promise"),
    "year": (["tests/soak/sim.py", "year"], "years of made networks, with what goes wrong in them"),
    "broken": (["env", "CMOCKA_MESSAGE_OUTPUT=TAP", "make", "VARIANT=broken", "broken-catch"],
               "defects on purpose, each caught in sixteen ranges of fresh seeds"),
    "disks": (["scripts/run_tests", "contract/disk", "unit/disk"],
              "each call to a disk that fails, once and for ever, and thousands of rotten pages"),
    "e2e": (["scripts/run_tests", "e2e"], "the programs as people run them, their long forms"),
    "model": (["scripts/run_tests", "model"], "the protocol on paper, in larger worlds"),
    "stories": (["tests/stories/mutate.sh"], "each story goes red where its protection is gone"),
    "plants": (["tests/fuzz/plant.sh"], "each fuzz target finds its planted defect"),
}


ENDLESS = ["kills", "real", "swarm", "year"]  # they share HOURS

# The last table: what it is called, and in which parts' totals it is found under which names.
SUMS = {
    "seeds": {"swarm": ["seeds"]},
    "seeds that failed": {"swarm": ["failed"]},
    "events": {"swarm": ["events"], "year": ["events"]},
    "simulated node-years": {"swarm": ["node_years"], "year": ["node_years"]},
    "defects on purpose that were caught": {"broken": ["caught"], "real_broken": ["caught"]},
    "kill -9 of real nodes": {"kills": ["kills"], "real": ["kills"]},
    "old copies put back": {"kills": ["restored_backups"], "real": ["restores"]},
    "submissions acknowledged": {"kills": ["submissions_answered"], "real": ["acknowledged"],
                                 "year": ["submitted"]},
    "lost": {"kills": ["answers_lost"], "real": ["lost", "unreceipted"],
             "year": ["lost_receipted"]},
    "doubled": {"kills": ["records_twice"], "real": ["doubled"]},
    "altered": {"real": ["altered"]},
    "disagreeing": {"real": ["disagreeing", "refused"]},
    "claims that did not hold": {"kills": ["faults_found"], "real": ["unsettled", "fallen",
                                                                     "audits_failed"]},
}

# What a fault is counted in, where it has classes.
FAULTS = {"real": "real, times", "swarm": "virtual, seeds with"}


def run(name, command):
    """Its log, how it ended and how many seconds it took."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path, began = LOGS / f"{name}.log", time.monotonic()
    with open(path, "wb") as log:
        hours = float(os.environ.get("HOURS") or 1)
        share = {"HOURS": str(hours / len(ENDLESS))} if name in ENDLESS else {}
        status = subprocess.run(command, cwd=ROOT, check=False,
                                env={**os.environ, "SOAK": "1", **share}, stdin=subprocess.DEVNULL, stdout=log, stderr=log).returncode
    return path.read_text(errors="replace").splitlines(), status, time.monotonic() - began


def totals_of(name, lines):
    found = dict(match.groups() for match in map(TOTAL.match, lines) if match)
    if name in ("broken", "real_broken"):
        found["caught"] = str(sum(bool(CAUGHT.match(line)) for line in lines))
    return found


def print_totals(totals):
    for name, number in totals.items():
        print(f"    {name.replace('_', ' '):42} {number:>10}")


def amount(number):
    """Whole, or with the decimals that tell it from nothing."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.3f}"


def print_sums(totals):
    """One number for each, over all parts that ran and count it; then the faults by their class."""
    print("\nall levels")
    for title, places in SUMS.items():
        numbers = [float(totals[part][name]) for part, names in places.items() if part in totals
                   for name in names if name in totals[part]]
        print(f"    {title:42} {amount(sum(numbers)) if numbers else 'not counted':>14}")
    for part, what in FAULTS.items():
        for name, number in sorted(totals.get(part, {}).items()):
            if name.startswith("fault_"):
                shown = f"{what}: {name.removeprefix('fault_').replace('_', ' ')}"
                print(f"    {shown:42} {amount(float(number)):>14}")


def main():
    chosen = (os.environ.get("ONLY") or " ".join(PARTS)).split()
    if unknown := set(chosen) - set(PARTS):
        sys.exit(f"no such parts: {' '.join(sorted(unknown))}; there are {' '.join(PARTS)}")
    told, wrong, totals = [], 0, {}
    for name in chosen:
        print(f"{name}: {PARTS[name][1]}; {LOGS / name}.log", flush=True)
        told.append((name, *run(name, PARTS[name][0])))
    print(f"\n{'part':12} {'ended':8} {'minutes':>8}")
    for name, lines, status, seconds in told:
        found = [line.strip()[:200] for line in lines if WRONG.match(line)]
        wrong += bool(status or found)
        print(f"{name:12} {'well' if not (status or found) else 'WRONG':8} {seconds / 60:8.1f}")
        totals[name] = totals_of(name, lines)
        print_totals(totals[name])
        for line in found[:10] or ([f"it ended with {status}"] if status else []):
            print(f"    {line}")
        if not any(map(TOTAL.match, lines)) and lines:
            print(f"    {lines[-1].strip()}")
    print_sums(totals)
    print("\nnothing was found" if not wrong else f"\n{wrong} of {len(told)} parts found something")
    sys.exit(wrong > 0)


main()
