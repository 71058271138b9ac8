"""Rules of eligibility in a node that runs: a file that is read again at SIGHUP, and what they said of
a partner's record when it had come, whatever ends the node in between."""
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, claim, student, until  # noqa: E402

HEAD = "setting,of,from,until,value,unit,source\n"
SHORT = {"start": "2026-09-01", "end": "2026-10-29"}  # 59 days
ROUNDS = 6


def finding(node, dossier, rule, now=False):
    """What it is said to have got; None: the rule holds, or the dossier is not here."""
    status, answer = node.ask("GET", f"/api/v1/nominations/{dossier}" + ("?rules=now" * now))
    rows = answer.get("rules", []) if status == 200 else []
    return next((row["got"] for row in rows if row["rule"] == rule), None)


def shown(node, dossier):
    status, answer = node.ask("GET", f"/api/v1/nominations/{dossier}")
    return answer if status == 200 else {}


def entries(node):
    return [(entry["method"], entry["code"]) for entry in node.get("/api/v1/audit/log")["entries"]
            if entry["route"] == "rules"]


def hangs_up(node, words):
    before = len(node.log())
    node.signal(signal.SIGHUP)
    return until(lambda: words in node.log()[before:])


def doctor(node):
    return node.run("doctor", "--config", node.folder / "peregrind.conf").stdout


def reading(host, rules, dossier):
    """The file again, good and bad."""
    rule = "duration.study.min"
    claim("the_shipped_limit_counts_at_first", finding(host, dossier, rule, now=True) == "59 days")
    rules.write_text(HEAD + "duration.min,studies,,,59,day,our senate\n")
    claim("a_signal_has_the_rules_read_again", hangs_up(host, "count from now on") and
          finding(host, dossier, rule, now=True) is None, host.log)
    page = shown(host, dossier)
    claim("what_was_found_when_it_came_stays_and_tells_that_the_rules_changed",
          finding(host, dossier, rule) == "59 days" and page["rules_changed"], page)
    said = host.run("nomination", "show", dossier).stdout
    claim("and_so_it_is_said_to_people", "found when it came" in said and
          "they have changed since" in said and "59 days" in said, said)
    rules.write_text(HEAD + "duration.min,studies,,,58,day,us\nduration.min,studies,,,x,day,us\n")
    claim("a_bad_file_is_refused_with_its_line", hangs_up(host, "the rules stay as they were") and
          f"{rules}:3: value: expected" in host.log(), host.log)
    claim("and_the_old_rules_stay", finding(host, dossier, rule, now=True) is None)
    told = doctor(host)
    claim("the_doctor_names_the_line", f"{rules}:3: value" in told and "send SIGHUP" in told, told)
    claim("the_journal_tells_of_both", entries(host) == [("SIGHUP", "done"), ("SIGHUP", "refused")],
          lambda: entries(host))
    rules.unlink()
    claim("a_file_that_is_gone_changes_nothing_either",
          hangs_up(host, "the rules stay as they were") and host.process.poll() is None)
    rules.write_text(HEAD)
    claim("a_mended_one_is_taken", hangs_up(host, "count from now on") and
          finding(host, dossier, rule, now=True) == "59 days" and
          f"{rules}:3" not in doctor(host), host.log)


def checking(host, rules):
    """Whether a file can be used is said before the node is started with it."""
    conf = host.folder / "peregrind.conf"
    kept = host.run("rules", "settings", "--csv").stdout
    claim("all_settings_are_written_as_the_file_that_is_read",
          kept.splitlines()[0].startswith(HEAD.strip()) and "duration.min,studies,2021-01-01,,60,day"
          in kept, kept)
    rules.write_text(kept + "severity,duration.study.max,,,refuse,severity,our senate,\n")
    answer = host.run("config", "check", conf)
    claim("and_can_be_used", answer.returncode == 0, answer.stderr)
    rules.write_text(kept.replace(",", "\t"))
    answer = host.run("config", "check", conf)
    claim("a_file_with_which_the_node_would_not_start_is_told_before",
          answer.returncode == 3 and f"{rules}" in answer.stderr and
          "config explain rules" in answer.stderr, answer.stderr)
    rules.write_text(HEAD)


def killing(home, host):
    """Killed as soon as a record is here, or a little later: nothing is forgotten, nothing twice."""
    dossiers = []
    for number in range(ROUNDS):
        _, answer = home.nominate_many(host.schac, [
            (f"k{number}-{each}", student(home.schac, 100 + 40 * number + each, **SHORT))
            for each in range(40)])
        names = [item["dossier"] for item in answer["results"]]
        until(lambda: shown(host, names[0 if number % 2 else 39]), pause=0)
        host.kill()
        host.start()
        dossiers += names
    until(lambda: home.waiting() == 0)
    found = until(lambda: all(shown(host, one).get("rules_at") for one in dossiers))
    claim("whatever_kills_the_node_each_record_is_asked_about", found,
          lambda: [one for one in dossiers if not shown(host, one).get("rules_at")])
    first = {one: shown(host, one)["rules_at"] for one in dossiers}
    host.kill()
    host.start()
    claim("and_once", first == {one: shown(host, one)["rules_at"] for one in dossiers} and
          all(finding(host, one, "duration.study.min") == "59 days" for one in dossiers))


def main():
    with Federation("helmo.be:HELMo:BE", "itg.be:ITM:BE") as federation:
        home, host = federation.nodes
        rules = host.folder / "rules.csv"
        rules.write_text(HEAD)
        with open(host.folder / "peregrind.conf", "a", encoding="utf-8") as conf:
            conf.write("rules = rules.csv\n")
        home.start()
        host.start()
        status, answer = home.nominate(host.schac, student(home.schac, 1, **SHORT))
        dossier = answer.get("dossier")
        claim("what_comes_is_asked_about_once", status == 201 and
              until(lambda: shown(host, dossier).get("rules_at")) and
              finding(host, dossier, "duration.study.min") == "59 days",
              lambda: shown(host, dossier) or answer)
        reading(host, rules, dossier)
        checking(host, rules)
        killing(home, host)


main()
