"""Two nodes nominate students to each other, and an oracle outside of both looks for them afterwards.

What is answered with 2xx is written to a file and flushed when the answer has arrived. What got no
answer is asked again with the same idempotency key, as often as it takes.
"""
import json
import queue
import threading

from nodes import Unanswered, claim, letters, student, until

BATCH_MAX = 20   # of one request
SUBMITTERS = 3   # for each node
LISTED = 500     # rows of a page


def difference(want, got):
    """A few rows that only one of both lists has, or has more often."""
    left = list(got)
    lacking = [row for row in want if not (row in left and not left.remove(row))]
    return f"lacking {len(lacking)}: {lacking[:3]}; too many {len(left)}: {left[:3]}"


class AnswerLog:
    """What was answered, outside of both nodes: a file, and the same in memory."""

    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")
        self.lock = threading.Lock()
        self.answers = {}        # key: the first answer
        self.repeated = 0        # answered as a repetition: it was done, but the answer was lost
        self.contradictions = []

    def write(self, key, answer):
        told = {name: answer[name] for name in ("dossier", "lane", "index", "id")}
        with self.lock:
            before = self.answers.setdefault(key, told)
            if before["dossier"] != told["dossier"] or \
                    (before["id"] and told["id"] and before["id"] != told["id"]):
                self.contradictions.append((key, before, told))
            self.repeated += answer["repeated"]
            self.file.write(json.dumps({"key": key, **told}) + "\n")
            self.file.flush()

    def count(self):
        return len(self.answers)

    def dossiers(self):
        with self.lock:
            return {told["dossier"] for told in self.answers.values()}


class Side:
    """One node with what it is to submit: single ones and batches, mixed."""

    def __init__(self, node, other, numbers, dice):
        self.node, self.other = node, other
        self.numbers = {f"{node.schac}/{number}": number for number in numbers}
        self.work = queue.SimpleQueue()
        self.asked = set()      # keys that were sent at least once
        self.again = 0          # sent once more, because no answer came
        keys = list(self.numbers)
        while keys:
            size = 1 if dice.random() < 0.7 else dice.randint(2, BATCH_MAX)
            self.work.put(keys[:size])
            del keys[:size]

    def item(self, key):
        return key, student(self.node.schac, self.numbers[key])


