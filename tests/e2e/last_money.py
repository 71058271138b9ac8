"""Two officers enter applications and allot one envelope at once, through the API of a real node that
is killed with SIGKILL again and again, at any moment.

The oracle stands outside: what was answered is written down, and in the end the node is asked. An
envelope is never overdrawn, nothing that was answered is lost, no number was given twice, and a
request that is said again under its key is done once.

SEED      of the kill points and the acts (random; it is said)
KILLS     of the node (6)
"""
import os
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, Unanswered, claim, until  # noqa: E402

KILLS = int(os.environ.get("KILLS") or 6)
SEED = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 32))
AMOUNT, EACH = 9000000, 150000   # 90,000.00: for sixty
BETWEEN = 12                     # answers before the next kill, at the most


class Officer(threading.Thread):
    """Enters, allots and gives back; says again under its key what was not answered."""

    def __init__(self, node, name, gate):
        super().__init__(daemon=True)
        self.node, self.name_, self.gate = node, name, gate
        self.dice = random.Random(f"{SEED} {name}")
        self.answered = []      # (path, body, key, status, answer)
        self.mine = []          # numbers of applications
        self.problem = None

    def ask(self, path, body):
        key = f"{self.name_}-{len(self.answered)}"
        while not self.gate.ended:
            try:
                status, answer = self.node.ask("POST", path, body, key, timeout=10)
            except Unanswered:
                time.sleep(0.005)
                continue
            if status >= 500:  # the node is going down, or has just come up
                time.sleep(0.005)
                continue
            self.answered.append((path, body, key, status, answer))
            self.gate.add()
            return status, answer
        return 0, None

    def act(self):
        act = self.dice.randrange(10)
        if act < 5 or not self.mine:
            status, answer = self.ask("/api/v1/grants", {
                "call": 1, "kind": "studies", "country": "PL",
                "family_name": f"{self.name_}-{len(self.answered)}"})
            if status == 201:
                self.mine.append(answer["grant"]["number"])
        elif act < 8:
            self.ask("/api/v1/calls/1/allot", {})
        elif act < 9:
            self.ask(f"/api/v1/grants/{self.dice.choice(self.mine)}/allot",
                     {"out_of_turn": "leaves tomorrow"})
        else:
            self.ask(f"/api/v1/grants/{self.dice.choice(self.mine)}/release",
                     {"reason": "stays at home", "move_up": self.dice.randrange(2) == 1})

    def run(self):
        try:
            while not self.gate.ended:
                self.act()
        except Exception as problem:  # noqa: BLE001: told by the claim
            self.problem = problem


class Gate:
    """Counts answers, so that kills fall while there is traffic."""

    def __init__(self):
        self.count, self.ended, self.lock = 0, False, threading.Lock()

    def add(self):
        with self.lock:
            self.count += 1


def disturb(node, gate, dice):
    for _ in range(KILLS):
        wanted = gate.count + dice.randrange(1, BETWEEN)
        if not until(lambda wanted=wanted: gate.count >= wanted, patience=60, pause=0.0005):
            return False
        time.sleep(dice.random() * 0.004)  # into the middle of something
        node.kill()
        node.start()
    return True


def acknowledged(officers):
    return [one for officer in officers for one in officer.answered]


def books(node):
    envelope = node.get("/api/v1/envelopes/1")["envelope"]
    ledger = list(node.pages("/api/v1/envelopes/1?limit=200", "ledger"))
    grants = {one["number"]: one for one in node.pages("/api/v1/grants?limit=200", "grants")}
    return envelope, ledger, grants


def never_overdrawn(envelope, ledger, grants):
    balance, held = 0, {}
    for entry in ledger:
        sign = -1 if entry["what"] == "allotted" else 1
        balance += sign * entry["cents"]
        if entry["grant"]:
            held[entry["grant"]] = held.get(entry["grant"], 0) - sign * entry["cents"]
        if balance < 0 or balance != entry["balance_cents"]:
            return f"entry {entry['entry']}: {balance}, told {entry['balance_cents']}"
    if balance != envelope["balance_cents"]:
        return f"the envelope tells {envelope['balance_cents']}, the ledger {balance}"
    wrong = [number for number, one in grants.items()
             if one["amount_cents"] != held.get(number, 0)]
    return f"grants {wrong} have not what the ledger gave" if wrong else ""


