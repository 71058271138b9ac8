"""Runs a program under the system calls that a unit allows; every other call ends it at once.

    under_filter.py UNIT PROGRAM ARGUMENT...

The groups (@system-service) are those of the systemd that is installed, as `systemd-analyze
syscall-filter` prints them. This is what the service manager would load, and stricter: there a
forbidden call is refused with an error, here it is a death that nobody overlooks.
"""
import os
import pathlib
import subprocess
import sys

import seccomp


def read_groups():
    """All groups of this systemd: name and what stands in it."""
    said = subprocess.run(["systemd-analyze", "syscall-filter"], check=True, text=True,
                          capture_output=True).stdout
    groups, name = {}, None
    for line in said.splitlines():
        if line.startswith("@"):
            name = groups[line.strip()] = []
        elif line.startswith(" ") and "#" not in line and name is not None:
            name.append(line.strip())
        elif line.startswith("#"):
            name = None
    return groups


GROUPS = read_groups()


def expand(word, seen=()):
    if not word.startswith("@"):
        return {word}
    if word in seen:
        return set()
    return set().union(*(expand(each, (*seen, word)) for each in GROUPS[word]))


def allowed(unit):
    """The lines of a unit, one after the other: a list, then what is taken out of it."""
    calls = set()
    for line in pathlib.Path(unit).read_text().splitlines():
        if not line.startswith("SystemCallFilter="):
            continue
        value = line.split("=", 1)[1]
        group = set().union(*(expand(word) for word in value.lstrip("~").split()))
        calls = calls - group if value.startswith("~") else calls | group
    return calls


def main():
    unit, *command = sys.argv[1:]
    # What is forbidden with an error there is asked for by programs that can do without it: limits
    # are the service manager's matter. All else that is forbidden kills.
    asked = expand("@resources")
    filter_ = seccomp.SyscallFilter(seccomp.KILL_PROCESS)
    for name in sorted(allowed(unit) | {"execve"}):
        try:
            filter_.add_rule(seccomp.ALLOW, name)
        except (RuntimeError, ValueError):
            pass  # of another architecture
    for name in sorted(asked - allowed(unit)):
        try:
            filter_.add_rule(seccomp.ERRNO(1), name)
        except (RuntimeError, ValueError):
            pass
    filter_.load()
    os.execv(command[0], command)


main()
