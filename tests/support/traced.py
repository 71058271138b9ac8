"""Every file that programs open to write, as the system sees it: also those that are gone again.

    with Traced(nodes) as traced:     from here on they and their CLI run under strace
        ...
        traced.written()              None where this machine cannot trace
"""
import itertools
import os
import pathlib
import re
import subprocess
import tempfile

from nodes import BIN

OPENED = re.compile(r"(?:open(?:at2?)?\(.*\bO_(?:WRONLY|RDWR|CREAT|TMPFILE)\b|creat\()"
                    r".*\) = \d+<([^>]*)>")
STRACE = ["strace", "-D", "-f", "-qq", "-y", "--seccomp-bpf", "-e", "signal=none",
          "-e", "trace=?open,openat,?openat2,?creat"]


def can_trace():
    """Only root can: nobody else may read in the programs' memory, not even what they open."""
    try:
        return os.geteuid() == 0 and subprocess.run(
            [*STRACE, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


class Traced:
    def __init__(self, nodes):
        self.place = tempfile.TemporaryDirectory(prefix="peregrin-traced-")
        self.works = can_trace()
        count = itertools.count()
        for node in nodes if self.works else ():
            node.under = lambda program: [
                *STRACE, "-o", f"{self.place.name}/{next(count)}", BIN / program]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.place.cleanup()

    def written(self):
        if not self.works:
            return None
        return {match.group(1)
                for trace in pathlib.Path(self.place.name).iterdir()
                for match in OPENED.finditer(trace.read_text(errors="replace"))}
