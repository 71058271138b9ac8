#!/usr/bin/env python3
"""A journey: what somebody types at a terminal, and all that the terminal must show.

    tests/journeys/journey.py NAME...        (all, by default; ACCEPT=1 rewrites what is expected)

In NAME.journey a line that begins with `$ ` is typed, `~ ` is done behind the scene (stage.sh has
the words for it), `< ` answers a question; what is indented by four blanks is the screen, and all
else is prose. Each journey is made three times, on new nodes: at a terminal of 80 columns without
colours (NAME.journey itself), of 120 with them (NAME.wide), and into a pipe (NAME.pipe).

Nodes and programs run with a made-up clock: what has happened, happened an hour ago. Names that
differ from run to run get numbers in the order in which they appear, and keep their width.

PEREGRIN_BIN is the folder of the programs (build/plain/bin).
"""
import fcntl
import os
import pathlib
import re
import selectors
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAMS = pathlib.Path(os.environ.get("PEREGRIN_BIN") or ROOT / "build" / "plain" / "bin")
PATIENCE = 60
VARIANTS = {"80": ("journey", 80), "120": ("wide", 120), "pipe": ("pipe", None)}
NODES_BEGIN, PEOPLE_LOOK = 1795419000, 1795424400  # 2026-11-23 at 07:30 and 09:00, UTC
INDENT = "    "
QUIET = 0.2  # seconds without a word: then somebody is asked
END_OF_FILE = b"\x04"  # typed where a question has no answer in the journey


class Step:
    """A typed or hidden command, and what the screen shows after it."""

    def __init__(self, hidden, command):
        self.hidden, self.command = hidden, command
        self.typed, self.screen = [], []


def read_journey(path):
    """The lines of the file as a list: prose as it is, steps as Step."""
    parts = []
    for line in path.read_text().splitlines():
        step = next((part for part in reversed(parts) if isinstance(part, Step)), None)
        if line[:2] in ("$ ", "~ "):
            parts.append(Step(line[0] == "~", line[2:]))
        elif line[:2] == "< " and step:
            step.typed.append(line[2:])
        elif line.startswith(INDENT) and step:
            step.screen.append(line[len(INDENT):])
        elif not line and step and parts[-1] is step:
            step.screen.append("")
        else:
            parts.append(line)
    for part in parts:
        while isinstance(part, Step) and part.screen and not part.screen[-1]:
            part.screen.pop()
    return parts


def write_journey(parts, screens):
    """The journey with these screens, as the text of its file."""
    lines, screens = [], iter(screens)
    for part in parts:
        if not isinstance(part, Step):
            lines.append(part)
            continue
        lines.append(("~ " if part.hidden else "$ ") + part.command)
        lines += ["< " + typed for typed in part.typed]
        if not part.hidden:
            lines += [(INDENT + line).rstrip() for line in next(screens)]
            lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def write_screens(parts, screens):
    """Only what is typed and seen: the further files of a journey."""
    seen = [part for part in parts if isinstance(part, Step) and not part.hidden]
    return "\n".join("\n".join([f"$ {step.command}", *screen, ""])
                     for step, screen in zip(seen, screens))


# ---- a run ------------------------------------------------------------------------------------

def script_of(steps, stage):
    """One shell for all steps. Marks that no program writes part what each of them says."""
    lines = [f". {ROOT}/scripts/federation.sh", f". {HERE}/stage.sh", "trap 'federation_end .' EXIT"]
    for number, step in enumerate(steps):
        (stage / f"step-{number}").write_text(step.command + "\n")
        begin, end = f"\\036B{number}\\036", f"\\036E{number} %d\\036"
        lines += [f"printf '{begin}'", f". {stage}/step-{number}", f"printf '{end}' $?"]
    (stage / "script").write_text("\n".join(lines) + "\n")
    return stage / "script"


def environment(variant, clock):
    mine = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    mine |= {"PEREGRIN_BIN": str(PROGRAMS), "LC_ALL": "C.UTF-8", "TZ": "UTC",
             "PATH": f"{PROGRAMS}:{os.environ['PATH']}", "TERM": "xterm",
             "LD_PRELOAD": str(clock), "JOURNEY_CLOCK": f"={PEOPLE_LOOK}",
             "NODE_TIME": f"{NODES_BEGIN - int(time.time())}", "REPOSITORY": str(ROOT)}
    return mine | ({"NO_COLOR": "1"} if variant != "120" else {})


