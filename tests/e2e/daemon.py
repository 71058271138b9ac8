"""The daemon as its administrator knows it.

What it is given and cannot use it refuses before anything is changed: with the exit status of its
kind, the place, and what to do. SIGTERM in a busy hour loses nothing, SIGHUP believes only what is
newer.
"""
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, Federation, claim, student, until  # noqa: E402
from traffic import Side, Traffic  # noqa: E402

RECORDS = 3000
STOPS = 4           # of each node, in a busy hour
STOP_SECONDS = 10   # patience with one; the figure is said
EXIT_FAULT, EXIT_USAGE, EXIT_CONFIG, EXIT_NETWORK = 1, 2, 3, 4


def daemon(*arguments):
    """Runs the daemon until it ends by itself: its status and all it said."""
    try:
        done = subprocess.run([BIN / "peregrind", *arguments], stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30,
                              check=False)
    except subprocess.TimeoutExpired:
        return None, "it runs"
    return done.returncode, done.stdout


def refused(name, status, words, *arguments):
    """It ends with the status, and says every word; `words` are what happened and what to do."""
    got, said = daemon(*arguments)
    claim(name, got == status and all(word in said for word in words),
          lambda: f"status {got} instead of {status}, wanted {words}: {said}")


class Changed:
    """A copy of a node's folder, to be spoiled in one way."""

    def __init__(self, node):
        self.folder = node.folder.with_name("changed")
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(node.folder, self.folder,
                        ignore=lambda _, names: [name for name in names if name.endswith("sock")])
        self.config = self.folder / "peregrind.conf"

    def set(self, setting, value):
        lines = [line for line in self.config.read_text().splitlines()
                 if not line.startswith((f"{setting} =", f"#{setting} ="))]
        self.config.write_text("\n".join([*lines, f"{setting} = {value}", ""]))
        return self

    def refused(self, name, status, *words):
        """By the check and by the start alike; at most an empty database is made."""
        before = files(self.folder)
        refused(f"{name}_by_the_check", status, words, "-n", "-c", self.config)
        refused(name, status, words, "-c", self.config)
        claim(f"{name}_and_changes_nothing", files(self.folder) == before,
              lambda: files(self.folder) ^ before)


def files(folder):
    return {(str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns)
            for path in folder.rglob("*") if path.is_file() and path.parent.name != "data"}


# --- what it is given


def options(home):
    status, said = daemon("-n", "-c", home.folder / "peregrind.conf")
    claim("the_check_of_a_good_configuration_is_fine", status == 0 and "fine" in said and
          home.schac in said, said)
    claim("the_check_makes_no_database", not home.database.exists())
    refused("an_unknown_option_is_usage", EXIT_USAGE, ["--help"], "--colour")
    refused("an_absent_configuration_is_named", EXIT_CONFIG, ["/nowhere/x.conf"],
            "-c", "/nowhere/x.conf")
    Changed(home).set("listn", '"tcp://127.0.0.1:1"').refused(
        "a_misspelt_setting_is_refused", EXIT_CONFIG, "peregrind.conf:", "did you mean `listen`")
    Changed(home).set("listen", '"tcp://localhost:80"').refused(
        "a_name_to_listen_at_is_refused", EXIT_CONFIG, "peregrind.conf:", "literal address")


