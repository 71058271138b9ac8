"""A partner that keeps no rule. The victim and an honest partner are nodes as released; the third
one's keys are held by adversary_peer, which speaks the protocol and says what a line tells it to.

Each case says what the partner does, what the victim counts, what the partner hears and what stands
in the victim's log. What is refused leaves the database as it was, to the last byte that the store
promises; no case writes anything of a student into the log; and after each the honest partner's
exchange goes on.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, Connection, Federation, claim, student, until  # noqa: E402
from relay import set_between  # noqa: E402

VICTIM, HONEST, THIEF = "helmo.be", "uhasselt.be", "itg.be"
PROGRAM = os.environ["ADVERSARY"]
OF_A_STUDENT = re.compile(r"kanarie|nep \d|vals\.example|2004-02-29", re.IGNORECASE)
SLACK = 10  # a check on a busy machine; the figure itself is printed
AT_WORST = 5  # seconds: what a machine with ten times as much to do may take
SOAK = os.environ.get("SOAK")

BAD = "itg.be sent records that do not hold: a signature or digest does not hold"
KEY = "itg.be signs with a key that our catalogue does not have: fetch the newest"
WRONG = "itg.be says what no node may say: not a well-formed message: tell its administrator"
FORKED = "two records of itg.be at one place: its lane stops there"


class Thief:
    """The program, and what it heard from one line to the next."""

    def __init__(self, folder):
        self.process = subprocess.Popen([PROGRAM, folder, THIEF, VICTIM, HONEST], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.before = {}

    def begin(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self):
        """What was heard since the last line, by name; `done` whether it did what it was told."""
        heard = json.loads(self.process.stdout.readline())
        news = {name: value - self.before.get(name, 0) for name, value in heard.items()
                if name != "credit"}
        self.before = heard
        return news | {"done": heard["done"], "credit": heard["credit"]}

    def say(self, line):
        self.begin(line)
        return self.end()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def metrics(node):
    """All that is counted, by name and labels."""
    connection = Connection(node.socket, 30)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if line and line[0] != "#")
    return {name.removeprefix("peregrin_").replace("_total", ""): float(value)
            for name, value in lines}


def frame(code):
    return f'refused{{what="frame",code="{code}"}}'


def record(code):
    return f'refused{{what="record",code="{code}"}}'


def memory(node):
    """Resident, in MB."""
    status = pathlib.Path(f"/proc/{node.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def processor(node):
    """Seconds of processor time that its process took."""
    fields_ = pathlib.Path(f"/proc/{node.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields_[11]) + int(fields_[12])) / os.sysconf("SC_CLK_TCK")


def picture_of(node, place):
    """All that its store holds, from a copy of its files: nothing is being written."""
    copy = place / "picture"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for ending in ("", "-wal"):
        file = pathlib.Path(f"{node.database}{ending}")
        if file.exists():
            shutil.copyfile(file, copy / f"peregrin.db{ending}")
    shown = subprocess.run([PROGRAM, "picture", copy / "peregrin.db"], capture_output=True,
                           text=True, check=True)
    return shown.stdout


class Scene:
    def __init__(self, federation):
        self.nodes = {node.schac: node for node in federation.nodes}
        self.victim, self.honest = self.nodes[VICTIM], self.nodes[HONEST]
        self.place = federation.place
        self.students = 0
        self.thief = Thief(self.nodes[THIEF].folder)

    def picture(self):
        return picture_of(self.victim, self.place)

    def exchange(self, patience=20):
        """One student goes to the honest partner, and the receipt comes back: how long it took."""
        began = time.perf_counter()
        status, answer = self.victim.nominate(HONEST, student(VICTIM, self.students))
        self.students += 1
        if status != 201:
            return None
        waiting = f"/api/v1/nominations/{answer['dossier']}"
        there = until(lambda: self.victim.get(waiting)["delivery"] == "delivered", patience, 0)
        return time.perf_counter() - began if there else None

    def begin(self):
        self.victim.start()
        self.honest.start()
        ready = self.thief.say("called")["done"] and self.thief.say("dial")["done"]
        return ready and until(lambda: all(
            partner["state"] == "connected" and partner["guard"] == "lifted"
            for partner in self.victim.get("/api/v1/partners")["partners"]))


def rises(before, after, wanted):
    """What rose otherwise than it should have."""
    return {name: (after[name] - before[name], by) for name, by in wanted.items()
            if after[name] - before[name] != by}


def refused(scene, name, line, counted, heard=None, log=None, also=()):
    """One case: it is refused, counted and told, and changes nothing."""
    picture, before, said = scene.picture(), metrics(scene.victim), len(scene.victim.log())
    news = scene.thief.say(line)
    other = rises(before, metrics(scene.victim), counted)
    heard = {code: count for code, count in (heard or {}).items() if news[code] != count}
    lines = [json.loads(text)["text"] for text in scene.victim.log()[said:].splitlines()]
    wrong = {
        "not done": not news["done"] and news,
        "counted otherwise": other,
        "heard otherwise": heard and (heard, news),
        "said otherwise": lines != ([log] if log else []) and lines,
        "changed": scene.picture() != picture and "the picture",
        "a student in the log": OF_A_STUDENT.findall(scene.victim.log()[said:]),
        "the honest partner waits": scene.exchange() is None and "for ever",
        "more": [test.__name__ for test in also if not test(news)],
    }
    claim(name, not any(wrong.values()), lambda: {why: what for why, what in wrong.items() if what})


def no_more_than_asked(news):
    """Ten questions of 11 KB: ten answers, each of them a frame at most."""
    return news["range"] <= 10 and news["bytes"] < 10 * 65536 + 1000


def three_returned_once(news):
    return news["records"] == 0


# What it does, what is counted, what it hears in answer, what the log says: of messages that no
# node may say once an hour, so that nobody fills it.
REFUSALS = [
    ("a_forged_seal_is_refused", "deliver forged",
     {frame("forged"): 1, "records_taken": 0}, {"forged": 1}, BAD),
    ("a_stripped_seal_is_refused", "deliver stripped",
     {frame("malformed"): 1}, {"notice": 0}, WRONG),
    ("the_seal_of_another_batch_is_refused", "deliver swapped 4",
     {frame("forged"): 1}, {"forged": 1}, BAD),
    ("a_signature_made_for_a_receipt_is_no_seal", "deliver context",
     {frame("forged"): 1}, {"forged": 1}, BAD),
    ("a_sealed_record_does_not_move_to_another_dossier", "deliver dossier",
     {frame("forged"): 1}, {"forged": 1}, BAD),
    ("a_seal_for_another_audience_is_refused", "deliver audience",
     {frame("forged"): 1}, {"forged": 1}, BAD),
    ("a_header_that_names_another_issuer_is_refused", "deliver issuer",
     {frame("forged"): 1}, {"forged": 1}, BAD),
    ("nobody_speaks_in_the_stream_of_another", "deliver stream",
     {frame("not_addressed"): 1}, {"notice": 0}, None),
    ("a_body_that_is_not_the_sealed_one_is_refused", "deliver body",
     {frame("forged"): 1}, {"forged": 1}, BAD),
    ("a_key_that_no_catalogue_has_seals_nothing", "deliver key",
     {frame("unknown"): 1}, {"notice": 0, "receipted": 0}, KEY),
    ("duplicates_by_the_thousand_have_no_effect", "again 100",
     {"records_repeated": 6400, "records_taken": 0}, {"notice": 0}, None),
    ("replayed_frames_of_this_session_are_refused", "replay sent",
     {"records_taken": 0, "records_repeated": 0}, None, None),
    ("a_replayed_opening_is_answered_with_the_newer_counter", "replay opening",
     {"openings_refused": 1, frame("stale"): 1, "sessions": 0},
     {"stale answers": 1, "answer": 0}, None),
    ("pings_by_the_thousand_are_answered_and_change_nothing", "ping 5000",
     {"frames_refused": 0}, None, None),
    ("questions_about_everything_are_answered_within_a_frame_each", "range 10",
     {"frames_refused": 0}, None, None, [no_more_than_asked]),
    ("a_summary_that_is_asked_for_ever_changes_nothing", "summary 1000",
     {"frames_refused": 0}, None, None),
    ("who_holds_only_the_transport_key_gets_no_record_back", "wanted unsigned",
     {"frames_refused": 0}, {"records": 0}, None, [three_returned_once]),
    ("a_forged_recovery_gets_no_record_back", "wanted forged 10",
     {frame("forged"): 10}, {"records": 0}, None),
    ("a_version_that_we_do_not_speak_is_not_understood", "hello 2",
     {frame("not_understood"): 1}, {"hello": 0}, None),
    ("an_opening_of_other_versions_than_ours_is_not_answered", "knock 2 3",
     {frame("not_understood"): 1, "openings_refused": 1, "sessions": 0}, {"answer": 0}, None),
    ("an_opening_with_ours_among_others_is_answered", "knock 1 2",
     {"frames_refused": 0}, None, None),
    ("a_message_of_rubbish_as_long_as_a_frame_is_refused", "plain large 20",
     {frame("malformed"): 20}, {"notice": 0}, None),
    ("a_message_of_endless_depth_is_refused", "plain deep 20",
     {frame("malformed"): 20}, None, None),
    ("a_message_that_would_swell_in_memory_is_refused", "plain wide 20",
     {"frames_refused": 20}, None, None),
    ("an_empty_message_is_refused", "plain empty", {frame("malformed"): 1}, None, None),
]


def refusals(scene):
    """A batch that is true comes first: it is what is repeated and asked back."""
    scene.thief.say("deliver true 64")
    for case in REFUSALS:
        refused(scene, *case)


def of_an_earlier_session(scene):
    """All that was said in the session before, in the new one and by somebody else's hand."""
    count = len(REFUSALS)  # it said far more
    scene.thief.say("dial")
    before = metrics(scene.victim)
    refused(scene, "replayed_frames_of_an_earlier_session_are_refused", "replay before",
            {"records_taken": 0, "records_repeated": 0, "sessions": 0})
    claim("and_each_of_them_is_counted",
          metrics(scene.victim)["frames_refused"] - before["frames_refused"] > count)


