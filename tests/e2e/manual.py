"""Runs every example of the manual pages, in their order, in a federation of five.

    manual.py FEDERATION PAGE...

A line of a literal block that begins with `NAME$ ` is typed at that institution (`site$`: at none).
It must end with 0, or as the comment `.\\" ends N` before it says; what is JSON must be no error.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

PROMPT = re.compile(r"(\w+)\$ (.+)")
ENDS = re.compile(r'\.\\" ends (\d+)')
PATIENCE = 60
INSTITUTIONS = {"helmo": "helmo.be", "uhasselt": "uhasselt.be", "itg": "itg.be",
                "imt": "imt-nord-europe.fr", "qmu": "qmu.kz", "site": None}


def examples(page):
    """(institution, command, status) of each, in order."""
    literal, status = False, 0
    for line in page.read_text().splitlines():
        if line.startswith(".Bd -literal"):
            literal = True
        elif line.startswith(".Ed"):
            literal = False
        elif match := ENDS.fullmatch(line):
            status = int(match.group(1))
        elif literal and (match := PROMPT.fullmatch(line)):
            yield match.group(1), match.group(2), status
            status = 0


def run(place, schac, command):
    env = dict(os.environ, PATH=f"{os.environ['PEREGRIN_BIN']}:{os.environ['PATH']}",
               LC_ALL="C.UTF-8", TERM="dumb")
    env.pop("PEREGRIN_SOCKET", None)
    if schac:
        env["PEREGRIN_SOCKET"] = f"{schac}/peregrin.sock"
    return subprocess.run(["bash", "-c", command], cwd=place, env=env, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, timeout=PATIENCE)


def calm(place):
    """Waits until nothing is on its way: what a page's reader would see when reading slowly."""
    end = time.monotonic() + PATIENCE
    for schac in filter(None, INSTITUTIONS.values()):
        while time.monotonic() < end:
            said = run(place, schac, "peregrin status --json")
            totals = json.loads(said.stdout)["totals"] if said.returncode == 0 else None
            if totals and totals["outbox"] + totals["ready"] == 0:
                break
            time.sleep(0.05)
        else:
            raise TimeoutError(f"{schac} does not come to rest")


def fault(result, status):
    """What is wrong with how it went; None: nothing."""
    if result.returncode != status:
        return f"ended with {result.returncode} instead of {status}: {result.stderr.strip()[:300]}"
    if result.stdout.startswith('{"error"'):
        return result.stdout.strip()[:300]
    return None


def main():
    place, pages, count = pathlib.Path(sys.argv[1]), sys.argv[2:], 0
    missed = 0
    for page in map(pathlib.Path, pages):
        here = 0
        for name, command, status in examples(page):
            calm(place)
            result = run(place, INSTITUTIONS[name], command)
            wrong = fault(result, status)
            here += 1
            missed += bool(wrong)
            print(f"not ok {page.stem} {here} {name}$ {command}: {wrong}" if wrong
                  else f"ok {page.stem} {here} {name}$ {command}", flush=True)
        if not here:
            print(f"not ok {page.stem}: it has no example")
            missed += 1
        count += here
    sys.exit(count == 0 or missed > 0)


main()
