"""An old backup is put back after more was exchanged: at the sender, then at the receiver.

A backup is what an administrator makes: the node is stopped, `cp -a` of its folder, started again.
Everything that was answered is written down outside of both nodes, and looked for afterwards.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, claim, student, until  # noqa: E402

BEFORE, AFTER, MEANWHILE = 200, 300, 50
LIFTED = "write guard lifted"


class Ledger:
    """What was answered: dossier and place of each record by its id."""

    def __init__(self):
        self.records = {}

    def add(self, status, answer):
        assert status == 201, answer
        self.records[answer["id"]] = (answer["dossier"], answer["lane"], answer["index"])
        return answer["dossier"]

    def dossiers(self):
        return sorted({place[0] for place in self.records.values()})


def nominate(ledger, home, host, numbers):
    return [ledger.add(*home.nominate(host.schac, student(home.schac, number), f"n-{number}"))
            for number in numbers]


def amend(ledger, home, dossiers, first, comment):
    for number, dossier in enumerate(dossiers, first):
        ledger.add(*home.ask("POST", f"/api/v1/nominations/{dossier}/amendment",
                             {"nomination": student(home.schac, number, comment=comment)}))


def decide(ledger, host, dossiers):
    for dossier in dossiers:
        ledger.add(*host.ask("POST", f"/api/v1/nominations/{dossier}/decision",
                             {"outcome": "accept"}))


def settled(*nodes):
    return until(lambda: all(node.connected() and node.waiting() == 0 for node in nodes))


def back_up(node):
    node.stop()
    copy = node.folder.with_name(f"{node.schac}.backup")
    subprocess.run(["rm", "-rf", copy], check=True)
    subprocess.run(["cp", "-a", node.folder, copy], check=True)
    node.start()


def put_back(node):
    """The node is stopped; its folder becomes the backup's. Its log goes on."""
    log = node.log()
    subprocess.run(["rm", "-rf", node.folder], check=True)
    subprocess.run(["cp", "-a", node.folder.with_name(f"{node.schac}.backup"), node.folder],
                   check=True)
    (node.folder / "log").write_text(log)
    return len(log)


def check_whole(name, ledger, *nodes):
    """Every answered record stands on every node, at its place, receipted; and no fork."""
    lost, forked, unlike = [], [], []
    for dossier in ledger.dossiers():
        shown = [node.get(f"/api/v1/nominations/{dossier}") for node in nodes]
        here = [{record["id"]: (dossier, record["lane"], record["index"])
                 for record in one["records"] if record["receipted_at"]} for one in shown]
        want = {id: place for id, place in ledger.records.items() if place[0] == dossier}
        if any(want.items() - one.items() for one in here):
            lost.append((dossier, [want.items() - one.items() for one in here]))
        if any(any(one["forked"]) for one in shown):
            forked.append(dossier)
        if any((one["state"], one["nomination"], here[0]) != (shown[0]["state"],
               shown[0]["nomination"], other) for one, other in zip(shown, here)):
            unlike.append(dossier)
    claim(f"{name}_nothing_that_was_receipted_is_lost", not lost,
          lambda: f"{len(lost)}: {lost[:2]}")
    claim(f"{name}_no_lane_forks", not forked, lambda: forked[:3])
    claim(f"{name}_both_see_the_same_dossiers", not unlike, lambda: unlike[:3])
    for node in nodes:
        said = node.run("audit", "verify")
        claim(f"{name}_the_audit_of_{node.schac}_passes", said.returncode == 0,
              said.stdout + said.stderr)


def check_guard(node, said_before):
    """Restored, and its partner is away: nothing is signed, submissions wait."""
    claim(f"the_restored_{node.schac}_starts_with_its_guard_armed",
          node.partner()["guard"] == "armed" and LIFTED not in node.log()[said_before:],
          lambda: node.partner())