# --- what is held, and has no effect


def details(scene, since):
    rows = scene.victim.pages("/api/v1/nominations?limit=500", "nominations")
    return [scene.victim.get(f"/api/v1/nominations/{row['dossier']}") for row in rows
            if row["partner"] == THIEF and row["dossier"] not in since]


def names(scene):
    return {row["dossier"] for row in
            scene.victim.pages("/api/v1/nominations?limit=500", "nominations")}


def contradicting(scene):
    since, before = names(scene), metrics(scene.victim)
    news = scene.thief.say("deliver claim")
    found = until(lambda: [d["state"] for d in details(scene, since)] == ["void"])
    claim("a_body_that_contradicts_its_claim_is_refused_by_a_record_of_ours", news["done"] and found
          and not rises(before, metrics(scene.victim), {record("contradicts"): 1}),
          lambda: (news, details(scene, since)))
    claim("and_the_log_says_which_and_why_without_a_name",
          "nomination refused: the body says something else than its claim" in scene.victim.log())


def screen(scene, shown):
    """What a user sees of the only dossier, without its columns."""
    said = scene.victim.run("nomination", "show", shown[0]["dossier"]).stdout if shown else ""
    return re.sub(" +", " ", said)


def extended(scene):
    since = names(scene)
    scene.thief.say("deliver critical")
    shown = details(scene, since)
    claim("an_unknown_critical_extension_is_kept_and_has_no_effect",
          [(d["state"], d["not_understood"]) for d in shown] == [("empty", 1)], lambda: shown)
    claim("and_its_reader_hears_that_this_version_is_too_old",
          "Not understood records for a newer version than this node's: 1\n"
          in screen(scene, shown),
          lambda: screen(scene, shown))


