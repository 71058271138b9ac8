"""A machine that is not what a program expects: it is told in words, with a remedy, and nothing that
was answered is lost.

What a node refuses at its start is in daemon.py, what a doctor finds in watch.py, callers and
descriptors in floods.py; a disk is another test's matter.
"""
import fcntl
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, Federation, Unanswered, claim, student, until  # noqa: E402

PIPE_SIZE = 4096    # of a log that nobody reads; F_SETPIPE_SZ takes no less
F_SETPIPE_SZ = 1031
EXIT_CONFIG, EXIT_NETWORK = 3, 4
FAR = "3650d"       # ten years


class Said:
    """Nominations, each with a number of its own, and where they must be in the end."""

    def __init__(self):
        self.number, self.all = 0, []

    def say(self, node, other):
        """True when it was taken: then it may not be lost."""
        self.number += 1
        status, answer = node.nominate(other.schac, student(node.schac, self.number))
        if status == 201:
            self.all.append((node, other, answer["dossier"]))
        return status == 201

    def there(self):
        return all(other.ask("GET", f"/api/v1/nominations/{dossier}")[0] == 200
                   for _, other, dossier in self.all)


def sentences(node, start=0):
    """What it said, without what is no sentence."""
    lines = [json.loads(line) for line in node.log()[start:].splitlines() if line.startswith("{")]
    return [line["text"] for line in lines]