def start(script, place, variant, width, clock):
    """The shell, and the descriptor from which its screen is read."""
    env = environment(variant, clock)
    if width is None:
        child = subprocess.Popen(["bash", str(script)], cwd=place, env=env,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, start_new_session=True)
        return child, child.stdout.fileno()
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    child = subprocess.Popen(["bash", str(script)], cwd=place, env=env, stdin=slave, stdout=slave,
                             stderr=slave, start_new_session=True,
                             preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    os.close(slave)
    return child, master


def asked(seen):
    """Whether the screen ends with a question."""
    return re.search(rb"(\] |[:?>] )$", seen[seen.rfind(b"\n") + 1:])


def watch(descriptor, steps, child, tty):
    """Everything that the screen shows; questions are answered with what the step has for them."""
    seen, answers, fresh = b"", {n: list(s.typed) for n, s in enumerate(steps)}, 0
    end = time.monotonic() + PATIENCE
    poll = selectors.DefaultSelector()
    poll.register(descriptor, selectors.EVENT_READ)
    while time.monotonic() < end:
        if not poll.select(QUIET):
            begun = re.findall(rb"\x1eB(\d+)\x1e", seen)
            if begun and tty and len(seen) > fresh and asked(seen):
                waiting = answers[int(begun[-1])]
                os.write(descriptor, waiting.pop(0).encode() + b"\n" if waiting else END_OF_FILE)
                fresh = len(seen)
            continue
        try:
            some = os.read(descriptor, 65536)
        except OSError:
            some = b""
        if not some:
            return seen
        seen += some
    os.killpg(child.pid, signal.SIGKILL)
    return seen + b"\n(killed: it took too long)\n"


def travel(steps, variant, width, clock):
    """The screens of the typed steps, as they were shown; and what went wrong, or None."""
    parent = os.environ.get("TMPDIR", "/tmp")
    place = pathlib.Path(tempfile.mkdtemp(prefix="journey.", dir=parent if len(parent) < 60 else "/tmp"))
    stage = pathlib.Path(tempfile.mkdtemp(prefix="stage."))
    try:
        child, descriptor = start(script_of(steps, stage), place, variant, width, clock)
        seen = watch(descriptor, steps, child, width).decode(errors="replace").replace("\r\n", "\n")
        child.wait()
        os.close(descriptor)
    finally:
        logs = "".join(path.read_text()[-600:] for path in place.glob("*/log"))
        shutil.rmtree(place)
        shutil.rmtree(stage)
    screens, wrong = [], None
    for number, step in enumerate(steps):
        found = re.search(rf"\x1eB{number}\x1e(.*?)(\x1eE{number} (\d+)\x1e|\Z)", seen, re.S)
        text, status = (found[1], found[3]) if found else ("", None)
        if step.hidden and status != "0":
            before = [line for screen in screens for line in screen][-20:]
            wrong = wrong or "\n".join([*before, f"`~ {step.command}` ended with {status}:",
                                        text.strip()[-300:], logs])
        if not step.hidden:
            ended = [] if status == "0" else [f"[exit {status}]"]
            screens.append([line.rstrip() for line in text.splitlines()] + ended)
    return screens, wrong, place


# ---- what differs from run to run ---------------------------------------------------------------

class Names:
    """Numbers for names, in the order of their first appearance; every name keeps its width."""

    def __init__(self, place):
        self.place, self.known = str(place), {}

    def number(self, kind, name):
        known = self.known.setdefault(kind, [])
        for at, other in enumerate(known):
            if other.endswith(name) or name.endswith(other):
                known[at] = max(name, other, key=len)
                return at + 1
        known.append(name)
        return len(known)

    def digest(self, match):
        name = match[0]
        known = self.known.setdefault("digest", [])
        at = next((n for n, other in enumerate(known)
                   if other.startswith(name) or name.startswith(other)), None)
        if at is None:
            at = len(known)
            known.append(name)
        known[at] = max(name, known[at], key=len)
        return f"digest{at + 1:02d}".ljust(len(name), "x")[:len(name)]

    def port(self, match):
        return f"127.0.0.1:{40000 + self.number('port', match[1])}"

    def calm(self, text):
        rules = [
            (r"\x1b\[([0-9;]*)m", lambda m: "{%s}" % m[1]),
            (re.escape(self.place), "/srv"),
            (r"127\.0\.0\.1:(\d{4,5})\b", self.port),
            (r"(?P<mark>\u2026)(?P<name>[0-9A-HJKMNP-TV-Z]{6,25})\b|\b(?P<full>01[0-9A-HJKMNP-TV-Z]{24})\b",
             self.any_dossier),
            (r"\b[0-9a-f]{64}\b|\b(?=[0-9a-f]*[a-f])[0-9a-f]{32}\b", self.digest),
            (r"\b[0-9a-f]{8}(?: {1,2}[0-9a-f]{8})+\b", lambda m: re.sub("[0-9a-f]", "f", m[0])),
            (r'(?<="correlation_id":)( ?)"[0-9a-f]{8}"', r'\1"00000001"'),
            (r"\b1795419\d{3}\b", "1795419000"),
            (r"\b299236[5-9]\d\b", "29923650"),
            (r"\b\d{4} bytes", "2342 bytes"),
            (r"\d+ seals?, \d+ receipts?", "2 seals, 2 receipts"),
            (r"(2026-1[12]-\d\d)T07:[345]\d:\d\dZ", r"\1T07:30:00Z"),
            (r"(?<=To read aloud: ).*", "(words)"),
            (r"^(?:[a-z]{5} )+[a-z]{5}$", "(words)"),
            (r'(?<="round_trip_us": )\d+', "999"),
        ]
        for pattern, by in rules:
            text = re.sub(pattern, by, text)
        return text

    def any_dossier(self, match):
        name = match["full"] or match["name"]
        placeholder = f"01DOSSIER{self.number('dossier', name):017d}"
        return (match["mark"] or "") + placeholder[-len(name):]


def calm(screens, place):
    names = Names(place)
    return [[names.calm(line) for line in screen if not line.startswith("Round trip")]
            for screen in screens]  # only measured when a frame happened to be answered in time


# ---- claims -------------------------------------------------------------------------------------

def difference(wanted, got):
    with tempfile.TemporaryDirectory() as place:
        for name, text in (("expected", wanted), ("shown", got)):
            pathlib.Path(place, name).write_text(text)
        done = subprocess.run(["diff", "-u", "expected", "shown"], cwd=place, check=False,
                              stdout=subprocess.PIPE, text=True)
    return "\n".join(done.stdout.splitlines()[2:60])


def check(path, parts, variant, screens):
    """Whether the screens are as expected; rewritten first where they are accepted."""
    if variant == "80":
        golden, text = path, write_journey(parts, screens)
    else:
        golden, text = path.with_suffix("." + VARIANTS[variant][0]), write_screens(parts, screens)
    if os.environ.get("ACCEPT"):
        golden.write_text(text)
    return difference(golden.read_text() if golden.exists() else "", text)


def journey(path, clock):
    """Whether it held, at each width."""
    parts = read_journey(path)
    steps = [part for part in parts if isinstance(part, Step)]
    held = True
    for variant, (_, width) in VARIANTS.items():
        screens, wrong, place = travel(steps, variant, width, clock)
        screens = calm(screens, place)
        wrong = wrong or check(path, parts, variant, screens)
        held = held and not wrong
        print(f"{'not ok' if wrong else 'ok'} {path.stem} {variant}", flush=True)
        if wrong:
            print(wrong, flush=True)
    return held


def main():
    paths = [HERE / f"{name.removesuffix('.journey')}.journey" for name in sys.argv[1:]] \
        or sorted(HERE.glob("*.journey"))
    with tempfile.TemporaryDirectory() as place:
        clock = pathlib.Path(place, "clock.so")
        subprocess.run([os.environ.get("CC") or "cc", "-shared", "-fPIC", "-O1", "-o", clock,
                        HERE / "made_up_clock.c"], check=True)
        return int(not all([journey(path, clock) for path in paths]))


sys.exit(main())