def forked(scene):
    since, log = names(scene), len(scene.victim.log())
    scene.thief.say("crowd forks 3 1")
    shown = details(scene, since)
    said = [json.loads(line)["text"] for line in scene.victim.log()[log:].splitlines()]
    claim("a_fork_is_told_once_to_the_log_and_to_whoever_looks",
          [line[len("itg.be 01M80WGS801470000000000000: "):] for line in said] == [FORKED] and
          f"Forked {FORKED}\nIncomplete records that others must come before: 3\n"
          in screen(scene, shown), lambda: (said, screen(scene, shown)))
    claim("a_forked_lane_stops_before_the_fork",
          [(d["state"], d["forked"], d["incomplete"]) for d in shown] ==
          [("pending", [True, False], 3)], lambda: shown)


def incomplete(scene):
    """Records that rest on records which never come."""
    since, before, batches = names(scene), metrics(scene.victim), 17 if SOAK else 3
    news = scene.thief.say(f"crowd ahead {batches} 64")
    taken = metrics(scene.victim)["records_taken"] - before["records_taken"]
    shown = [(d["state"], d["incomplete"]) for d in details(scene, since)]
    room = min(1023, 64 * batches)
    claim("incomplete_records_have_no_effect", news["done"] and taken == room + 1 and
          shown == [("pending", room)], lambda: (taken, shown, news))
    if SOAK:
        claim("and_by_the_thousand_they_stop_at_the_limit", news["too_large"] >= 1, news)


