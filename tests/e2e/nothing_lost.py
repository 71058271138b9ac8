"""Two nodes exchange nominations in both directions while each is killed with SIGKILL, again and
again, always while a submission that was answered has no receipt.

The oracle stands outside: see support/traffic.py. In the end every key has one dossier, the same on
both sides, with one record, receipted, and both audits pass.

What was without a receipt at a kill is counted from what the crash left: the outbox in a copy of the
dead node's database, and, asked after the kill, the outbox of the living one; of both only what had
been answered before the kill. This can only count too little. A kill that fell while nothing was open
does not count, and is made again.

SEED      of the kill points and pauses (random; it is said)
RECORDS   nominations in all (10000)       KILLS   of each node (15)

The same for hours, at every other moment too: tests/soak/kills.py.
"""
import os
import pathlib
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, Unanswered, claim, until  # noqa: E402
from traffic import Side, Traffic  # noqa: E402

RECORDS = int(os.environ.get("RECORDS") or 10000)
KILLS = int(os.environ.get("KILLS") or 15)
SLACK = 80        # submissions that may run ahead of the next kill
RESERVE = 500     # of them, for the last kills: there must be something to fall upon
DOWN_MAX = 0.4    # seconds before a dead node is started again
ROUND_MAX = 180   # seconds of disturbance: afterwards the round only ends
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def dossier_text(name):
    """A dossier's 16 bytes as the API writes them."""
    number = int.from_bytes(name, "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(125, -5, -5))


def open_of_dead(node):
    """Dossiers without a receipt in what the crash left."""
    with tempfile.TemporaryDirectory(dir=node.folder) as copy:
        for end in ("", "-wal"):
            if os.path.exists(f"{node.database}{end}"):
                shutil.copy(f"{node.database}{end}", f"{copy}/db{end}")
        with sqlite3.connect(f"{copy}/db") as database:
            rows = database.execute("SELECT dossier FROM outbox JOIN record"
                                    " ON serial >= first AND serial < first + count")
            found = {dossier_text(row[0]) for row in rows}
        database.close()
    return found


def open_of(node):
    if node.process.poll() is not None:
        return open_of_dead(node)
    try:
        return {row["dossier"] for row in node.pages("/api/v1/outbox?limit=500", "outbox")}
    except (Unanswered, RuntimeError):
        return set()


def is_connected(node):
    try:
        return node.process.poll() is None and node.connected()
    except Unanswered:
        return False


class Round:
    def __init__(self, federation, seed, kills):
        self.dice = random.Random(seed)
        self.kills_wanted = kills
        home, host = federation.nodes
        split = RECORDS * 7 // 10
        self.sides = [Side(home, host, range(split), self.dice),
                      Side(host, home, range(split, RECORDS), self.dice)]
        self.traffic = Traffic(federation.place / "answers", self.sides)
        self.kills = []             # (node, answered, open there, open at its partner)
        self.idle_kills = 0
        self.starters = []

    # --- killing

    def kills_of(self, side):
        return sum(kill[0] == side.node.schac for kill in self.kills)

    def kill(self, side):
        """True when it fell while something answered was open."""
        side.node.kill()
        answered = self.traffic.log.dossiers()
        there = len(answered & open_of(side.node))
        partner = len(answered & open_of(side.other))
        starter = threading.Timer(self.dice.uniform(0, DOWN_MAX), side.node.spawn)
        starter.start()
        self.starters.append(starter)
        if there + partner:
            self.kills.append((side.node.schac, len(answered), there, partner))
        else:
            self.idle_kills += 1
        return there + partner > 0

    def aim(self, left):
        """Waits for a random point of the work: there the next kill falls. Half of the kills strike
        nodes that have found each other again, the others whatever they are doing."""
        if self.dice.random() < 0.5:
            until(lambda: all(is_connected(side.node) for side in self.sides), patience=5)
        log = self.traffic.log
        reached = log.count()
        step = max(0, RECORDS - RESERVE - reached) // (left + 1)
        point = min(reached + self.dice.randint(0, 2 * step), RECORDS - SLACK)
        self.traffic.allow(point + SLACK)
        until(lambda: log.count() >= point, pause=0.0005)
        time.sleep(self.dice.uniform(0, 0.01))  # a moment more: any moment will do

    def disturb(self):
        """Each node falls as often as wanted, at points spread over the whole of the work."""
        victims = self.sides * self.kills_wanted
        self.dice.shuffle(victims)
        while victims and time.monotonic() - self.began < ROUND_MAX:
            side = victims.pop(0)
            self.aim(len(victims))
            until(lambda s=side: s.node.process.poll() is None, pause=0.001)
            if not self.kill(side) and not self.traffic.answered_all():
                victims.append(side)
        self.traffic.allow(2 * RECORDS)

    # --- the whole

    def run(self):
        self.began = time.monotonic()
        for side in self.sides:
            side.node.start()
        self.traffic.start()
        self.disturb()
        until(self.traffic.answered_all)
        self.traffic.end()
        for starter in self.starters:
            starter.join()
        for side in self.sides:
            until(side.node.answers)
        answered = time.monotonic()
        self.drained = until(self.traffic.drained)
        self.seconds = time.monotonic() - self.began
        self.seconds_draining = time.monotonic() - answered

    def check(self):
        enough = all(self.kills_of(side) >= self.kills_wanted for side in self.sides)
        claim("each_node_was_killed_with_answered_submissions_unreceipted", enough,
              lambda: [(side.node.schac, self.kills_of(side)) for side in self.sides])
        claim("everything_is_delivered_and_receipted", self.drained,
              lambda: [side.node.get("/api/v1/status") for side in self.sides])
        self.traffic.check()

    def table(self):
        log = self.traffic.log
        again = sum(side.again for side in self.sides)
        opened = [kill[2] + kill[3] for kill in self.kills] or [0]
        print(f"# {'kill':>4} {'node':12} {'answered':>8} {'open there':>10} {'open at partner':>15}")
        for number, (node, answered, there, partner) in enumerate(self.kills, 1):
            print(f"# {number:4} {node:12} {answered:8} {there:10} {partner:15}")
        for side in self.sides:
            print(f"# kills of {side.node.schac}: {self.kills_of(side)}")
        print(f"# kills that fell while nothing was open, not counted: {self.idle_kills}")
        print(f"# answered and unreceipted at a kill: min {min(opened)}, "
              f"median {statistics.median(opened):.0f}, max {max(opened)}")
        print(f"# submissions repeated for want of an answer: {again}; "
              f"of these done before: {log.repeated}")
        print(f"# records: {log.count()}; seconds: {self.seconds:.1f}, "
              f"of these {self.seconds_draining:.1f} after the last answer", flush=True)


def play(seed, kills):
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        print(f"# SEED={seed} RECORDS={RECORDS} KILLS={kills}", flush=True)
        one = Round(federation, seed, kills)
        try:
            one.run()
            one.table()
            one.check()
        finally:
            one.traffic.ends.set()
            for starter in one.starters:
                starter.cancel()
                starter.join()


def main():
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 31))
    play(seed, KILLS)


main()
