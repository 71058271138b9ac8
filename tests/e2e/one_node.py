"""uhasselt.be and itg.be live on one node, made by one `peregrin init`; helmo.be has its own. Whatever
one of the two says, the other has when the answer comes: sealed, judged and receipted. An evidence
file of it convinces a stranger, kill -9 leaves both sides or neither, and the audit passes.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, Federation, claim, student, until  # noqa: E402

HOME, HOST = "uhasselt.be", "itg.be"
COUNT = 40

TRANSCRIPT = {
    "components": [{"title": "Analysis", "ects_hundredths": 550, "grade": "14", "passed": True}],
    "start": "2027-02-01", "end": "2027-06-30", "total_hundredths": 550, "issued_on": "2027-07-05",
}


def nominate(node, own, partner, number):
    return node.ask("POST", "/api/v1/nominations",
                    {"own": own, "partner": partner, "nomination": student(own, number)},
                    f"{own}-{number}")


def rows(node, dossier):
    """What the lists show of it: once as what went out, once as what came in."""
    return sorted((row["direction"], row["state"], row["own"])
                  for row in node.pages("/api/v1/nominations?limit=500", "nominations")
                  if row["dossier"] == dossier)


def exchanged_at_once(node):
    status, answer = nominate(node, HOME, HOST, 1)
    dossier = answer["dossier"]
    claim("a_nomination_is_there_when_it_is_answered", status == 201 and rows(node, dossier) ==
          [("incoming", "pending", HOST), ("outgoing", "pending", HOME)], lambda: answer)
    path = f"/api/v1/nominations/{dossier}"
    claim("the_host_accepts", node.ask("POST", f"{path}/decision", {"outcome": "accept"})[0]
          in (200, 201))
    claim("the_home_corrects", node.ask(
        "POST", f"{path}/amendment",
        {"nomination": {**student(HOME, 1), "comment": "a second thought"}})[0] in (200, 201))
    claim("the_host_accepts_the_change",
          node.ask("POST", f"{path}/decision", {"outcome": "accept"})[0] in (200, 201))
    claim("the_host_issues", node.ask("POST", f"{path}/transcript",
                                      {"credit_record": TRANSCRIPT})[0] in (200, 201))
    claim("both_sides_show_the_transcript", rows(node, dossier) ==
          [("incoming", "transcript", HOST), ("outgoing", "transcript", HOME)],
          lambda: rows(node, dossier))
    claim("nothing_waits", node.waiting() == 0, node.totals)
    return dossier


def stays_at_once(node):
    """Kinds that either side may say: `own` tells who asks and who grants."""
    path = f"/api/v1/nominations/{nominate(node, HOME, HOST, 3)[1]['dossier']}"
    recognition = {"groups": [{"components": [0], "home": [
        {"title": "Analyse", "ects_hundredths": 550}]}],
        "total_hundredths": 550, "decided_on": "2027-08-01"}
    for what, body, state in (
            ("decision", {"outcome": "waitlist"}, "waitlisted"),
            ("decision", {"outcome": "accept"}, "accepted"),
            ("arrival", {"date": "2027-02-03"}, "arrived"),
            ("extension", {"end": "2027-08-01", "own": HOME}, "extending"),
            ("extension", {"end": "2027-07-20", "own": HOST}, "arrived"),
            ("departure", {"date": "2027-07-19"}, "departed"),
            ("transcript", {"credit_record": TRANSCRIPT}, "transcript"),
            ("recognition", {"recognition": recognition}, "recognised"),
            ("revocation", {"of": "recognition", "reason": "error"}, "transcript"),
            ("revocation", {"of": "transcript", "reason": "error"}, "departed")):
        status, answer = node.ask("POST", f"{path}/{what}", body)
        shown = node.get(path)["state"]
        claim(f"{what}_leads_to_{state}", status in (200, 201) and shown == state,
              lambda: (answer, shown))
    status, answer = node.ask("POST", f"{path}/extension", {"end": "2027-08-01", "own": "helmo.be"})
    claim("a_stranger_extends_nothing", status == 400, lambda: answer)


def a_stranger_believes(node, federation, dossier):
    file = federation.place / "evidence"
    made = node.run("record", "export", dossier, "0.0", "--out", file)
    said = subprocess.run([BIN / "peregrin", "record", "verify", file, "--anchor",
                           federation.anchor], text=True, capture_output=True, check=False)
    claim("a_stranger_believes_record_and_receipt", said.returncode == 0 and
          any(line.split()[0] == "Received" and line.endswith(f"by {HOST}")
              for line in said.stdout.splitlines() if line.strip()), lambda: made.stderr + said.stdout + said.stderr)


def killed(node):
    """Each answered submission is on both sides after kill -9, and none is on one alone."""
    sent = []
    for turn in range(4):
        for number in range(COUNT):
            status, answer = nominate(node, HOST, HOME, 1000 * turn + number)
            assert status == 201, answer
            sent.append(answer["dossier"])
        node.kill()
        node.start()
    seen = {}
    for row in node.pages("/api/v1/nominations?limit=500", "nominations"):
        seen.setdefault(row["dossier"], []).append((row["direction"], row["state"]))
    wrong = [dossier for dossier in sent
             if sorted(seen.get(dossier, [])) != [("incoming", "pending"), ("outgoing", "pending")]]
    claim("both_sides_or_neither_after_kill_9", not wrong, lambda: wrong[:3])


def with_others(node, other):
    other.start()
    until(lambda: all(partner["guard"] == "lifted"
                      for partner in other.get("/api/v1/partners")["partners"]))
    names = [nominate(other, other.schac, partner, 7)[1] for partner in (HOME,)]
    status, answer = other.ask("POST", "/api/v1/nominations",
                               {"partner": HOST, "nomination": student(other.schac, 8)}, "x8")
    names.append(answer)
    arrived = until(lambda: all(rows(node, name["dossier"]) for name in names))
    claim("a_third_reaches_both_of_them", status == 201 and arrived, lambda: names)
    until(lambda: other.waiting() == 0)


def what_the_commands_say(node):
    """They name their own flags, not the fields of the API."""
    sheet = node.folder / "n.csv"
    sheet.write_text("partner,family_name\nhelmo.be,Peeters\n")
    said = node.run("nomination", "import", str(sheet))
    claim("the_cli_asks_for_its_flag", said.returncode == 2 and "--own SCHAC" in said.stderr
          and "`own`" not in said.stderr, said.stderr)
    said = node.run("user", "add", "zz", "--role", "administrator", "--unit", HOME)
    claim("no_administrator_of_one_institution", said.returncode == 2
          and "whole node" in said.stderr and "--unit" in said.stderr, said.stderr)
    node.run("user", "add", "zz", "--role", "auditor")
    said = [node.run("user", "unit", "zz", HOME), node.run("user", "unit", "zz"),
            node.run("user", "role", "zz", "viewer"), node.run("user", "unit", "zz", HOME),
            node.run("user", "role", "zz", "administrator")]
    claim("nor_does_one_become_it", [each.returncode for each in said] == [2, 0, 0, 0, 2],
          lambda: [each.stderr for each in said])


def main():
    with Federation(f"{HOME}:UHasselt:BE", f"+{HOST}:Institute of Tropical Medicine:BE",
                    "helmo.be:HELMo:BE") as federation:
        node, other = federation.nodes
        node.start()
        dossier = exchanged_at_once(node)
        stays_at_once(node)
        a_stranger_believes(node, federation, dossier)
        status, answer = node.ask("POST", "/api/v1/nominations",
                                  {"partner": HOST, "nomination": student(HOME, 2)})
        claim("who_speaks_must_be_said", status >= 400 and answer["error"]["field"] == "own", answer)
        what_the_commands_say(node)
        killed(node)
        with_others(node, other)
        for each in (node, other):
            said = each.run("audit", "verify")
            claim(f"the_audit_of_{each.schac}_passes", said.returncode == 0,
                  said.stdout + said.stderr)


main()
