#!/usr/bin/env python3
"""Two nodes under traffic fall at every moment there is, for hours; an oracle stands outside.

A round is a new federation and a new seed. Its first part: both nominate to each other while one or
both are killed (SIGKILL) at the moments of the table below; then everything that was answered must
be on both sides, once, receipted, under the id that was told, and both audits must pass. Its second
part: one of them is put back from an old copy and falls while it heals; nothing that was receipted
may be lost, and no lane may fork.

What a moment asks for and does not find (nothing was open any more, it had met its partner already)
counts under the moment that it was.

SEED of the first round (random; it is said)   HOURS (1), or KILLS: ends after so many, or so long
EVENTS of one round's first part (90)          NO_ROOT=1: no full disks, as without root
"""
import collections
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, Unanswered, claim, missed, until  # noqa: E402
from traffic import Side, Traffic, listed, same_record  # noqa: E402

EVENTS = int(os.environ.get("EVENTS") or 90)
PACE = 40          # submissions that a kill lets through, at most
BACKLOG = 400      # submissions while a partner is away
LATE = 150         # submissions after the copy that is put back
DISK_MIB = 64
PATIENCE = 120     # seconds until both have met again, or that is a fault

# In every third round one of the two cannot be dialled, and calls out.
WAYS = ["", "", ":none"]

# How often each moment is drawn.
MOMENTS = {"working": 8, "rising": 6, "stopping": 2, "both": 2, "backlog": 2,
           "full": 1}
# What they find.
FOUND = ["working", "starting", "meeting", "stopping", "both", "backlog", "full", "healing", "idle"]


class Count:
    """What the whole soak has seen."""

    def __init__(self):
        self.kills = collections.Counter()
        self.rounds = self.submitted = self.receipted = self.lost = 0
        self.again = self.done_before = self.twice = self.audits = self.restores = 0
        self.worst = 0.0
        self.worst_of = "-"
        self.recoveries = []
        self.began = time.monotonic()

    def killed(self, moment, victims=1):
        self.kills[moment] += victims

    def recovered(self, moment, seconds):
        self.recoveries.append(seconds)
        if seconds > self.worst:
            self.worst, self.worst_of = seconds, moment

    @staticmethod
    def fault(text):
        claim("nothing_unexpected_happens", False, text)

    def rows(self):
        yield "rounds", self.rounds
        yield "kills", sum(self.kills.values())
        for moment in FOUND:
            yield f"kills_{moment}", self.kills[moment]
        yield "restored_backups", self.restores
        yield "submissions_answered", self.submitted
        yield "receipts", self.receipted
        yield "asked_again_for_want_of_an_answer", self.again
        yield "of_these_done_before", self.done_before
        yield "answers_lost", self.lost
        yield "records_twice", self.twice
        yield "audits_passed", self.audits
        middle = sorted(self.recoveries)[len(self.recoveries) // 2] if self.recoveries else 0
        yield "recovery_median_s", round(middle, 2)
        yield "recovery_worst_s", round(self.worst, 2)
        yield "recovery_worst_after", self.worst_of
        yield "seconds", round(time.monotonic() - self.began)
        yield "faults_found", len(missed)

    def table(self):
        for name, value in self.rows():
            print(f"total {name} {value}")
        sys.stdout.flush()


class Disk:
    """A small disk of a node's data: root only."""

    def __init__(self, node):
        self.place = node.folder / "data"
        self.place.mkdir(mode=0o700, exist_ok=True)
        self.mounted = not os.environ.get("NO_ROOT") and os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m,mode=0700", "none", self.place],
            check=False, capture_output=True).returncode == 0
        self.filler = self.place / "filler"

    def fill(self):
        with open(self.filler, "wb", buffering=0) as file:
            for size in (1 << 20, 4096):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    pass

    def clear(self):
        self.filler.unlink(missing_ok=True)

    def leave(self):
        if self.mounted:
            subprocess.run(["umount", "-l", self.place], check=False)


def connected(sides):
    try:
        return all(side.node.process.poll() is None and side.node.connected() for side in sides)
    except (Unanswered, RuntimeError):
        return False


def open_records(node):
    try:
        return node.waiting()
    except (Unanswered, RuntimeError):
        return 0


