"""A record that makes a node crash twice is never read or judged again.

The daemon is the real one; what ends it is put in front of protobuf-c by the loader, so that the
product has no hook. Where it dies decides what the partner hears: what can be kept is held, receipted
and refused as `internal`; what cannot even be folded is told by a notice, and is stuck there.
"""
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Connection, Federation, claim, student, until  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
INTERNAL = 17      # the verdict's number, see proto/README.md
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Poison:
    """What kills the host when it reads it."""

    def __init__(self, host, place):
        self.host, self.armed, self.hangs = host, place / "armed", place / "hangs"
        self.library = place / "poison.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-D_GNU_SOURCE", "-o", self.library,
                        HERE / "poison_preload.c"], check=True)
        self.plain, self.turn = host.under, 0

    def arm(self, how, kind, mark):
        self.armed.write_text(how)
        given = {"LD_PRELOAD": self.library, "POISON_ARMED": self.armed, "POISON_TYPE": kind,
                 "POISON_MARK": mark.hex(), "POISON_HANGS": self.hangs}
        self.host.under = lambda program: ["env", *(f"{name}={value}" for name, value
                                                    in given.items()), *self.plain(program)]

    def disarm(self):
        """For the processes that run, too: what was fatal may be looked at."""
        self.armed.unlink()

    def dies(self):
        """Starts the host; by which signal it ended. None: it lives."""
        self.host.spawn()
        if not until(lambda: self.host.process.poll() is not None, patience=20):
            return None
        return -self.host.process.returncode

    def hangs_at_it(self):
        """Starts the host; True as soon as it stands still over the record."""
        self.hangs.unlink(missing_ok=True)
        self.host.spawn()
        return until(self.hangs.exists, patience=20)


def family(number):
    return student("helmo.be", number)["person"]["family_name"].encode()


def name_bytes(text):
    number = 0
    for letter in text:
        number = number << 5 | ALPHABET.index(letter)
    return number.to_bytes(17, "big")[1:]


def settled(home):
    return until(lambda: home.totals()["outbox"] == home.totals()["stuck"], patience=30)


def say(home, host, *numbers):
    """The dossiers' names, of one batch."""
    _, answer = home.nominate_many(host.schac, [(f"k{number}", student(home.schac, number))
                                                for number in numbers])
    return [item["dossier"] for item in answer["results"]]


def here(node, dossier):
    return node.ask("GET", f"/api/v1/nominations/{dossier}")[0] == 200


def refused_as(node, dossier):
    """The codes of the refusals in a dossier, as numbers of the protocol."""
    records = node.get(f"/api/v1/nominations/{dossier}")["records"]
    return [record["body"]["code"] for record in records if record["kind"] == "refusal"]


def set_aside(name, poison, home, words, dossiers):
    """It lives with what was fatal before its eyes; the innocents of the same frame are taken."""
    host = poison.host
    before = len(host.log())
    host.start()
    claim(f"{name}_is_set_aside", settled(home) and host.process.poll() is None and
          words in host.log()[before:], lambda: host.log()[before:] + str(home.totals()))
    claim(f"{name}_harms_no_other", until(lambda: all(here(host, one) for one in dossiers)))
    status, answer = host.nominate(home.schac, student(host.schac, 900 + poison.turn))
    poison.turn += 1
    claim(f"{name}_stops_no_stream_of_ours", status == 201 and
          until(lambda: here(home, answer["dossier"])))


def told_of(node):
    """What the metrics say of things set aside."""
    page = Connection(node.socket, 60)
    page.request("GET", "/metrics")
    lines = page.getresponse().read().decode().splitlines()
    page.close()
    return next(int(line.split()[1]) for line in lines if line.startswith("peregrin_set_aside "))


def body(poison, home, host):
    fine, bad, also = say(home, host, 1, 2, 3)
    poison.arm("abort", "peregrin.Nomination", family(2))
    claim("a_record_may_end_the_node", poison.dies() == signal.SIGABRT)
    claim("it_is_tried_once_more", poison.dies() == signal.SIGABRT and
          "(its body): tried again" in host.log(), lambda: host.log()[-800:])
    set_aside("a_body_that_ends_the_node_twice", poison, home,
              "kept ending this node (its body): set aside and refused as `internal`", [fine, also])
    claim("it_is_held_and_refused_as_internal", until(
        lambda: refused_as(home, bad) == [INTERNAL]) and refused_as(host, bad) == [INTERNAL],
        lambda: home.get(f"/api/v1/nominations/{bad}"))
    claim("what_was_set_aside_is_shown_without_its_body",
          host.get(f"/api/v1/nominations/{bad}")["records"][0]["body"] is None)
    lists = [host.ask("GET", path)[0] for path in ("/api/v1/nominations", "/api/v1/export")]
    claim("no_list_looks_into_it", host.process.poll() is None, lists)
    host.stop()
    host.start()
    claim("it_stays_set_aside_after_a_restart", until(host.connected) and told_of(host) == 1)
    doctor = host.run("doctor", "--config", host.folder / "peregrind.conf").stdout
    claim("the_doctor_names_it", "kept ending this node" in doctor and "then upgrade" in doctor and
          "refused as `internal`" in doctor, doctor)
    host.stop()