def nothing_lost(answers, ledger, grants):
    """Each thing that was answered is there, once."""
    moved = {}
    for entry in ledger:
        if entry["grant"]:
            moved[entry["what"], entry["grant"]] = moved.get((entry["what"], entry["grant"]), 0) + 1
    said = {}
    for path, body, _, status, answer in answers:
        if status >= 300:
            continue
        if path == "/api/v1/grants":
            one = grants.get(answer["grant"]["number"])
            if not one or one["family_name"] != body["family_name"]:
                return f"application {answer['grant']['number']} is not there"
            continue
        released = path.endswith("/release") and answer["grant"]["state"] == "released"
        allots = not path.endswith("/release") or body["move_up"]
        listed = answer.get("grants", []) if allots else []
        single = [answer["grant"]] if "envelope" in answer else []
        for what, of in (("allotted", listed + single),
                         ("released", [answer["grant"]] if released else [])):
            for grant in of:
                said[what, grant["number"]] = said.get((what, grant["number"]), 0) + 1
    lost = [row for row, times in said.items() if moved.get(row, 0) < times]
    return f"answered, and not in the ledger as often: {lost}" if lost else ""


def numbers_once(answers, grants):
    given = [answer["grant"]["number"] for path, _, _, status, answer in answers
             if path == "/api/v1/grants" and status == 201]
    if len(given) != len(set(given)):
        return f"given twice: {sorted(n for n in given if given.count(n) > 1)}"
    return "" if sorted(grants) == list(range(1, len(grants) + 1)) else f"{sorted(grants)}"


def said_again(node, answers):
    """The same answers, and nothing is moved."""
    before = books(node)
    for path, body, key, status, answer in answers:
        again = node.ask("POST", path, body, key)
        if again != (status, answer):
            if status >= 400:
                continue  # a refusal is not kept: what is asked again may be possible now
            return f"{path} under {key}: {again}, not {status} {answer}"
    return "" if all(status >= 400 for *_, status, _ in answers) or books(node) == before \
        else "the books have changed"


def main():
    print(f"# SEED={SEED}", flush=True)
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        node, gate = federation.nodes[0].start(), Gate()
        node.ask("POST", "/api/v1/envelopes", {"title": "Erasmus", "amount_cents": AMOUNT})
        node.ask("POST", "/api/v1/calls", {"title": "Spring", "envelope": 1, "amount_cents": EACH})
        officers = [Officer(node, name, gate) for name in ("anna", "bert")]
        for officer in officers:
            officer.start()
        killed = disturb(node, gate, random.Random(SEED))
        spent = until(lambda: any(answer["error"]["code"] == "envelope_spent"
                                  for *_, status, answer in acknowledged(officers) if status == 409)
                      or gate.count > 4000, patience=60)
        gate.ended = True
        for officer in officers:
            officer.join(30)
        answers = acknowledged(officers)
        claim("the_node_was_killed_while_both_were_answered", killed and all(
            officer.answered and not officer.problem for officer in officers),
              lambda: [officer.problem for officer in officers])
        claim("the_money_was_contested_to_the_end", spent, lambda: len(answers))
        envelope, ledger, grants = books(node)
        for name, wrong in (
                ("the_envelope_is_never_overdrawn_and_adds_up", never_overdrawn(envelope, ledger, grants)),
                ("nothing_that_was_answered_is_lost", nothing_lost(answers, ledger, grants)),
                ("no_number_is_given_twice_and_none_is_left_out", numbers_once(answers, grants)),
                ("what_is_said_again_is_done_once",
                 said_again(node, [one for one in answers if one[3] < 300]))):
            claim(name, not wrong, wrong)
        print(f"# {len(answers)} answers, {len(grants)} applications, {len(ledger)} entries, "
              f"{KILLS} kills")


main()
