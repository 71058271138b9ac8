"""qmu.kz has no endpoint in the catalogue and listens nowhere: it calls, and what there is for it goes
back on its own session. Nominations, decisions and transcripts go in both directions while both
processes are killed in turn; nothing is lost, nothing is there twice, and both audits pass.
"""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, claim, student, until  # noqa: E402

ROUNDS, STUDENTS = 4, 25

TRANSCRIPT = {
    "components": [{"title": "Analysis", "ects_hundredths": 550, "grade": "14", "passed": True}],
    "start": "2027-02-01", "end": "2027-06-30", "total_hundredths": 550, "issued_on": "2027-07-05",
}


def listens(process):
    """Whether the process has a TCP socket in the state LISTEN."""
    folder = pathlib.Path(f"/proc/{process.pid}/fd")
    own = {os.readlink(entry) for entry in folder.iterdir()}
    rows = [line.split() for name in ("tcp", "tcp6")
            for line in pathlib.Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return any(row[3] == "0A" and f"socket:[{row[9]}]" in own for row in rows)


def both_connected(one, other):
    return until(lambda: one.connected() and other.connected())


def nominate(node, partner, first):
    """The names of so many new dossiers, sent or ready."""
    status, answer = node.nominate_many(partner.schac, [
        (f"{node.schac}-{number}", student(node.schac, number))
        for number in range(first, first + STUDENTS)])
    assert status == 200, answer
    return [result["dossier"] for result in answer["results"]]


def here(node, dossiers):
    """Whether the node has each of them as a dossier of its partner."""
    rows = node.pages("/api/v1/nominations?direction=incoming&limit=500", "nominations")
    return set(dossiers) <= {row["dossier"] for row in rows}


def say(node, dossier, what, body):
    status, answer = node.ask("POST", f"/api/v1/nominations/{dossier}/{what}", body,
                              f"{what}-{dossier}")
    assert status in (200, 201), answer


def decide_and_issue(node, dossiers):
    for place, dossier in enumerate(dossiers):
        if place % 5 == 4:
            say(node, dossier, "decision", {"outcome": "refuse", "reason": "places"})
            continue
        say(node, dossier, "decision", {"outcome": "accept"})
        if place % 2:
            say(node, dossier, "transcript", {"credit_record": TRANSCRIPT})


def states(node):
    rows = node.pages("/api/v1/nominations?limit=500", "nominations")
    return sorted((row["dossier"], row["state"]) for row in rows)


def the_partner_waits(home, caller):
    """While the caller is down nothing is tried."""
    caller.kill()
    dossiers = nominate(home, caller, 9000)
    claim("its_partner_says_that_it_waits_for_the_call",
          until(lambda: home.partner()["sentence"] == "waits for its call", 90),
          lambda: home.partner())
    before = home.get("/api/v1/status")["counters"]["resends"]
    caller.start()
    claim("what_waited_goes_with_the_call", until(lambda: here(caller, dossiers)),
          lambda: home.partner())
    after = home.get("/api/v1/status")["counters"]["resends"]
    claim("and_is_not_repeated", after == before, lambda: f"{before}, {after}")
    return dossiers


def the_guard_holds(home, caller):
    """A restarted partner cannot call back: what is said to the caller waits for its call."""
    until(lambda: home.waiting() == 0 and caller.waiting() == 0)
    caller.stop()
    home.kill()
    home.start()
    dossiers = nominate(home, caller, 8000)
    claim("before_the_call_all_of_it_is_ready", home.totals()["ready"] == STUDENTS and
          home.partner()["guard"] == "armed" and
          home.partner()["sentence"] == "waits for its call", lambda: home.partner())
    caller.start()
    claim("the_call_lifts_the_guard", until(lambda: here(caller, dossiers)) and
          home.partner()["guard"] == "lifted", lambda: home.partner())
    return dossiers


def rounds(home, caller):
    """Each round: both nominate, and one of the two is killed while all is under way."""
    sent = {home: [], caller: []}
    for turn in range(ROUNDS):
        dossiers = {node: nominate(node, other, 1000 * turn)
                    for node, other in ((home, caller), (caller, home))}
        victim = (home, caller)[turn % 2]
        victim.kill()
        victim.start()
        arrived = until(lambda: here(caller, dossiers[home]) and here(home, dossiers[caller]))
        claim(f"round_{turn}_arrives_though_{victim.schac}_was_killed", arrived,
              lambda: (home.partner(), caller.partner()))
        decide_and_issue(caller, dossiers[home])
        (caller, home)[turn % 2].kill()
        (caller, home)[turn % 2].start()
        decide_and_issue(home, dossiers[caller])
        for node in sent:
            sent[node] += dossiers[node]
    return sent


def main():
    with Federation("helmo.be:HELMo:BE", "qmu.kz:QMU:KZ:none") as federation:
        home, caller = federation.nodes
        home.start()
        caller.start()
        claim("it_listens_nowhere", listens(home.process) and not listens(caller.process))
        claim("both_guards_lift", both_connected(home, caller),
              lambda: (home.partner(), caller.partner()))
        sent = rounds(home, caller)
        sent[home] += the_guard_holds(home, caller)
        sent[home] += the_partner_waits(home, caller)
        claim("nothing_waits_any_more",
              until(lambda: home.waiting() == 0 and caller.waiting() == 0),
              lambda: (home.totals(), caller.totals()))
        same = states(home)
        claim("both_show_the_same", same == states(caller),
              lambda: sorted(set(same) ^ set(states(caller)))[:5])
        named = [dossier for dossier, _ in same]
        claim("nothing_is_lost_and_nothing_is_there_twice",
              sorted(named) == sorted(sent[home] + sent[caller]), len(named))
        for node in (home, caller):
            said = node.run("audit", "verify")
            claim(f"the_audit_of_{node.schac}_passes", said.returncode == 0,
                  said.stdout + said.stderr)


main()
