"""A partner is away while 1,000 records are submitted and answered: 250 nominations, each with three
amendments. From its start until it holds all of them, at most 5 s on an idle machine (the claim
allows ten times as much; the figure is said). Then the same with a sender that was itself started
while its partner was away: under its write guard nothing is signed, and all of it waits.
"""
import pathlib
import sqlite3
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, claim, student, until  # noqa: E402

DOSSIERS, AMENDMENTS = 250, 3
RECORDS = DOSSIERS * (1 + AMENDMENTS)
SECONDS_GOAL, SLACK = 5, 10


def submit_lanes(home, host):
    """Nominations with their amendments: the dossiers with the ids of their lane, as answered."""
    lanes = {}
    for number in range(DOSSIERS):
        status, answer = home.nominate(host.schac, student(home.schac, number), f"lane-{number}")
        assert status == 201, answer
        lane = lanes[answer["dossier"]] = [answer["id"]]
        for turn in range(1, AMENDMENTS + 1):
            changed = student(home.schac, number, comment=f"amended {turn}")
            status, answer = home.ask(
                "POST", f"/api/v1/nominations/{answer['dossier']}/amendment",
                {"nomination": changed}, f"lane-{number}-{turn}")
            assert status == 201 and answer["index"] == turn, answer
            lane.append(answer["id"])
    return lanes


def taken(node):
    return node.get("/api/v1/status")["counters"]["records_taken"]


def seconds_until_held(host, count):
    """From the start of the process until it has taken so many records."""
    began = time.monotonic()
    host.spawn()
    held = until(host.answers, pause=0.002) and \
        until(lambda: taken(host) >= count, SECONDS_GOAL * SLACK, pause=0.002)
    return time.monotonic() - began if held else None


def check_lanes(host, lanes):
    wrong = []
    for dossier, ids in lanes.items():
        records = host.get(f"/api/v1/nominations/{dossier}")["records"]
        if [record["id"] for record in records] != ids or \
                any(record["void"] or record["out_of_turn"] for record in records):
            wrong.append(dossier)
    claim("each_record_is_there_once_with_its_id", not wrong, lambda: wrong[:3])


def check_order(host):
    """How the stopped node stored them: its serial numbers are the order of taking."""
    with sqlite3.connect(host.database) as database:
        rows = database.execute("SELECT dossier, idx FROM record ORDER BY serial").fetchall()
    database.close()
    reached, wrong = {}, 0
    for dossier, index in rows:
        wrong += index != reached.get(dossier, 0)
        reached[dossier] = index + 1
    claim("each_lane_was_taken_in_order", not wrong and len(rows) == RECORDS,
          lambda: f"{wrong} of {len(rows)} out of order")


def check_time(name, seconds):
    claim(f"{name}_within_{SECONDS_GOAL * SLACK}_seconds", seconds is not None, "it does not")
    if seconds is not None:
        print(f"# {name}: {seconds:.2f} s (goal {SECONDS_GOAL} s)")


def partner_away(home, host):
    home.start()
    host.start()
    until(lambda: home.connected() and host.connected())
    host.stop()
    lanes = submit_lanes(home, host)
    claim("all_of_it_waits", home.waiting() == RECORDS, lambda: home.totals())
    check_time("a_partner_that_was_away_holds_1000_records", seconds_until_held(host, RECORDS))
    check_lanes(host, lanes)
    claim("the_sender_has_every_receipt", until(lambda: home.waiting() == 0),
          lambda: home.totals())
    claim("nothing_was_taken_beyond_it", taken(host) == RECORDS, lambda: taken(host))
    host.stop()
    check_order(host)


def sender_started_alone(home, host):
    """The host is stopped. The sender starts, so its write guard stays armed."""
    home.stop()
    home.start()
    ready = []
    for at in range(0, 1000, 200):
        answer = home.nominate_many(host.schac, [
            (f"alone-{number}", student(home.schac, 5000 + number))
            for number in range(at, at + 200)])[1]
        ready += [result["dossier"] for result in answer["results"] if result.get("ready")]
    claim("under_the_write_guard_all_is_answered_as_ready", len(set(ready)) == 1000, len(ready))
    claim("nothing_of_it_is_signed", home.totals()["ready"] == 1000 and
          home.totals()["outbox"] == 0, lambda: home.totals())
    check_time("what_was_ready_is_held_after_the_start", seconds_until_held(host, 1000))
    claim("the_sender_has_those_receipts_too", until(lambda: home.waiting() == 0),
          lambda: home.totals())
    rows = host.pages("/api/v1/nominations?direction=incoming&limit=500", "nominations")
    here = [row["dossier"] for row in rows]
    claim("each_dossier_is_there_once", len(here) == len(set(here)) == DOSSIERS + 1000 and
          set(ready) <= set(here), lambda: f"{len(here)}, {len(set(here))} different")
    for node in (home, host):
        said = node.run("audit", "verify")
        claim(f"the_audit_of_{node.schac}_passes", said.returncode == 0, said.stdout + said.stderr)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        partner_away(home, host)
        sender_started_alone(home, host)


main()