class Round:
    def __init__(self, federation, seed, count):
        self.dice = random.Random(seed)
        self.count = count
        self.federation = federation
        home, host = federation.nodes
        self.disks = {node.schac: Disk(node) for node in federation.nodes}
        records = EVENTS * (PACE + 4) + BACKLOG * EVENTS // 4
        self.sides = [Side(home, host, range(records * 7 // 10), self.dice),
                      Side(host, home, range(records * 7 // 10, records), self.dice)]
        self.first = records
        self.traffic = Traffic(federation.place / "answers", self.sides)
        self.ordered = 0

    def order(self, submissions):
        """So many more may begin."""
        self.ordered += submissions
        self.traffic.allow(self.ordered)

    def other(self, side):
        return self.sides[side is self.sides[0]]

    # --- falling, and getting up

    def fall(self, side, moment):
        """It is killed, and must have lived until then."""
        node = side.node
        status = node.process.poll()
        ended_well = moment == "stopping" and status == 0
        if status is not None and moment != "full" and not ended_well:
            self.count.fault(f"{node.schac} ended by itself with {status} before a kill "
                             f"({moment}): {node.log()[-600:]}")
        node.kill()
        if status is None and moment:
            self.count.killed(moment)

    def up(self, *sides):
        time.sleep(self.dice.uniform(0, 0.15))
        for side in sides:
            side.node.spawn()
        self.risen = time.monotonic()

    def recover(self, moment):
        """Both have met again, and it is noted how long that took from the last start."""
        if until(lambda: connected(self.sides), PATIENCE, pause=0.01):
            self.count.recovered(moment, time.monotonic() - self.risen)
        else:
            self.count.fault(f"after {moment} they do not meet within {PATIENCE} s: " +
                             " / ".join(side.node.log()[-400:] for side in self.sides))

    # --- the moments

    def at_work(self, side):
        """It falls while submissions have no answer, or records no receipt; or it was idle then."""
        size = self.dice.randint(PACE // 4, PACE)
        point = self.traffic.log.count() + self.dice.randint(0, size)
        self.order(size)
        until(lambda: self.traffic.log.count() >= point, patience=0.5, pause=0.0005)
        time.sleep(self.dice.uniform(0, 0.002))
        unanswered = self.traffic.begun - self.traffic.log.count() - len(self.traffic.refusals)
        self.fall(side, None)
        busy = unanswered > 0 or open_records(self.other(side).node) > 0
        self.count.killed("working" if busy else "idle")

    def working(self, side):
        self.recover("working")
        self.at_work(side)
        self.up(side)

    def rising(self, side):
        """It falls at its work, and again on its way back."""
        self.at_work(side)
        self.up(side)
        time.sleep(self.dice.uniform(0, 0.04))
        moment = "meeting" if side.node.answers() else "starting"
        self.fall(side, "idle" if connected(self.sides) else moment)
        self.up(side)

    def stopping(self, side):
        self.order(self.dice.randint(4, PACE))
        until(side.node.answers, pause=0.002)
        side.node.process.terminate()
        time.sleep(self.dice.uniform(0, 0.006))
        ended = side.node.process.poll()
        if ended:
            self.count.fault(f"{side.node.schac} ends with {ended} at SIGTERM")
        if ended is None:
            self.fall(side, "stopping")
        self.up(side)

    def both(self, side):
        self.order(self.dice.randint(4, PACE))
        time.sleep(self.dice.uniform(0, 0.05))
        for one in self.sides:
            self.fall(one, "both")
        self.up(*self.sides)

    def backlog(self, side):
        """It was away; while it catches up, the one that was away or the other falls."""
        self.recover("backlog")
        self.at_work(side)
        before = self.traffic.log.count()
        self.order(BACKLOG)
        until(lambda: self.traffic.log.count() - before > BACKLOG // 2, patience=2, pause=0.01)
        self.up(side)
        until(side.node.answers, pause=0.002)
        time.sleep(self.dice.uniform(0, 0.03))
        victim = self.dice.choice(self.sides)
        self.fall(victim, None)
        left = open_records(self.other(victim).node)
        self.count.killed("backlog" if left else "idle")
        self.up(victim)

    def full(self, side):
        """Its disk is full; it falls, may not even start, and goes on when there is room again."""
        disk = self.disks[side.node.schac]
        if not disk.mounted:
            return self.working(side)
        self.recover("full")
        disk.fill()
        self.order(PACE)
        time.sleep(self.dice.uniform(0, 0.3))
        self.fall(side, "full")
        self.up(side)
        time.sleep(self.dice.uniform(0, 0.3))
        disk.clear()
        if side.node.process.poll() is not None:
            self.up(side)
        return None

    def disturb(self):
        names = list(MOMENTS)
        for _ in range(EVENTS):
            moment = self.dice.choices(names, list(MOMENTS.values()))[0]
            side = self.dice.choice(self.sides)
            if self.dice.random() < 0.3:
                self.recover(moment)
            self.order(self.dice.randint(1, 6))
            getattr(self, moment)(side)
        self.recover("the_last")
        self.settle()

    # --- the first part

    def settle(self):
        until(lambda: self.traffic.begun <= self.traffic.log.count() + len(self.traffic.refusals))
        if not until(self.traffic.drained, PATIENCE):
            self.count.fault("something answered gets no receipt: " +
                             str([side.node.totals() for side in self.sides]))

    def cut(self):
        """Only what was begun is looked for: the others were never asked."""
        for side in self.sides:
            side.numbers = {key: number for key, number in side.numbers.items()
                            if key in side.asked}
        self.traffic.wanted = sum(len(side.numbers) for side in self.sides)

    def tally(self, traffic):
        self.count.submitted += traffic.log.count()
        self.count.again += sum(side.again for side in traffic.sides)
        self.count.done_before += traffic.log.repeated

    def tally_records(self):
        for side in self.sides:
            rows = listed(side.node, "outgoing")
            self.count.receipted += sum(row[2] == "delivered" for row in rows)
            there = [row[:2] for row in listed(side.other, "incoming")]
            self.count.twice += len(there) - len({name for _, name in there})

    def kills(self):
        for side in self.sides:
            side.node.start()
        self.risen = time.monotonic()
        self.traffic.start()
        self.disturb()
        self.traffic.end()
        self.cut()
        self.tally(self.traffic)
        before = len(missed)
        self.traffic.check()
        self.count.audits += 2 if len(missed) == before else 0

    # --- the second part

    def restored(self):
        """A copy is made at rest; more is exchanged; then the copy is put back."""
        victim = self.dice.choice(self.sides)
        node, copy = victim.node, victim.node.folder.with_name("copy")
        node.stop()
        subprocess.run(["cp", "-a", node.folder / "data", copy], check=True)
        self.up(victim)
        self.recover("copied")
        late = [Side(side.node, side.other, range(self.first + at * LATE,
                                                  self.first + (at + 1) * LATE), self.dice)
                for at, side in enumerate(self.sides)]
        before, self.traffic = self.traffic, Traffic(self.federation.place / "late", late)
        self.sides = late
        self.traffic.start()
        self.traffic.allow(LATE)
        until(lambda: self.traffic.log.count() >= LATE)
        self.settle()
        self.put_back(next(side for side in late if side.node is node), copy)
        until(self.traffic.answered_all)
        self.traffic.end()
        self.recover("restored")
        self.settle()
        self.check_restored(before)

    def put_back(self, side, copy):
        """It heals, and falls while it does; its partner falls too."""
        side.node.kill()
        self.count.killed("idle")
        for old in (side.node.folder / "data").iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        subprocess.run(["cp", "-a", f"{copy}/.", side.node.folder / "data"], check=True)
        self.count.restores += 1
        self.up(side)
        self.traffic.allow(3 * LATE)
        for _ in range(self.dice.randint(3, 8)):
            self.fall_healing(side)

    def fall_healing(self, side):
        """The restored one waits for its partner with its guard armed; when that has come, one of
        them falls."""
        other = self.other(side)
        self.fall(other, "idle" if connected(self.sides) else "healing")
        self.fall(side, "healing")
        self.up(side)
        until(side.node.answers, pause=0.002)
        other.node.spawn()
        until(other.node.answers, pause=0.001)
        time.sleep(self.dice.uniform(0, 0.02))
        victim = self.dice.choice(self.sides)
        self.fall(victim, "idle" if connected(self.sides) else "healing")
        self.up(victim)

    def check_restored(self, before):
        nodes = self.federation.nodes
        lost = [told for traffic in (before, self.traffic) for told in traffic.log.answers.values()
                if not same_record(told, *nodes)]
        self.count.lost += len(lost)
        claim("after_a_restore_everything_answered_is_on_both_sides", not lost,
              lambda: f"{len(lost)}: {lost[:3]}")
        self.tally(self.traffic)
        self.tally_records()
        for node in nodes:
            said = node.run("audit", "verify")
            self.count.audits += claim(f"after_a_restore_the_audit_of_{node.schac}_passes",
                                       said.returncode == 0, said.stdout + said.stderr)

    def leave(self):
        self.traffic.ends.set()
        for node in self.federation.nodes:
            node.end()
        for disk in self.disks.values():
            disk.leave()


def play(seed, count):
    way = WAYS[seed % len(WAYS)]
    with Federation("helmo.be:HELMo:BE", f"uhasselt.be:UHasselt:BE{way}") as federation:
        began, kills, found = time.monotonic(), sum(count.kills.values()), len(missed)
        one = Round(federation, seed, count)
        try:
            one.kills()
            one.restored()
        finally:
            one.leave()
        count.rounds += 1
        print(f"# round {count.rounds}: SEED={seed}{', one calls out' if way else ''}, "
              f"{sum(count.kills.values()) - kills} kills, {time.monotonic() - began:.0f} s, "
              f"{len(missed) - found} claims missed", flush=True)


def main():
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 31))
    kills = int(os.environ.get("KILLS") or 0)
    end = time.monotonic() + float(os.environ.get("HOURS") or 1) * 3600
    count = Count()
    try:
        while time.monotonic() < end and (not kills or sum(count.kills.values()) < kills):
            play(seed, count)
            seed += 1
    finally:
        count.table()


main()