def keys(home):
    one = Changed(home)
    key = next(one.folder.glob("keys/*.sign.key"))
    key.chmod(0o644)
    one.refused("a_key_that_others_may_read_is_refused", EXIT_CONFIG, str(key), "chmod 600")
    key.chmod(0o600)
    key.write_text("this is no key\n")
    one.refused("a_file_that_is_no_key_is_refused", EXIT_CONFIG, f"{key}:1")
    key.unlink()
    one.refused("an_absent_key_is_refused", EXIT_CONFIG, str(key), "No such file")
    one = Changed(home)
    key = next(one.folder.glob("keys/*.sign.key"))
    key.unlink()
    subprocess.run([BIN / "peregrin", "key", "new", key, "--kind", "sign", "--owner", home.schac,
                    "--id", "another"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    one.refused("a_key_that_is_not_in_the_catalogue_is_refused", EXIT_CONFIG, "signing key",
                home.schac)
    if os.geteuid() != 0:
        print("skip a_key_of_another_user_is_refused: only root can give a file away")
        return
    one = Changed(home)
    key = next(one.folder.glob("keys/*.transport.key"))
    os.chown(key, 65534, 65534)
    one.refused("a_key_of_another_user_is_refused", EXIT_CONFIG, str(key), "chown")


def trust(home, federation):
    other = federation.anchor.translate(str.maketrans("0123456789abcdef", "123456789abcdef0"))
    Changed(home).set("anchor", f'"{other}"').refused(
        "another_federation_s_anchor_is_refused", EXIT_CONFIG, "not believed", "anchor")
    one = Changed(home)
    catalogue = one.folder / "trust" / "catalogue"
    content = bytearray(catalogue.read_bytes())
    content[len(content) // 2] ^= 1
    catalogue.write_bytes(content)
    one.refused("a_catalogue_with_a_flipped_bit_is_refused", EXIT_CONFIG, str(catalogue),
                "not believed")
    catalogue.write_bytes(b"")
    one.refused("an_empty_catalogue_is_refused", EXIT_CONFIG, str(catalogue))


def places(home, host):
    """The port, the socket and the database of a node that runs."""
    address = home.get("/api/v1/status") and listen_of(home)
    one = Changed(host).set("listen", f'"{address}"')
    refused("a_taken_port_is_refused", EXIT_NETWORK, [address, "Address already in use"],
            "-c", one.config)
    one.set("listen", '"tcp://192.0.2.1:7301"')
    refused("an_address_of_another_machine_is_refused", EXIT_NETWORK,
            ["tcp://192.0.2.1:7301", "assign"], "-c", one.config)
    refused("a_second_process_on_the_same_database_is_refused", EXIT_FAULT,
            [str(home.database), "another process"], "-c", home.folder / "peregrind.conf")
    claim("the_first_one_does_not_notice", home.answers() and home.socket.exists())
    one = Changed(host).set("socket", f'"{home.socket}"')
    one.set("listen", f'"tcp://127.0.0.1:{free_port()}"')
    refused("the_socket_of_another_node_is_not_taken_away", EXIT_NETWORK,
            [str(home.socket), "another node already runs"], "-c", one.config)
    claim("its_owner_still_answers_there", home.answers())


def listen_of(node):
    return (node.folder / "peregrind.conf").read_text().split('\nlisten = "')[1].split('"')[0]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# --- signals


def stop_and_start(side):
    """SIGTERM while others submit."""
    status, seconds = side.node.stop(patience=60)
    claim_once = status == 0 and seconds <= STOP_SECONDS
    side.node.start()
    return claim_once, (side.node.schac, status, round(seconds, 2))


def busy_hour(federation, home, host):
    dice = random.Random(1)
    sides = [Side(home, host, range(RECORDS * 2 // 3), dice),
             Side(host, home, range(RECORDS * 2 // 3, RECORDS), dice)]
    traffic = Traffic(federation.place / "answers", sides)
    traffic.start()
    stops = []
    for turn in range(2 * STOPS):
        point = RECORDS * (turn + 1) // (2 * STOPS + 1)
        traffic.allow(point + 100)
        until(lambda p=point: traffic.log.count() >= p, pause=0.0005)
        stops.append(stop_and_start(sides[turn % 2]))
    traffic.allow(2 * RECORDS)
    until(traffic.answered_all)
    traffic.end()
    claim("sigterm_ends_a_busy_node_with_status_0", all(good for good, _ in stops),
          lambda: [told for _, told in stops])
    print(f"# seconds from SIGTERM to the end: {sorted(told[2] for _, told in stops)}; "
          f"submissions without an answer: {sum(side.again for side in sides)}")
    claim("after_every_sigterm_everything_is_delivered", until(traffic.drained),
          lambda: [side.node.totals() for side in sides])
    traffic.check()
    claim("the_log_says_that_it_stopped", home.log().count("stopping: what waits is kept") == STOPS,
          lambda: home.log()[-500:])


def next_catalogue(federation, entry):
    """The authority enrols one more institution; the version that it publishes."""
    schac, name = entry
    authority, folder = federation.place / "authority", federation.place / schac
    for arguments in (
            ["init", "--institution", schac, "--name", name, "--country", "BE", "--network", "demo",
             "--listen", f"tcp://127.0.0.1:{free_port()}", "--anchor", federation.anchor,
             "--dir", folder],
            ["catalogue", "add", folder / f"{schac}.enrol", "--dir", authority, "--yes"],
            ["catalogue", "sign", "--dir", authority, "--key", authority / "root-1.key",
             "--key", authority / "root-2.key", "--yes"]):
        subprocess.run([BIN / "peregrin", *arguments], check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (authority / "catalogue").read_bytes()


def hang_up(node, words):
    """SIGHUP: the node says these words and lives."""
    before = len(node.log())
    node.signal(1)
    said = until(lambda: words in node.log()[before:], patience=20)
    return said and node.process.poll() is None


def version_of(node):
    return node.get("/api/v1/status")["catalogue"]["version"]


def catalogues(federation, home, host):
    place = home.folder / "trust" / "catalogue"
    older, newer = place.read_bytes(), next_catalogue(federation, ("ulb.be", "ULB"))
    process = home.process.pid
    place.write_bytes(newer)
    claim("sighup_takes_a_newer_catalogue", hang_up(home, "catalogue version 2 is in use") and
          version_of(home) == 2 and home.process.pid == process, lambda: home.log()[-500:])
    claim("the_new_institution_is_a_partner", any(
        partner["partner"] == "ulb.be" for partner in home.get("/api/v1/partners")["partners"]))
    status, answer = home.nominate(host.schac, student(home.schac, 900001))
    claim("work_goes_on_with_a_partner_that_knows_the_older_one", status == 201 and
          until(lambda: host.ask("GET", f"/api/v1/nominations/{answer['dossier']}")[0] == 200),
          lambda: answer)
    for name, content in (("rubbish", b"\0rubbish"), ("an_older_catalogue", older)):
        place.write_bytes(content)
        claim(f"sighup_does_not_take_{name}", hang_up(home, "the catalogue stays as it was") and
              version_of(home) == 2, lambda: home.log()[-500:])
    home.stop()
    config = home.folder / "peregrind.conf"
    refused("a_start_with_a_catalogue_that_was_rolled_back_is_refused", EXIT_CONFIG,
            [str(place), "not believed"], "-c", config)
    place.write_bytes(newer)
    home.start()
    claim("with_the_newer_one_back_it_starts", version_of(home) == 2)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        options(home)
        keys(home)
        trust(home, federation)
        home.start()
        host.start()
        places(home, host)
        busy_hour(federation, home, host)
        catalogues(federation, home, host)


main()
