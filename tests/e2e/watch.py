"""What an administrator is told of a node, with things broken on purpose.

Each check of the doctor is seen to fail where it must, alone, with its remedy, and the exit status
is 11; /readyz names what keeps a node from its work, also while nothing can be written; /metrics is
what promtool takes for metrics, names no student, and has all that dashboard and alerts ask for.
"""
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, Connection, Federation, claim, student, until  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
WATCH = ROOT / "node" / "watch"
EXIT_PARTNER, EXIT_PROBLEMS = 10, 11
DAYS = 86400
CANARY = "Zorvathquil"


# --- asking


def page(node, path):
    """Status and text, from a connection of its own."""
    connection = Connection(node.socket, 30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def doctor(folder, *options, prefix=(), environment=None):
    """Exit status and checks; those of the JSON form."""
    done = subprocess.run([*prefix, BIN / "peregrin", "doctor", "--json", "-c",
                           folder / "peregrind.conf", *options], text=True, capture_output=True,
                          check=False, stdin=subprocess.DEVNULL,
                          env={**os.environ, **(environment or {})})
    try:
        return done.returncode, json.loads(done.stdout)["checks"]
    except ValueError:
        return done.returncode, [{"code": "none", "state": done.stdout + done.stderr}]


def of(checks, state):
    return {check["code"] for check in checks if check["state"] == state}


def fails(name, code, folder, *options, word="", also=(), **more):
    """This check fails, and no other that is not a consequence; with a remedy; exit status 11."""
    status, checks = doctor(folder, *options, **more)
    mine = [check for check in checks if check["code"] == code and check["state"] == "failed"]
    others = of(checks, "failed") - {code, "node_down", "partner_connect", *also}
    claim(name, status == EXIT_PROBLEMS and mine and all(check["remedy"] for check in mine)
          and any(word in check["what"] + str(check["subject"]) for check in mine) and not others,
          lambda: (status, [check for check in checks if check["state"] != "fine"]))


class Changed:
    """A copy of a node's folder, to be spoiled."""

    def __init__(self, node):
        self.folder = node.folder.with_name("changed")
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(node.folder, self.folder,
                        ignore=lambda _, names: [name for name in names if name.endswith("sock")])
        self.config = self.folder / "peregrind.conf"
        self.database = self.folder / "data" / "peregrin.db"

    def set(self, setting, value):
        lines = [line for line in self.config.read_text().splitlines()
                 if not line.startswith((f"{setting} =", f"#{setting} ="))]
        self.config.write_text("\n".join([*lines, f"{setting} = {value}", ""]))
        return self


def change(path, statement):
    """Of a database that no node has open."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute(statement)
        database.commit()


# --- a node that lies still


def healthy(home):
    status, checks = doctor(home.folder)
    claim("a_healthy_federation_has_nothing_to_mend", status == 0 and not of(checks, "failed"),
          lambda: (status, [check for check in checks if check["state"] != "fine"]))
    wanted = {"config", "key_file", "key_entry", "catalogue", "catalogue_expired", "entry",
              "database", "database_mode", "database_disk", "disk_full", "memory_lock",
              "descriptors", "callers", "not_keeping", "guard_armed", "listener", "partner_key",
              "partner_address", "partner_connect", "partner_greeting", "partner_session"}
    seen = of(checks, "fine")
    claim("and_every_check_was_made", wanted <= seen, lambda: wanted - seen)
    groups = [check["group"] for check in checks]
    claim("what_a_node_stands_on_comes_first",
          groups.index("configuration") < groups.index("keys") < groups.index("trust")
          < groups.index("database") < groups.index("clock") < groups.index("partner"), groups)


def files(home):
    one = Changed(home)
    one.config.write_text(one.config.read_text() + "\nlisten = \"tcp://localhost:1\"\n")
    fails("a_bad_line_of_the_configuration_is_named", "config", one.folder, word="peregrind.conf:",
          also=["node_down"])
    one = Changed(home)
    key = next(one.folder.glob("keys/*.sign.key"))
    key.chmod(0o640)
    fails("a_key_that_others_may_read_is_named", "key_file", one.folder, word=str(key))
    key.chmod(0o600)
    key.write_text("no key\n")
    fails("a_file_that_is_no_key_is_named", "key_file", one.folder, word="line 1")
    key.unlink()
    fails("a_lost_key_is_named", "key_file", one.folder, word="No such file")
    subprocess.run([BIN / "peregrin", "key", "new", key, "--kind", "sign", "--owner", home.schac,
                    "--id", "2026-z"], check=True, capture_output=True)
    fails("a_key_that_the_catalogue_does_not_name", "key_entry", one.folder, word="2026-z")
    if os.geteuid() == 0:
        one = Changed(home)
        key = next(one.folder.glob("keys/*.transport.key"))
        os.chown(key, 65534, 65534)
        fails("a_key_of_another_user_is_named", "key_file", one.folder, word="65534")
    else:
        print("skip a_key_of_another_user_is_named: only root can give a file away")
    one = Changed(home)
    one.database.chmod(0o644)
    fails("a_database_that_others_may_read_is_named", "database_mode", one.folder, word="0644")


def bad_line(home):
    """The node runs, and its configuration was spoiled since."""
    one = Changed(home)
    one.config.write_text(one.config.read_text() + "\nbogus = 1\n")
    status, checks = doctor(one.folder, environment={"PEREGRIN_SOCKET": str(home.socket)})
    claim("with_a_bad_line_the_node_is_asked_all_the_same", status == EXIT_PROBLEMS
          and "config" in of(checks, "failed")
          and {"node_down", "not_keeping", "partner_session", "disk_full"} <= of(checks, "fine"),
          checks)
    unseen = {"key_file", "catalogue", "database", "listener"}
    claim("and_what_only_it_leads_to_is_said_not_to_be_looked_at",
          unseen <= of(checks, "skipped"), checks)
    status, checks = doctor(one.folder, prefix=["env", "-u", "PEREGRIN_SOCKET"])
    claim("where_nothing_names_the_node_that_is_said", status == EXIT_PROBLEMS
          and {"node_down", "partner_address", *unseen} - {"listener"} <= of(checks, "skipped")
          and any("--socket" in check["what"] for check in checks), checks)
    shown = subprocess.run([BIN / "peregrin", "doctor", "-c", one.config], text=True,
                           capture_output=True, check=False,
                           env={**os.environ, "COLUMNS": "80", "PEREGRIN_SOCKET": str(home.socket)})
    wide = [line for line in shown.stdout.splitlines()
            if len(line) > 80 and len(line.split()) > 1]
    claim("its_lines_are_broken_where_the_terminal_ends", shown.stdout and not wide, wide)


def trust(home, federation):
    other = federation.anchor.translate(str.maketrans("0123456789abcdef", "123456789abcdef0"))
    fails("another_anchor_believes_nothing", "catalogue",
          Changed(home).set("anchor", f'"{other}"').folder, word="anchor")
    fails("an_institution_of_another_node_is_named", "entry",
          Changed(home).set("institutions", '{"uhasselt.be"}').folder, word="uhasselt.be")
    if not shutil.which("faketime"):
        print("skip an_expired_catalogue_is_named: there is no faketime")
        return
    late = ["faketime", "-f", "+400d"]
    fails("an_expired_catalogue_is_named", "catalogue_expired", Changed(home).folder, prefix=late,
          word="expired", also=["partner_key", "key_end"])
    fails("a_clock_that_is_behind_is_named", "clock_behind", Changed(home).folder,
          prefix=["faketime", "-f", "-400d"], also=["partner_key", "key_entry", "key_end"])


def clock_kept(home):
    """As the kernel says: by nobody, or to so many milliseconds."""
    kernel = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=adjtimex,clock_adjtime", "-e"]
    told = {}
    if os.geteuid() or not shutil.which("strace"):
        print("skip a_clock_that_nothing_sets_is_noted: only root can trace these, with strace")
        return
    for state in (0, 5):  # TIME_OK, TIME_ERROR
        _, checks = doctor(home.folder,
                           prefix=[*kernel, f"inject=adjtimex,clock_adjtime:retval={state}"])
        told[state] = {check["code"]: check for check in checks}.get("clock_unsynchronised")
    claim("a_clock_that_nothing_sets_is_noted", told[0] and told[5]["state"] == "noted"
          and "nothing sets its clock" in told[5]["what"] and "chrony" in told[5]["remedy"]
          and told[0]["state"] == "fine", told)


def rolled_back(home):
    """A newer catalogue was believed here, as the database remembers, and this one is put back."""
    one = Changed(home)
    change(one.database, "UPDATE value SET value = x'0900000000000000' "
                         "WHERE name = 'catalogue.version'")
    fails("a_catalogue_that_was_put_back_is_named", "catalogue_rolled_back", one.folder,
          word="version 9 was already in use")
    done = subprocess.run([BIN / "peregrind", "-n", "-c", one.config], text=True,
                          capture_output=True, check=False)
    claim("the_check_of_the_daemon_refuses_it_as_its_start_does",
          done.returncode == 3 and "older" in done.stderr + done.stdout,
          lambda: (done.returncode, done.stderr + done.stdout))


def damaged(home):
    one = Changed(home)
    size = one.database.stat().st_size
    with open(one.database, "r+b") as file:
        for at in range(3 * 4096, size, 4096):
            file.seek(at)
            file.write(b"\xff" * 64)
    fails("a_damaged_database_is_found_when_all_of_it_is_read", "database_whole", one.folder,
          "--deep", also=["database"])
    one = Changed(home)
    change(one.database, "PRAGMA user_version = 999")
    fails("a_database_of_a_newer_version_is_named", "database", one.folder, word="newer")
    one = Changed(home)
    one.database.write_bytes(b"this is no database, whatever it is called" * 100)
    fails("a_file_that_is_no_database_is_named", "database", one.folder, word="damaged")


# --- a node that runs


def partner_away(home, host):
    claim("it_is_connected_again", until(home.connected))
    host.stop()
    status, checks = doctor(home.folder, "--partner", host.schac)
    failed = of(checks, "failed")
    claim("a_partner_that_is_away_fails_at_the_connection", status == EXIT_PROBLEMS
          and "partner_connect" in failed and "partner_greeting" not in failed
          and {"partner_key", "partner_address"} <= of(checks, "fine"), checks)
    ping = home.run("partner", "ping", host.schac, "--timeout", "2")
    claim("a_ping_names_the_hop_and_what_to_do", ping.returncode == EXIT_PARTNER
          and "did not answer; connect" in ping.stderr and "firewall" in ping.stderr, ping.stderr)
    impostor(home, host)


def impostor(home, host):
    """Something else listens where the partner did."""
    listen = (host.folder / "peregrind.conf").read_text().split('listen = "tcp://')[1]
    address, port = listen.split('"')[0].rsplit(":", 1)
    server = socket.create_server((address, int(port)))

    def serve():
        while True:
            try:
                taken, _ = server.accept()
            except OSError:
                return
            taken.sendall(b"SSH-2.0-nobody\r\n")
            taken.close()

    threading.Thread(target=serve, daemon=True).start()
    ping = home.run("partner", "ping", host.schac, "--timeout", "5")
    claim("another_service_at_its_address_is_told", ping.returncode == EXIT_PARTNER
          and "greeting" in ping.stderr, ping.stderr)
    server.shutdown(socket.SHUT_RDWR)
    server.close()


def without_node(home):
    status, checks = doctor(home.folder)
    claim("where_no_node_runs_that_is_said_first", status == EXIT_PROBLEMS
          and checks[0]["code"] == "node_down" and checks[0]["state"] == "failed", checks[:2])
    claim("and_the_rest_is_looked_at_all_the_same",
          {"config", "key_file", "catalogue", "database"} <= of(checks, "fine"), checks)


def ready(node):
    status, text = page(node, "/readyz")
    return status, {reason["code"]: reason for reason in json.loads(text).get("reasons", [])}


def full_disk(home):
    """As `ulimit -f`: nothing more can be written, and what is there can be read."""
    claim("a_node_at_work_is_ready", until(lambda: ready(home)[0] == 200), lambda: ready(home))
    limit = subprocess.run(["prlimit", f"--pid={home.process.pid}", "--fsize=4096:"], check=False)
    if limit.returncode:
        print("skip a_full_disk_is_told: the limit cannot be set")
        return
    status, _ = home.nominate("uhasselt.be", student(home.schac, 7000))
    claim("what_cannot_be_kept_is_not_taken", status == 503, status)
    status, reasons = ready(home)
    claim("a_full_disk_is_a_reason_with_code_and_remedy", status == 503
          and "not_keeping" in reasons
          and re.search("disk_full|storage", reasons["not_keeping"]["what"])
          and reasons["not_keeping"]["remedy"], (status, reasons))
    claim("the_process_is_alive_all_the_same", page(home, "/healthz")[0] == 200)
    status, text = page(home, "/metrics")
    claim("and_still_counts", status == 200 and 'peregrin_unready{code="not_keeping"} 1' in text
          and "\nperegrin_ready 0" in text, text[:300])
    subprocess.run(["prlimit", f"--pid={home.process.pid}", "--fsize=unlimited:"], check=False)
    claim("it_is_ready_again_when_there_is_room", until(lambda: ready(home)[0] == 200),
          lambda: ready(home))


def backups(home):
    """There are records now, and no backup of them; then one, which grows old."""
    claim("on_the_first_evening_a_backup_is_only_thought_of",
          "backup_old" in of(doctor(home.folder)[1], "noted"))
    for minutes in (-4320, 4320):  # as if they had been there for three days
        home.stop()
        change(home.database, f"UPDATE record SET issued_at = issued_at + {minutes}")
        home.start()
        until(home.connected)
        if minutes < 0:
            fails("records_that_were_never_backed_up_are_named", "backup_old", home.folder,
                  word="never")
    claim("and_have_no_age", "\nperegrin_backup_timestamp_seconds " not in page(home, "/metrics")[1])
    folder = home.folder / "backups"
    folder.mkdir(mode=0o700)
    done = home.run("backup", "create", "--dir", str(folder))
    claim("a_backup_is_made", done.returncode == 0, done.stderr)
    fine = "backup_old" in of(doctor(home.folder)[1], "fine")
    claim("then_it_is_fine_and_has_an_age", fine
          and "\nperegrin_backup_timestamp_seconds " in page(home, "/metrics")[1])
    for days, state in ((3, "noted"), (9, "failed")):
        home.stop()
        at = int(time.time() - days * 86400).to_bytes(8, "little").hex()
        change(home.database, f"UPDATE value SET value = x'{at}' WHERE name = 'backup.at'")
        home.start()
        until(home.connected)
        claim(f"of_{days}_days_it_is_{state}", "backup_old" in of(doctor(home.folder)[1], state),
              lambda: doctor(home.folder))
    done = home.run("backup", "create", str(folder / "next.tar"))
    claim("the_next_one_mends_it", "backup_old" in of(doctor(home.folder)[1], "fine"), done.stderr)


def limits(home):
    subprocess.run(["prlimit", f"--pid={home.process.pid}", "--nofile=100:"], check=False)
    fails("too_few_descriptors_are_named", "descriptors", home.folder, word="100 allowed")
    subprocess.run(["prlimit", f"--pid={home.process.pid}", "--nofile=4096:"], check=False)
    catalogue = home.folder / "trust" / "catalogue"
    kept = catalogue.read_bytes()
    catalogue.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    fails("another_catalogue_on_the_disk_than_in_use_is_named", "catalogue_unread", home.folder,
          also=["catalogue"])
    catalogue.write_bytes(kept)


def in_another_time(home):
    """A node whose catalogue ends while it runs, and whose keys' memory is not locked."""
    home.stop()
    library = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if not library:
        print("skip an_expired_catalogue_makes_a_node_unready: there is no faketime")
        home.start()
        return
    with open(home.folder / "log", "ab") as log:
        home.process = subprocess.Popen(
            [BIN / "peregrind", "-c", home.folder / "peregrind.conf"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env={**os.environ, "LD_PRELOAD": str(library), "FAKETIME": "+400d",
                 "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
    answers = until(lambda: home.answers() or home.process.poll() is not None)
    status, reasons = ready(home) if answers and home.process.poll() is None else (0, home.log())
    claim("an_expired_catalogue_makes_a_node_unready", status == 503
          and "catalogue_expired" in reasons, lambda: (status, reasons))
    home.stop()
    with open(home.folder / "log", "ab") as log:
        home.process = subprocess.Popen(
            ["prlimit", "--memlock=0:0", "setpriv", "--bounding-set=-ipc_lock",
             "--inh-caps=-ipc_lock", BIN / "peregrind", "-c", home.folder / "peregrind.conf"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    until(lambda: home.answers() or home.process.poll() is not None)
    fails("keys_that_may_reach_the_swap_space_are_named", "memory_lock", home.folder,
          also=["guard_armed", "partner_session", "stuck"])


def stuck(home):
    """A partner that is away; then the row says that it did not take the record."""
    home.nominate("uhasselt.be", student(home.schac, 7001))
    home.stop()
    change(home.database, "UPDATE outbox SET code = 3")
    home.start()
    fails("what_is_stuck_is_named", "stuck", home.folder, word="uhasselt.be",
          also=["guard_armed", "partner_session"])
    text = page(home, "/metrics")[1]
    claim("and_counted", re.search(r'^peregrin_stuck_records\{.*partner="uhasselt.be"\} 1$', text,
                                   re.MULTILINE), text)


# --- numbers


SAMPLE = re.compile(r'^([a-z_]+)(\{(.*)\})? (-?[0-9.]+)$')
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')
ALLOWED = {"own", "partner", "code", "route", "status", "version", "le", "side", "kind", "what"}


def family(name):
    return re.sub(r"_(bucket|sum|count)$", "", name)


def names_in(expression):
    return {family(name) for name in re.findall(r"\b(?:peregrin|process)_[a-z_]+", expression)}


def metrics(home, host):
    one = student(home.schac, 7100)
    one["person"]["family_name"] = CANARY
    home.nominate(host.schac, one)
    until(lambda: home.waiting() == 0)
    page(home, f"/api/v1/{CANARY}")
    text = page(home, "/metrics")[1]
    done = subprocess.run(["promtool", "check", "metrics"], input=text, text=True,
                          capture_output=True, check=False)
    claim("promtool_takes_them_for_metrics", done.returncode == 0, done.stdout + done.stderr)
    told = set(re.findall(r"^# TYPE ([a-z_]+) ", text, re.MULTILINE))
    helped = set(re.findall(r"^# HELP ([a-z_]+) \S", text, re.MULTILINE))
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    samples = [SAMPLE.match(line) for line in lines]
    claim("every_line_is_a_sample_of_a_family_that_is_explained",
          all(samples) and told == helped
          and {one[1] if one[1] in told else family(one[1]) for one in samples} <= told,
          [line for line, one in zip(lines, samples) if not one])
    labels = [pair for one in samples if one and one[3] for pair in LABEL.findall(one[3])]
    claim("labels_are_institutions_codes_and_our_own_routes",
          {name for name, _ in labels} <= ALLOWED
          and {value for name, value in labels if name in ("own", "partner")}
          <= {home.schac, host.schac}
          and all(value == "none" or value.startswith("/") for name, value in labels
                  if name == "route"), labels)
    claim("no_student_and_no_asked_path_is_ever_among_them", CANARY.lower() not in text.lower())
    claim("what_happens_is_counted",
          re.search(r"^peregrin_records_submitted_total [1-9]", text, re.MULTILINE)
          and re.search(r"^peregrin_receipts_taken_total [1-9]", text, re.MULTILINE)
          and re.search(r'^peregrin_records_by_kind_total\{side="said",kind="nomination"\} [1-9]',
                        text, re.MULTILINE)
          and 'peregrin_refused_total{what="frame",code="forged"} 0' in text
          and 'peregrin_api_requests_total{route="/api/v1/nominations",status="201"}' in text
          and re.search(r'^peregrin_commit_seconds_bucket\{le="\+Inf"\} [1-9]', text, re.MULTILINE),
          [line for line in lines if "records" in line or "api" in line])
    return told


def alerts(told):
    for name, arguments in (
            ("rules", ["check", "rules", "alerts.yml"]),
            ("rules_that_fire_and_are_silent", ["test", "rules", "alerts_test.yml"])):
        done = subprocess.run(["promtool", *arguments], cwd=WATCH, text=True, capture_output=True,
                              check=False)
        claim(f"promtool_accepts_the_{name}", done.returncode == 0, done.stdout + done.stderr)
    text = (WATCH / "alerts.yml").read_text()
    rules = re.findall(r"- alert: (\w+)\n\s+expr: (.*)", text)
    claim("every_alert_asks_for_what_a_node_tells", len(rules) >= 15
          and names_in(" ".join(expression for _, expression in rules)) <= told,
          names_in(text) - told)
    runbook = (WATCH / "README.md").read_text()
    tested = (WATCH / "alerts_test.yml").read_text()
    for name, _ in rules:
        heading = re.search(rf"^## {name}\n\n\S.*", runbook, re.MULTILINE)
        if not (heading and f'"{name} fires"' in tested and f'"{name} is silent"' in tested
                and f"README.md#{name.lower()}\"" in text):
            claim("every_alert_has_a_runbook_and_two_tests", False, name)
            return
    claim("every_alert_has_a_runbook_and_two_tests", True)


def targets(panel):
    return panel.get("targets", []) + [target for inner in panel.get("panels", [])
                                       for target in targets(inner)]


def dashboard(told, folder):
    board = json.loads((WATCH / "grafana.json").read_text())
    panels = board["panels"]
    ids = [panel["id"] for panel in panels]
    claim("panels_have_a_place_and_a_number_of_their_own", len(panels) > 15
          and len(set(ids)) == len(ids)
          and all({"x", "y", "w", "h"} <= set(panel["gridPos"]) and panel["title"]
                  and panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in panels), ids)
    boxes = [panel["gridPos"] for panel in panels]
    claim("no_panel_lies_upon_another", not [
        (a, b) for i, a in enumerate(boxes) for b in boxes[:i]
        if a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"]])
    claim("every_panel_says_its_unit_and_data_source", all(
        panel["type"] == "row" or (panel["fieldConfig"]["defaults"].get("unit")
                                   and panel["datasource"]["uid"] == "${datasource}"
                                   and panel["targets"]) for panel in panels))
    known = {variable["name"]: variable["type"] for variable in board["templating"]["list"]}
    asked = [target["expr"] for panel in panels for target in targets(panel)]
    used = set(re.findall(r"\$\{?([a-z]+)", json.dumps(panels)))
    claim("every_variable_is_one_of_the_dashboard", known.get("datasource") == "datasource"
          and used <= set(known) and known["instance"] == "query", used - set(known))
    claim("the_dashboard_asks_for_what_a_node_tells",
          names_in(" ".join(asked) + json.dumps(board["templating"])) <= told,
          names_in(" ".join(asked)) - told)
    rules = folder / "dashboard.yml"
    plain = [expression.replace("$__rate_interval", "5m").replace("$instance", ".*")
             .replace("$partner", ".*") for expression in asked]
    rules.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": [
        {"record": f"panel:target:{number}", "expr": expression}
        for number, expression in enumerate(plain)]}]}))
    done = subprocess.run(["promtool", "check", "rules", rules], text=True, capture_output=True,
                          check=False)
    claim("promtool_understands_every_expression", done.returncode == 0, done.stdout + done.stderr)


def by_network(home):
    """As Prometheus comes: over TCP, behind a proxy, with a token."""
    home.stop()
    port = int(subprocess.run(["bash", "-c", ". scripts/federation.sh && federation_port"],
                              cwd=ROOT, text=True, capture_output=True, check=True).stdout)
    with open(home.folder / "peregrind.conf", "a", encoding="ascii") as file:
        file.write(f'api_listen = "tcp://127.0.0.1:{port}"\napi_behind_proxy = "yes"\n')
    home.start()

    def status(path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path, headers={"X-Forwarded-For": "192.0.2.5", **headers})
            return connection.getresponse().status
        finally:
            connection.close()

    claim("whether_it_lives_everybody_may_ask", status("/healthz") == 200
          and status("/readyz") in (200, 503))
    claim("numbers_are_for_who_has_a_name", status("/metrics") == 401
          and status("/api/v1/checks") == 401)
    home.run("user", "add", "prometheus", "--role", "auditor")
    said = home.run("user", "token", "prometheus", "scrape", "--json").stdout
    token = re.search(r"pgn_[\w-]+", said)
    claim("and_a_token_will_do", token and all(
        status(path, Authorization=f"Bearer {token[0]}") == 200
        for path in ("/metrics", "/api/v1/checks")), said)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        home.start()
        host.start()
        claim("both_are_connected", until(lambda: home.connected() and host.connected()))
        healthy(home)
        told = metrics(home, host)
        alerts(told)
        dashboard(told, federation.place)
        backups(home)
        full_disk(home)
        limits(home)
        bad_line(home)
        home.stop()
        files(home)
        trust(home, federation)
        clock_kept(home)
        rolled_back(home)
        damaged(home)
        without_node(home)
        home.start()
        partner_away(home, host)
        stuck(home)
        in_another_time(home)
        by_network(home)


main()