def ends(node, *prefix):
    """The daemon, started under this, until it ends by itself: its status and its words."""
    try:
        done = subprocess.run([*prefix, BIN / "peregrind", "-c", node.folder / "peregrind.conf"],
                              stdin=subprocess.DEVNULL, text=True, timeout=30, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        return None, "it runs"
    return done.returncode, done.stdout


# --- where its words go


def closed(home):
    """0, 1 and 2 are closed: no file and no connection may take their place."""
    home.process = subprocess.Popen(
        ["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', BIN / "peregrind", "-c",
         home.folder / "peregrind.conf"])
    until(home.answers)
    led = [os.readlink(f"/proc/{home.process.pid}/fd/{number}") for number in (0, 1, 2)]
    claim("what_is_meant_for_a_person_goes_into_no_connection", led == ["/dev/null"] * 3, led)
    home.stop()
    made = home.folder / "made.csv"
    done = subprocess.run(["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', BIN / "peregrin", "key",
                           "new", made, "--kind", "sign", "--owner", home.schac, "--id", "k"],
                          check=False)
    claim("nor_into_a_file_that_a_command_makes", done.returncode == 0 and
          made.read_text().startswith("peregrin-key"), lambda: made.read_text()[:200])
    made.unlink()


def piped(home):
    """A start whose log goes into a pipe; the end that is read."""
    reads, writes = os.pipe()
    fcntl.fcntl(writes, F_SETPIPE_SZ, PIPE_SIZE)
    home.process = subprocess.Popen([BIN / "peregrind", "-c", home.folder / "peregrind.conf"],
                                    stdin=subprocess.DEVNULL, stdout=writes, stderr=writes)
    os.close(writes)
    until(home.answers)
    return reads


def unread(home, host, said):
    reads = piped(home)
    try:
        for _ in range(60):  # each says two sentences
            home.signal(signal.SIGHUP)
            home.ask("GET", "/api/v1/status", timeout=10)
        answered = said.say(home, host)
    except Unanswered as problem:
        answered = False
        print(f"# {problem}")
    claim("a_log_that_nobody_reads_stops_no_node", answered)
    os.close(reads)
    claim("nor_does_one_whose_reader_is_gone", until(home.answers) and said.say(home, host) and
          home.process.poll() is None)
    home.stop()


# --- what surrounds it


def surroundings(home, host, said):
    odd = {"an_empty_environment": {},
           "a_rubbish_time_zone": {**os.environ, "TZ": "Nowhere/\x01"},
           "a_rubbish_language": {**os.environ, "LC_ALL": "xx_YY.rubbish", "LANG": "\x01"}}
    for name, environment in odd.items():
        with open(home.folder / "log", "ab") as log:
            home.process = subprocess.Popen(
                [BIN / "peregrind", "-c", home.folder / "peregrind.conf"], env=environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        good = until(lambda: home.answers() or home.process.poll() is not None)
        shown = subprocess.run([BIN / "peregrin", "partner", "list", "--socket", home.socket],
                               env=environment, text=True, capture_output=True, check=False)
        claim(f"{name}_changes_nothing", good and said.say(home, host) and
              shown.returncode == 0 and host.schac in shown.stdout, lambda: shown.stderr)
        home.stop()


class Aside:
    """A file that is away for a while."""

    def __init__(self, path):
        self.path, self.away = path, path.with_name(path.name + ".away")

    def __enter__(self):
        self.path.rename(self.away)

    def __exit__(self, *_):
        self.away.rename(self.path)


def vanished(home, host, said):
    home.start()
    until(home.connected)

    def hang_up(words):
        start = len(home.log())
        home.signal(signal.SIGHUP)
        heard = until(lambda: any(words in one for one in sentences(home, start)), patience=20)
        return heard and home.process.poll() is None and said.say(home, host)

    for name, path, words in (
            ("configuration", home.folder / "peregrind.conf", "catalogue version 1 is in use"),
            ("catalogue", home.folder / "trust" / "catalogue",
             "the catalogue stays as it was"),
            ("root", home.folder / "trust" / "root", "the catalogue stays as it was"),
            ("keys", home.folder / "keys", "catalogue version 1 is in use")):
        with Aside(path):
            claim(f"a_running_node_outlives_its_{name}", hang_up(words),
                  lambda: sentences(home)[-3:])
    home.stop()


def places(home):
    """Where the API's socket cannot be: the words and the remedy."""
    config = home.folder / "peregrind.conf"
    kept = config.read_text()

    def refused(name, place, status, *words):
        lines = [line for line in kept.splitlines() if not line.startswith("socket =")]
        config.write_text("\n".join([*lines, f'socket = "{place}"', ""]))
        got, told = ends(home)
        claim(name, got == status and all(word in told for word in words), lambda: (got, told))
        config.write_text(kept)

    refused("a_path_too_long_for_a_socket_is_refused", "/tmp/" + "x" * 120, EXIT_CONFIG,
            "longer than 107 bytes")
    refused("a_folder_is_no_socket", home.folder / "data", EXIT_CONFIG, "is no socket",
            "name another place")
    refused("a_socket_wants_a_folder_that_exists", "/nowhere/x.sock", EXIT_NETWORK,
            "No such file", "its folder must exist")
    if os.geteuid() == 0:
        print("skip a_key_that_cannot_be_read_is_named: root may read everything")
        return
    key = next(home.folder.glob("keys/*.sign.key"))
    key.chmod(0)
    got, told = ends(home)
    claim("a_key_that_cannot_be_read_is_named", got == EXIT_CONFIG and str(key) in told, told)
    key.chmod(0o600)


# --- time


class Clock:
    """The home's own clock, set while it runs; what is monotonic is left alone."""

    def __init__(self, home, place, library):
        self.file, plain = place / "clock", home.under
        self.set("+0")
        home.under = lambda program: [
            "env", f"LD_PRELOAD={library}", f"FAKETIME_TIMESTAMP_FILE={self.file}",
            "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", *plain(program)]

    def set(self, offset):
        fresh = self.file.with_name("clock.new")
        fresh.write_text(f"{offset}\n")
        fresh.rename(self.file)


def doctor(home):
    done = subprocess.run([*home.under("peregrin"), "doctor", "--json", "-c",
                           home.folder / "peregrind.conf"], text=True, capture_output=True,
                          stdin=subprocess.DEVNULL, check=False)
    checks = json.loads(done.stdout)["checks"]
    return {check["code"]: check["what"] for check in checks
            if check["state"] in ("failed", "noted")}


def delivered(home, host, said):
    return until(lambda: home.waiting() == 0 and host.waiting() == 0 and said.there())


def bent(home, host, said, clock):
    """Years forwards and back while work is on its way."""
    home.start()
    until(lambda: home.connected() and host.connected())
    clock.set(f"+{FAR}")
    ahead = said.say(home, host) and said.say(host, home)
    claim("ten_years_ahead_what_is_said_is_delivered", ahead and delivered(home, host, said),
          lambda: (home.totals(), host.totals()))
    found = doctor(home)
    claim("the_doctor_says_that_the_clock_was_moved", "catalogue_expired" in found and
          "moved by 3153" in found.get("clock_jumped", ""), found)
    clock.set(f"-{FAR}")
    start = len(home.log())
    answered = said.say(home, host)
    said.say(host, home)
    found = doctor(home)
    claim("ten_years_back_nothing_is_signed_and_the_log_says_so", not answered and until(
        lambda: any("no key of helmo.be is in force" in one for one in sentences(home, start))),
        lambda: sentences(home, start))
    claim("the_doctor_says_that_the_clock_is_behind", "clock_behind" in found and
          "moved by -3153" in found.get("clock_jumped", ""), found)
    clock.set("+0")
    claim("with_the_right_time_all_is_delivered_by_itself", said.say(home, host) and
          delivered(home, host, said), lambda: (home.totals(), host.totals()))
    claim("and_the_doctor_is_content_with_the_clock", not {"clock_jumped", "clock_behind"}
          & doctor(home).keys(), lambda: doctor(home))


def started_wrong(home, host, said, clock):
    clock.set(f"+{FAR}")
    start = len(home.log())
    home.stop()
    home.start()
    claim("a_start_ten_years_ahead_says_that_the_catalogue_has_expired", until(
        lambda: any("the catalogue has expired" in one for one in sentences(home, start))) and
        said.say(home, host) and said.say(host, home) and delivered(home, host, said))
    home.stop()
    clock.set(f"-{FAR}")
    said.say(host, home)
    status, told = ends(home, *home.under("x")[:-1])
    claim("a_start_ten_years_back_is_refused_and_names_the_clock", status == EXIT_CONFIG and
          "this machine's clock says 20" in told and "set it" in told, lambda: (status, told))
    clock.set("+0")
    home.start()
    claim("after_both_all_is_delivered", said.say(home, host) and delivered(home, host, said),
          lambda: (home.totals(), host.totals()))


def stopped(home, host, said, clock):
    """The partner stands still for an hour of this node's time, in the middle of a session."""
    until(lambda: home.connected() and host.connected())
    start = len(home.log())
    host.signal(signal.SIGSTOP)
    sent = said.say(home, host)
    claim("a_partner_that_stands_still_is_told_of", sent and until(lambda: any(
        "uhasselt.be does not answer: kept, tried again by itself" in one
        for one in sentences(home, start))), lambda: sentences(home, start))
    clock.set("+1h")
    waits = said.say(home, host) and home.totals()["outbox"] == 2
    host.signal(signal.SIGCONT)
    claim("what_waited_an_hour_is_delivered_when_it_goes_on", waits and
          delivered(home, host, said), lambda: (home.totals(), host.totals()))
    claim("and_it_did_not_notice_itself", host.process.poll() is None and said.say(host, home) and
          delivered(home, host, said))
    clock.set("+0")


def main():
    library = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    said = Said()
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        places(home)
        closed(home)
        host.start()
        unread(home, host, said)
        surroundings(home, host, said)
        vanished(home, host, said)
        if library and shutil.which("faketime"):
            clock = Clock(home, federation.place, library)
            for part in (bent, started_wrong, stopped):
                part(home, host, said, clock)
        else:
            print("skip clocks_bent_by_years: there is no faketime")
            home.start()
        claim("nothing_that_was_answered_is_lost", delivered(home, host, said))
        for node in (home, host):
            done = node.run("audit", "verify")
            claim(f"the_audit_of_{node.schac}_passes", done.returncode == 0,
                  done.stdout + done.stderr)


main()