# --- what is withheld


def waiting(scene, partner):
    return next(each["outbox"] for each in scene.victim.get("/api/v1/partners")["partners"]
                if each["partner"] == partner)


def nominate_many(scene, count):
    for _ in range(count // 200):
        numbers = range(scene.students, scene.students + 200)
        scene.students += 200
        scene.victim.nominate_many(THIEF, [(f"key {n}", student(VICTIM, n)) for n in numbers])


def withheld(scene, what, count, name):
    """Nothing but patience: the records wait, memory stays, others are served, and once it comes to
    its senses all of them are delivered."""
    scene.thief.say("withhold " + what)
    scene.thief.say("dial")
    before, began = memory(scene.victim), waiting(scene, THIEF)
    nominate_many(scene, count)
    scene.thief.say("taken 1")
    slow = [scene.exchange() for _ in range(5)]
    claim(name, None not in slow and waiting(scene, THIEF) == began + count and
          memory(scene.victim) < before + 40,
          lambda: (slow, waiting(scene, THIEF), began, before, memory(scene.victim)))


def comes_to_its_senses(scene):
    scene.thief.say("withhold nothing")
    claim("what_waited_is_delivered_once_receipts_come",
          until(lambda: waiting(scene, THIEF) == 0), lambda: waiting(scene, THIEF))


def without_credit(scene):
    """It is called, agrees on what both hold, and lets nothing come."""
    scene.thief.close()
    scene.thief = Thief(scene.nodes[THIEF].folder)
    scene.thief.say("withhold credit")
    nominate_many(scene, 200)  # so that it is called soon
    met = scene.thief.say("called")["done"]
    slow = [scene.exchange() for _ in range(5)]
    came = scene.thief.say("heard")["taken"]
    claim("without_credit_no_record_leaves_and_nobody_else_waits",
          met and came == 0 and None not in slow and waiting(scene, THIEF) == 200,
          lambda: (met, came, slow, waiting(scene, THIEF)))
    if not SOAK:  # to be called again takes seconds
        return
    scene.thief.close()
    scene.thief = Thief(scene.nodes[THIEF].folder)
    claim("and_with_credit_it_does", scene.thief.say("called")["done"] and
          scene.thief.say("taken 200")["done"] and until(lambda: waiting(scene, THIEF) == 0),
          lambda: waiting(scene, THIEF))


def deaf(scene):
    """It asks and asks, and reads none of the answers; what it is told waits, too."""
    before, counted = memory(scene.victim), metrics(scene.victim)["frames_in"]
    scene.thief.say("deaf on")
    scene.thief.begin("flood range")
    until(lambda: metrics(scene.victim)["frames_in"] > counted + 100)
    slow = [scene.exchange() for _ in range(5)]
    grown = memory(scene.victim) - before
    scene.thief.begin("deaf off")
    scene.thief.end(), scene.thief.end()
    claim("a_partner_that_reads_nothing_costs_no_memory", grown < 40, grown)
    claim("and_nobody_else_waits_for_it", None not in slow, slow)


# --- the catalogue, at each door


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def fields(data):
    """The fields of a Signed: all of them have lengths."""
    at = 0
    while at < len(data):
        begin, size, shift = at, 0, 0
        at += 1
        while True:
            size |= (data[at] & 127) << shift
            shift, at = shift + 7, at + 1
            if data[at - 1] < 128:
                break
        at += size
        yield data[begin:at]


def spoilt(true):
    """Each catalogue that nobody may believe, and what is said of it."""
    statement, *signatures = fields(true)
    large = b"\x0a" + varint(5 << 20) + b"x" * (5 << 20)
    return {
        "too_few_signatures": (statement + signatures[0], "signature"),
        "one_signature_twice": (statement + 2 * signatures[0], ""),
        "no_signature": (statement, ""),
        "more_bytes_than_the_limit": (large + b"".join(signatures), ""),
    }


def doors(scene, trust, anchor):
    """What each door says of the catalogue that now lies there: its exit status, and its words."""
    log = len(scene.victim.log())
    scene.victim.signal(signal.SIGHUP)
    until(lambda: "catalogue" in scene.victim.log()[log:])
    config = scene.victim.folder / "peregrind.conf"
    for words in (["peregrind", "-n", "-c", config], ["peregrin", "doctor", "--config", config],
                  ["peregrin", "catalogue", "verify", "--dir", trust, "--anchor", anchor]):
        said = subprocess.run([BIN / words[0], *words[1:]], capture_output=True, text=True,
                              check=False)
        yield " ".join(map(str, words[:2])), said.returncode, said.stdout + said.stderr
    stays = [line for line in scene.victim.log()[log:].splitlines()
             if "the catalogue stays" in line]
    yield "reload", len(stays), "".join(stays[:1])


def catalogues(scene, anchor):
    trust = scene.victim.folder / "trust"
    file = trust / "catalogue"
    true = file.read_bytes()
    version = scene.victim.get("/api/v1/status")["catalogue"]["version"]
    for name, (content, _) in spoilt(true).items():
        file.write_bytes(content)
        answers = list(doors(scene, trust, anchor))
        claim(f"a_catalogue_with_{name}_is_refused_at_each_door",
              all(status for _, status, _ in answers) and
              "the catalogue stays as it was" in answers[-1][2], lambda: answers)
        print(f"# {name}: {answers[-1][2]}")
    file.write_bytes(true)
    claim("and_the_node_works_on_with_its_own", scene.exchange() is not None and
          scene.victim.get("/api/v1/status")["catalogue"]["version"] == version)


def rolled_back(scene):
    trust, authority = scene.victim.folder / "trust", scene.place / "authority"
    old = (trust / "catalogue").read_bytes()
    for words in (["renew"], ["sign", "--key", authority / "root-1.key", "--key",
                              authority / "root-2.key", "--yes"]):
        subprocess.run([BIN / "peregrin", "catalogue", *words, "--dir", authority],
                       capture_output=True, check=True)
    shutil.copy(authority / "catalogue", trust / "catalogue")
    scene.victim.signal(signal.SIGHUP)
    newer = until(lambda: "catalogue version 2 is in use" in scene.victim.log())
    (trust / "catalogue").write_bytes(old)
    log = len(scene.victim.log())
    scene.victim.signal(signal.SIGHUP)
    claim("a_catalogue_that_was_rolled_back_is_refused", newer and
          until(lambda: "is older than one that was read" in scene.victim.log()[log:]) and
          scene.victim.get("/api/v1/status")["catalogue"]["version"] == 2,
          lambda: scene.victim.log()[log:])
    scene.victim.stop()
    scene.victim.spawn()
    ended = scene.victim.process.wait(60)
    claim("nor_does_a_node_start_with_it", ended != 0 and "not believed" in scene.victim.log()
          .splitlines()[-1], lambda: scene.victim.log()[-500:])
    print(f"# at the start: {scene.victim.log().splitlines()[-1]}")


# --- the measurement


def percentile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def measured(scene, what, count):
    """Quiet and attacked in turns, in one run: the machine's moods are the same for both."""
    times, spent, frames = {"quiet": [], "attacked": []}, 0, 0
    for _ in range(4 if SOAK else 2):
        times["quiet"] += [scene.exchange() for _ in range(count)]
        spent -= processor(scene.victim)
        frames -= metrics(scene.victim)["frames_in"]
        scene.thief.begin("flood " + what)
        times["attacked"] += [scene.exchange() for _ in range(count)]
        scene.thief.begin("heard")
        scene.thief.end(), scene.thief.end()
        spent += processor(scene.victim)
        frames += metrics(scene.victim)["frames_in"]
    if None in times["quiet"] + times["attacked"]:
        return None
    half = [1000 * percentile(times[each], 0.5) for each in times]
    worst = [percentile(times[each], 0.99) for each in times]
    print(f"# {what}: an honest record takes {half[0]:.1f} ms, p99 {1000 * worst[0]:.1f} ms; "
          f"meanwhile {half[1]:.1f} ms, p99 {1000 * worst[1]:.1f} ms, "
          f"{worst[1] / worst[0]:.1f} times; {1e6 * spent / frames:.0f} us of processor time "
          f"for each of {frames:.0f} frames")
    return worst


def floods(scene):
    """None of them waits for an ack or minds its credit."""
    before = memory(scene.victim)
    for what in ("forged", "again", "range", "ping"):
        worst = measured(scene, what, 100 if SOAK else 10)
        claim(f"an_honest_record_does_not_wait_for_a_flood_of_{what}", worst is not None and
              (worst[1] <= 2 * SLACK * worst[0] or worst[1] < AT_WORST), worst)
    claim("records_beyond_all_credit_cost_no_memory", memory(scene.victim) < before + 40,
          (before, memory(scene.victim)))


# --- by a stranger


def said_by_dialler(relay):
    """What the one that calls said on each connection, from its greeting on."""
    with relay.lock:
        recorded = bytes(relay.recorded)
    greeting = b"\0SP\0\0\x30\0\0"
    return [greeting + said.split(b"\0SP\0\0\x31\0\0")[0] for said in recorded.split(greeting)[1:]]


def stranger():
    """Somebody on the way wrote down all that a partner said, and says it again without a key."""
    with Federation(f"{HONEST}:UHasselt:BE", f"{VICTIM}:HELMo:BE") as federation:
        home, host = federation.nodes
        relay = set_between(host)
        host.start()
        home.start()
        for number in range(5):
            home.nominate(VICTIM, student(HONEST, number))
        sent = until(lambda: home.waiting() == 0 and host.connected())
        home.stop()
        words = []
        until(lambda: words.extend(said_by_dialler(relay)) or words, 10)
        picture, before, log = picture_of(host, federation.place), metrics(host), len(host.log())
        lines = [socket.create_connection(relay.target) for _ in words]
        for line, said in zip(lines, words):
            line.sendall(said)
        counted = until(lambda: metrics(host)["frames_refused"] >=
                        before["frames_refused"] + 5, 10)
        after = metrics(host)
        claim("what_an_honest_partner_said_does_not_serve_a_stranger",
              sent and counted and after["openings_refused"] > before["openings_refused"] and
              not rises(before, after, {"records_taken": 0, "records_repeated": 0}) and
              picture_of(host, federation.place) == picture and host.log()[log:] == "",
              lambda: (list(map(len, words)), before, after, host.log()[log:]))
        for line in lines:
            line.close()
        home.start()
        status, _ = home.nominate(VICTIM, student(HONEST, 5))
        claim("and_the_partner_is_heard_as_before",
              status == 201 and until(lambda: home.waiting() == 0), home.partner)
    relay.close()


def timed(name, step):
    began = time.monotonic()
    step()
    print(f"# {name}: {time.monotonic() - began:.1f} s", flush=True)


def main():
    with Federation(f"{VICTIM}:HELMo:BE", f"{HONEST}:UHasselt:BE", f"{THIEF}:ITG:BE") as federation:
        scene = Scene(federation)
        try:
            claim("the_thief_has_a_session", scene.begin(), lambda: scene.victim.log()[-500:])
            steps = [(step.__name__, lambda step=step: step(scene)) for step in (
                refusals, of_an_earlier_session, contradicting, extended, forked, incomplete, deaf,
                floods)]
            steps += [
                ("withheld", lambda: withheld(scene, "receipts acks", 1000,
                                              "withheld_receipts_and_acks_keep_records_waiting")),
                ("senses", lambda: comes_to_its_senses(scene)),
                ("without_credit", lambda: without_credit(scene)),
                ("catalogues", lambda: catalogues(scene, federation.anchor)),
                ("rolled_back", lambda: rolled_back(scene)),
            ]
            for name, step in steps:
                timed(name, step)
        finally:
            scene.thief.close()
    timed("stranger", stranger)


main()
