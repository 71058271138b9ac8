#!/usr/bin/env python3
"""Every long form, one after the other, and one table at the end.

    make soak HOURS=n        n hours of kills, and then what the others take (about an hour)

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
WRONG = re.compile(r"\s*not ok\b|Traceback|killed after")

# What they are called, how they are run, what they show.
PARTS = {
    "kills": (["tests/soak/kills.py"], "nodes that fall at every moment, old backups, full disks"),
    "disks": (["scripts/run_tests", "contract/disk", "unit/disk"],
              "each call to a disk that fails, once and for ever, and thousands of rotten pages"),
    "e2e": (["scripts/run_tests", "e2e"], "the programs as people run them, their long forms"),
    "model": (["scripts/run_tests", "model"], "the protocol on paper, in larger worlds"),
    "stories": (["tests/stories/mutate.sh"], "each story goes red where its protection is gone"),
    "plants": (["tests/fuzz/plant.sh"], "each fuzz target finds its planted defect"),
}


def run(name, command):
    """Its log, how it ended and how many seconds it took."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path, began = LOGS / f"{name}.log", time.monotonic()
    with open(path, "wb") as log:
        status = subprocess.run(command, cwd=ROOT, env={**os.environ, "SOAK": "1"}, check=False,
                                stdin=subprocess.DEVNULL, stdout=log, stderr=log).returncode
    return path.read_text(errors="replace").splitlines(), status, time.monotonic() - began


def print_totals(lines):
    for name, number in (match.groups() for match in map(TOTAL.match, lines) if match):
        print(f"    {name.replace('_', ' '):42} {number:>10}")


def main():
    chosen = (os.environ.get("ONLY") or " ".join(PARTS)).split()
    if unknown := set(chosen) - set(PARTS):
        sys.exit(f"no such parts: {' '.join(sorted(unknown))}; there are {' '.join(PARTS)}")
    told, wrong = [], 0
    for name in chosen:
        print(f"{name}: {PARTS[name][1]}; {LOGS / name}.log", flush=True)
        told.append((name, *run(name, PARTS[name][0])))
    print(f"\n{'part':10} {'ended':8} {'minutes':>8}")
    for name, lines, status, seconds in told:
        found = [line.strip()[:200] for line in lines if WRONG.match(line)]
        wrong += bool(status or found)
        print(f"{name:10} {'well' if not (status or found) else 'WRONG':8} {seconds / 60:8.1f}")
        print_totals(lines)
        for line in found[:10] or ([f"it ended with {status}"] if status else []):
            print(f"    {line}")
        if not any(map(TOTAL.match, lines)) and lines:
            print(f"    {lines[-1].strip()}")
    print("\nnothing was found" if not wrong else f"\n{wrong} of {len(told)} parts found something")
    sys.exit(wrong > 0)


main()