class Traffic:
    def __init__(self, path, sides):
        self.sides = sides
        self.log = AnswerLog(path)
        self.wanted = sum(len(side.numbers) for side in sides)
        self.refusals = []
        self.allowed = 0            # submissions that may have begun
        self.begun = 0
        self.gate = threading.Condition()
        self.ends = threading.Event()
        self.threads = [threading.Thread(target=self.submit, args=(side,), daemon=True)
                        for side in sides for _ in range(SUBMITTERS)]

    # --- submitting

    def start(self):
        for thread in self.threads:
            thread.start()

    def allow(self, count):
        with self.gate:
            self.allowed = max(self.allowed, count)
            self.gate.notify_all()

    def answered_all(self):
        return self.log.count() + len(self.refusals) >= self.wanted

    def end(self):
        self.ends.set()
        for thread in self.threads:
            thread.join()

    def submit(self, side):
        while not self.ends.is_set():
            try:
                keys = side.work.get(timeout=0.1)
            except queue.Empty:
                continue
            with self.gate:
                while self.begun >= self.allowed and not self.ends.is_set():
                    self.gate.wait(0.1)
                self.begun += len(keys)
            while keys and not self.ends.is_set():
                keys = self.submit_once(side, keys)

    def submit_once(self, side, keys):
        """Returns those that got no answer."""
        side.again += sum(key in side.asked for key in keys)
        side.asked.update(keys)
        items = [side.item(key) for key in keys]
        try:
            if len(items) == 1:
                status, answer = side.node.nominate(side.other.schac, items[0][1], items[0][0])
                results = [{"key": items[0][0], **answer}]
            else:
                status, answer = side.node.nominate_many(side.other.schac, items)
                results = answer.get("results", [answer])
        except Unanswered:
            until(lambda: side.node.answers() or self.ends.is_set(), pause=0.005)
            return keys
        if status == 503:
            self.ends.wait(0.01)
            return keys
        for result in results:
            if "error" in result:
                self.refusals.append(result)
            else:
                self.log.write(result["key"], result)
        return []

    # --- afterwards

    def drained(self):
        return all(side.node.waiting() == 0 for side in self.sides)

    def check(self):
        log = self.log
        claim("every_submission_is_answered", log.count() == self.wanted and not self.refusals,
              lambda: f"{log.count()} of {self.wanted}; refused: {self.refusals[:3]}")
        claim("a_repeated_key_gets_the_answer_it_got_before", not log.contradictions,
              lambda: log.contradictions[:3])
        for side in self.sides:
            self.check_dossiers(side)
            self.check_records(side)
            self.check_keys(side)
        for side in self.sides:
            lost = [line for line in side.node.log().splitlines()
                    if "that it had receipted" in line or "asked back" in line]
            claim(f"{side.node.schac}_never_finds_that_its_partner_forgot", not lost,
                  lambda: lost[:3])
            said = side.node.run("audit", "verify")
            claim(f"the_audit_of_{side.node.schac}_passes", said.returncode == 0,
                  said.stdout + said.stderr)

    def check_dossiers(self, side):
        """One for each key, of the student of that key, on both sides."""
        name = side.node.schac
        want = sorted((self.log.answers[key]["dossier"], f"Kanarie-{letters(number)}")
                      for key, number in side.numbers.items() if key in self.log.answers)
        sent = sorted(listed(side.node, "outgoing"))
        got = sorted(listed(side.other, "incoming"))
        claim(f"every_key_of_{name}_has_one_dossier_there", [row[:2] for row in sent] == want,
              lambda: difference(want, [row[:2] for row in sent]))
        claim(f"every_key_of_{name}_has_one_dossier_at_its_partner",
              [row[:2] for row in got] == want, lambda: difference(want, [row[:2] for row in got]))
        waits = [row for row in sent if row[2] != "delivered"]
        claim(f"every_record_of_{name}_has_its_receipt", not waits, lambda: waits[:3])

    def check_records(self, side):
        """The record itself, of every dossier, by its id; and nothing else in the dossier."""
        wrong = []
        for key in side.numbers:
            told = self.log.answers.get(key)
            if told and not same_record(told, side.node, side.other):
                wrong.append((key, told))
        claim(f"every_record_of_{side.node.schac}_is_on_both_sides_under_its_id", not wrong,
              lambda: f"{len(wrong)}: {wrong[:3]}")

    def check_keys(self, side):
        """After all of it the idempotency keys still stand."""
        keys, before = list(side.numbers), len(self.log.contradictions)
        fresh = 0
        for at in range(0, len(keys), 200):
            items = [side.item(key) for key in keys[at:at + 200]]
            for result in side.node.nominate_many(side.other.schac, items)[1]["results"]:
                fresh += not result.get("repeated")
                if "dossier" in result:
                    self.log.write(result["key"], result)
        claim(f"no_key_of_{side.node.schac}_opens_a_second_dossier",
              fresh == 0 and len(self.log.contradictions) == before, lambda: f"{fresh} did")


def listed(node, direction):
    """What a node lists: dossier, family name and delivery."""
    rows = node.pages(f"/api/v1/nominations?direction={direction}&limit={LISTED}", "nominations")
    return [(row["dossier"], row["family_name"], row["delivery"]) for row in rows]


def same_record(told, *nodes):
    """Each node shows one record in the dossier, first of its lane, receipted, with the id told."""
    shown = []
    for node in nodes:
        status, dossier = node.ask("GET", f"/api/v1/nominations/{told['dossier']}")
        records = dossier["records"] if status == 200 else []
        if len(records) != 1 or not records[0]["receipted_at"] or \
                (records[0]["lane"], records[0]["index"]) != (0, 0):
            return False
        shown.append(records[0]["id"])
    return len(set(shown)) == 1 and told["id"] in (None, shown[0])