def header(poison, home, host):
    fine, bad, also = say(home, host, 11, 12, 13)
    poison.arm("segv", "peregrin.Header", name_bytes(bad))
    deaths = [poison.dies(), poison.dies()]
    claim("a_header_may_end_it_by_a_fault_of_memory", deaths == [signal.SIGSEGV] * 2, deaths)
    set_aside("a_header_that_ends_the_node_twice", poison, home,
              "kept ending this node (its header): set aside and not taken", [fine, also])
    rows = home.get("/api/v1/outbox")["outbox"]
    claim("what_cannot_be_kept_is_stuck_with_its_author_as_internal",
          [(row["dossier"], row["code"]) for row in rows] == [(bad, "internal")], rows)
    host.stop()


def judgement(poison, home, host):
    """The amendment is judged by what the nomination says: there it is fatal. Then the rules of
    eligibility look at all that stands, for the stays of a person: there it is once more."""
    (bad,) = say(home, host, 21)
    host.start()
    claim("a_nomination_comes_without_harm", until(lambda: here(host, bad)))
    host.stop()
    changed = student(home.schac, 21)
    changed["person"]["family_name"] = "Nováková"
    status, answer = home.ask("POST", f"/api/v1/nominations/{bad}/amendment",
                              {"nomination": changed})
    poison.arm("stack", "peregrin.Nomination", family(21))
    deaths = [poison.dies(), poison.dies()]
    claim("a_judgement_may_end_it_by_too_deep_a_stack", status < 300 and
          deaths == [signal.SIGSEGV] * 2, (deaths, status, answer))
    before = len(host.log())
    deaths = [poison.dies(), poison.dies()]
    claim("a_stay_that_is_added_up_may_end_it", deaths == [signal.SIGSEGV] * 2 and
          "of a partner at hand (its judgement): tried again" in host.log()[before:],
          lambda: (deaths, host.log()[before:]))
    set_aside("a_judgement_that_ends_the_node_twice", poison, home,
              "of a partner kept ending this node (its judgement): set aside", [])
    claim("the_amendment_is_refused_and_the_nomination_stands", until(
        lambda: refused_as(home, bad) == [INTERNAL]) and here(host, bad),
        lambda: home.get(f"/api/v1/nominations/{bad}"))
    host.stop()


def killed(poison, home, host):
    """Who kills a node that hangs cannot know why: such an end weighs an eighth."""
    fine, bad, also = say(home, host, 31, 32, 33)
    poison.arm("hang", "peregrin.Nomination", family(32))
    hung = []
    for _ in range(15):
        hung.append(poison.hangs_at_it())
        host.kill()
    claim("after_fifteen_kills_it_is_tried_once_more", poison.hangs_at_it() and all(hung), hung)
    host.kill()
    set_aside("a_record_over_which_the_node_was_killed_sixteen_times", poison, home,
              "set aside and refused as `internal`", [fine, also])
    claim("it_too_is_refused_as_internal", until(lambda: refused_as(home, bad) == [INTERNAL]))
    host.stop()
    fine, bad, also = say(home, host, 41, 42, 43)
    poison.arm("hang", "peregrin.Nomination", family(42))
    for _ in range(2):
        poison.hangs_at_it()
        host.signal(signal.SIGABRT)
        host.process.wait()
    set_aside("a_record_over_which_the_watchdog_ended_it_twice", poison, home,
              "set aside and refused as `internal`", [fine, also])
    host.stop()


def innocent(poison, home, host):
    """A kill that fell while it was at hand, and then it is judged."""
    fine, same, also = say(home, host, 51, 52, 53)
    before = values(host)
    poison.arm("hang", "peregrin.Nomination", family(52))
    for _ in range(2):
        poison.hangs_at_it()
        host.kill()
    poison.disarm()
    host.start()
    claim("what_was_at_hand_when_it_was_killed_is_taken_afterwards", settled(home) and
          all(here(host, one) for one in (fine, same, also)) and not refused_as(host, same))
    host.stop()
    claim("and_is_suspected_no_more", values(host) == before, lambda: values(host) - before)


def values(node):
    with sqlite3.connect(node.database) as database:
        names = {row[0] for row in database.execute(
            "SELECT name FROM value WHERE name LIKE 'suspect/%'")}
    database.close()
    return names


def message(poison, home, host):
    """Before anything is known of what stands in it."""
    bad = say(home, host, 61, 62)[1]
    poison.arm("abort", "peregrin.Message", family(62))
    deaths = [poison.dies() for _ in range(2)]
    host.start()
    claim("a_message_that_ends_the_node_twice_is_not_read", deaths == [signal.SIGABRT] * 2 and
          until(lambda: "a message of helmo.be kept ending this node" in host.log()) and
          host.process.poll() is None, lambda: (deaths, host.log()[-800:]))
    status, answer = host.nominate(home.schac, student(host.schac, 999))
    claim("what_we_say_flows_all_the_same", status == 201 and
          until(lambda: here(home, answer["dossier"])))
    claim("it_waits_with_its_author", home.totals()["outbox"] > home.totals()["stuck"] and
          not here(host, bad))
    poison.disarm()
    host.stop()
    another_version(host)
    host.start()
    claim("another_version_tries_it_again", until(lambda: here(host, bad)) and told_of(host) == 0)


def another_version(node):
    """As if everything had been set aside by an older program."""
    with sqlite3.connect(node.database) as database:
        rows = database.execute("SELECT name, value FROM value WHERE name LIKE 'suspect/%'")
        for name, value in rows.fetchall():
            database.execute("UPDATE value SET value = ? WHERE name = ?",
                             (value[:value.index(0, 56)] + b"\x000.0.1", name))
    database.close()


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        home.start()
        poison = Poison(host, federation.place)
        for part in (body, header, judgement, killed, innocent, message):
            part(poison, home, host)


main()