def restore_sender(ledger, home, host):
    early = nominate(ledger, home, host, range(BEFORE))
    decide(ledger, host, early[:20])
    settled(home, host)
    back_up(home)
    settled(home, host)
    late = nominate(ledger, home, host, range(BEFORE, BEFORE + AFTER))
    settled(home, host)
    amend(ledger, home, early[20:60], 20, "after the backup")
    decide(ledger, host, early[60:80] + late[:20])
    claim("before_the_restore_all_is_receipted", settled(home, host),
          lambda: (home.totals(), host.totals()))

    home.kill()
    host.stop()
    said_before = put_back(home)
    home.start()
    check_guard(home, said_before)
    claim("the_backup_is_an_old_one",
          home.ask("GET", f"/api/v1/nominations/{late[0]}")[0] == 404)
    # In a lane that has gone on without the backup's knowledge: the fork that the guard prevents.
    answers = [home.ask("POST", f"/api/v1/nominations/{dossier}/amendment",
                        {"nomination": student(home.schac, number, comment="meanwhile")})[1]
               for number, dossier in enumerate(early[20:60], 20)]
    answers += [home.nominate(host.schac, student(home.schac, number))[1]
                for number in range(1000, 1000 + MEANWHILE)]
    claim("what_users_say_meanwhile_is_kept_and_not_signed",
          all(answer.get("ready") for answer in answers), lambda: answers[:2])
    host.start()
    claim("the_sender_s_guard_is_lifted", until(lambda: LIFTED in home.log()[said_before:]),
          lambda: home.log()[-800:])
    claim("it_asked_its_own_records_back", "asked back" in home.log()[said_before:],
          lambda: home.log()[said_before:])
    claim("after_the_restore_of_the_sender_everything_settles", settled(home, host),
          lambda: (home.totals(), host.totals()))
    meanwhile = {answer["dossier"] for answer in answers}
    for dossier in meanwhile:
        for record in home.get(f"/api/v1/nominations/{dossier}")["records"]:
            ledger.records[record["id"]] = (dossier, record["lane"], record["index"])
    claim("what_was_said_meanwhile_goes_on_behind_what_came_back",
          all(len(home.get(f"/api/v1/nominations/{dossier}")["records"]) == 3
              for dossier in early[20:60]), "a lane is shorter")
    check_whole("sender_restored", ledger, home, host)
    return early


def restore_receiver(ledger, home, host, early):
    back_up(host)
    settled(home, host)
    more = nominate(ledger, home, host, range(2000, 2000 + AFTER))
    settled(home, host)
    decide(ledger, host, more[:50] + early[100:120])
    amend(ledger, home, early[120:160], 120, "after the second backup")
    claim("before_the_second_restore_all_is_receipted", settled(home, host),
          lambda: (home.totals(), host.totals()))

    host.kill()
    home.stop()
    said_before, home_before = put_back(host), len(home.log())
    host.start()
    check_guard(host, said_before)
    home.start()
    claim("the_receiver_s_guard_is_lifted", until(lambda: LIFTED in host.log()[said_before:]),
          lambda: host.log()[-800:])
    claim("its_partner_says_what_was_lost_there",
          until(lambda: "sent again, as it signed for" in home.log()[home_before:]),
          lambda: home.log()[-800:])
    claim("after_the_restore_of_the_receiver_everything_settles", settled(home, host) and
          until(lambda: host.ask("GET", f"/api/v1/nominations/{more[-1]}")[0] == 200),
          lambda: (home.totals(), host.totals()))
    check_whole("receiver_restored", ledger, home, host)


def go_on(ledger, home, host):
    """After both: work goes on as if nothing had been."""
    fresh = nominate(ledger, home, host, range(5000, 5050))
    settled(home, host)
    decide(ledger, host, fresh)
    claim("work_goes_on_afterwards", settled(home, host), lambda: (home.totals(), host.totals()))
    check_whole("afterwards", ledger, home, host)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        ledger = Ledger()
        home.start()
        host.start()
        settled(home, host)
        early = restore_sender(ledger, home, host)
        restore_receiver(ledger, home, host, early)
        go_on(ledger, home, host)
        print(f"# {len(ledger.records)} records in {len(ledger.dossiers())} dossiers")


main()
