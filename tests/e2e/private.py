"""No personal data outside of where it belongs, and no secret anywhere: two nodes at their most
talkative live through all that private_scene.py tells, and then everything that was written, said,
answered or sent is searched, in whatever clothes.

Personal data may be in the databases, in what is made of them for their users, and in files of the
users themselves; all of those are named below. What never belonged to a record, and every secret,
may be in no file at all. A search that cannot find anything proves nothing: each is seen to find
what is there.
"""
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import private_scene as scene  # noqa: E402
from canaries import files_with, found, self_test  # noqa: E402
from journald import Journald  # noqa: E402
from nodes import Federation, claim, until  # noqa: E402
from private_scene import HOME, NOWHERE, RECORD  # noqa: E402
from relay import free_port, set_between  # noqa: E402
from traced import Traced  # noqa: E402
from webhooks import Receiver  # noqa: E402

# Everything of a node that may hold personal data; its other files may not.
BELONGS = re.compile(r"data/peregrin\.db(-wal|-shm|\.at-hand|\.before-\d+.*)?")
# A backup is unpacked to be verified; nobody else may look into that folder, and it goes again.
VERIFIED = re.compile(r"own/\.peregrin-verify-\w{6}/peregrin\.db(-wal|-shm)?")
# What they are called until they are whole, or while somebody looks at them.
PASSING = re.compile(r"\.part$|\.[A-Za-z0-9]{6}$|-journal$|(?<=\.db)\.copy(-wal|-shm|-journal)?$")
MEMORY = ("/memfd:", "/dev/shm/tmp.", "/dev/null", "/dev/tty", "/dev/pts/")
KEYS = re.compile(r"keys/[a-z.]+\.key")
BACKUPS = {"one.backup", "keys.backup"}
USERS_OWN = {f"{NOWHERE['file']}.xlsx", f"{NOWHERE['file']}-errors.xlsx", "list.csv",
             "list-errors.csv", "export.csv", "export.xlsx", "sheet.csv", "evidence", *BACKUPS}
# For others to read: an administrator's group, partners. And what this test puts there itself.
PUBLIC = re.compile(r"peregrind\.conf|trust|[^/]*\.enrol")
OURS = re.compile(rf"log|trust/(root|catalogue)|list\.csv|{NOWHERE['file']}\.xlsx")


def words(*tables):
    return [word for table in tables for word in table.values()]


def without(sought, *known):
    return [word for word in sought if word not in known]


def claim_clean(name, sought, content, holds=b""):
    """Nothing of what is sought is in the content, and it is the content that was meant: it holds
    this."""
    content = content.encode() if isinstance(content, str) else bytes(content)
    holds = holds.encode() if isinstance(holds, str) else holds
    inside = found(sought, content)

    def reason():
        places = [content.lower().find(word.lower().encode()) for word in inside]
        return inside, [content[max(0, at - 200):at + 80] for at in places] or content[-300:]
    claim(name, holds in content and content and not inside, reason)


# --- those who get in


def let_in(home, port):
    """A user with password, token and session: every secret that was said, and the door that heard
    the wrong ones."""
    user, secrets = HOME["user"], {}
    scene.done(home.ask("POST", "/api/v1/users", {"name": user, "roles": ["coordinator"]}))
    scene.done(home.ask("POST", f"/api/v1/users/{user}/password",
                        {"password": NOWHERE["password"]}))
    made = scene.done(home.ask("POST", f"/api/v1/users/{user}/tokens", {"name": "sync"}))
    secrets["token"] = next(value for value in made.values() if str(value).startswith("pgn_"))
    door = scene.at_door(port, "")

    def login(name, password):
        body = json.dumps({"user": name, "password": password}, ensure_ascii=False).encode()
        return door.ask("POST", "/api/v1/session", body)

    wrong = [login(user, NOWHERE["wrong"]), login(NOWHERE["stranger"], NOWHERE["wrong"])]
    status = login(user, NOWHERE["password"])
    said = door.answers.pop()[2].decode()  # the one that says the secrets
    cookie = re.search(r"Set-Cookie: (([^=]+)=([^;]+));", said)
    secrets["cookie"] = cookie.group(3)
    secrets["csrf"] = re.search(r'"csrf_token":\s?"([^"]+)"', said).group(1)
    session = {"Cookie": cookie.group(1), "X-CSRF-Token": secrets["csrf"],
               "Origin": f"http://127.0.0.1:{port}"}
    changed = door.ask("POST", "/api/v1/session/password", json.dumps(
        {"before": NOWHERE["password"], "password": NOWHERE["second"]}).encode(), session)
    claim("who_has_a_password_gets_in_and_others_do_not",
          wrong == [401, 401] and status == 201 and changed in (200, 201),
          lambda: (wrong, status, changed, door.answers))
    return secrets, door


def hook_up(home):
    """One who listens, and one who is gone: what goes wrong is told in the log."""
    receiver, gone = Receiver(), Receiver()
    gone.close()
    made = [scene.done(home.ask("POST", "/api/v1/webhooks",
                                {"url": each.url(f"/{HOME['hook']}?{HOME['hook']}=1")}))
            for each in (receiver, gone)]
    return receiver, [each["secret"] for each in made]


# --- what was said


def check_answers(callers, sought):
    answers = [each for caller in callers for each in caller.answers]
    errors = [each for each in answers if each[0] >= 400]
    claim("most_wrong_calls_are_refused",
          len(errors) > 1000 and len(errors) > 0.8 * len(answers), (len(errors), len(answers)))
    claim_clean("no_error_of_the_api_says_what_was_sent", sought,
                b"\n".join(said for _, _, said in errors), '"hint"')
    claim_clean("no_answer_echoes_path_query_or_header", [NOWHERE["head"]],
                b"\n".join(said for _, _, said in answers), '"hint"')
    print(f"# {len(errors)} refusals of {len(answers)} calls", flush=True)


def check_imports(runs, sought):
    book, table, (status, answer) = runs
    claim("lists_with_errors_are_imported_for_their_good_rows",
          book.returncode == 8 and table.returncode == 8 and status == 200 and answer["bad"] == 2,
          lambda: (book, table, answer))
    claim_clean("an_import_s_answer_names_nobody", sought,
                json.dumps(answer, ensure_ascii=False), '"problems"')


ROUTES = [("/metrics", "peregrin_"), ("/healthz", "200"), ("/readyz", "200"),
          ("/api/v1/checks", "check"), ("/api/v1/outbox", "outbox"), ("/api/v1/status", "totals"),
          ("/api/v1/partners", "state"), ("/api/v1/backups", "state"),
          ("/api/v1/openapi.json", "paths"), ("/api/v1/events?limit=500", "record.written"),
          ("/api/v1/audit", "checked")]
SCREENS = [
    (["status"], "helmo.be"), (["doctor"], "database"), (["doctor", "--json"], "database"),
    (["partner", "list"], "uhasselt"), (["partner", "show", "uhasselt.be"], "uhasselt"),
    (["partner", "ping", "uhasselt.be"], "uhasselt"), (["outbox", "list"], ""),
    (["outbox", "list", "--json"], "outbox"), (["event", "tail", "--from", "0"], "record"),
    (["audit", "verify"], "record"), (["config", "show", "--origin"], "listen"),
]
JOURNAL = [(["audit", "log"], HOME["user"]), (["audit", "export"], HOME["user"]),
           (["audit", "export", "--json"], HOME["user"]), (["user", "list"], HOME["user"]),
           (["user", "show", HOME["user"]], HOME["user"]),
           (["user", "tokens", HOME["user"]], "sync")]


def title(*said):
    return re.sub(r"[^a-z0-9]+", "_", " ".join(said).lower()).strip("_")


def check_routes(caller, sought, when):
    for path, holds in ROUTES:
        status = caller.ask("GET", path)
        said = caller.answers[-1][2]
        claim_clean(title(path.split("?")[0], "names nobody", when), sought, said,
                    holds if status == 200 else "no answer of this kind")


def check_screens(home, sought, when):
    for arguments, holds in SCREENS:
        run = home.run(*arguments, "-c", home.folder / "peregrind.conf")
        claim_clean(title(*arguments, "names nobody", when), sought, run.stdout + run.stderr, holds)


def check_journal(home, sought):
    for arguments, holds in JOURNAL:
        run = home.run(*arguments)
        claim_clean(title(*arguments, "names users and nobody else"),
                    without(sought, HOME["user"]), run.stdout + run.stderr, holds)
    run = home.run("webhook", "list")
    claim_clean("a_list_of_webhooks_shows_no_secret", without(sought, HOME["hook"]),
                run.stdout + run.stderr, HOME["hook"])


def check_hooks(receiver, listener, sought):
    said = b"\n".join(json.dumps([message["path"], message["headers"]]).encode() + message["raw"]
                      for message in receiver.messages)
    claim_clean("no_webhook_names_anybody", without(sought, HOME["hook"]), said, "record.written")
    claim("many_webhooks_were_sent", len(receiver.messages) > 20, len(receiver.messages))
    claim_clean("no_event_of_a_stream_names_anybody", sought, listener.said, "dossier.changed")


def check_writing(runs, sought):
    """Where a file goes is said, and not what is in it. The file's name is the user's own."""
    for run in runs:
        claim_clean(title(*run.args[1:3], "says nothing of what it wrote"), sought,
                    run.stdout + run.stderr)
        claim(title(*run.args[1:3], "succeeds"), run.returncode == 0, run)


# --- what was written


def check_logs(home, host, journal, sought):
    """One node's log is a stream of lines; the other's are the fields of the system's journal."""
    said = {home: (home.log(), '"level":"detail"'),
            host: (journal.said(), "PEREGRIN_LEVEL=detail") if journal.works else
                  (host.log(), '"level":"detail"')}
    for node, (text, holds) in said.items():
        claim_clean(f"the_log_of_{node.schac}_holds_no_personal_data_and_no_secret", sought, text,
                    holds)
        text = text if isinstance(text, str) else text.decode(errors="replace")
        claim(f"the_log_of_{node.schac}_tells_of_its_work", "records from" in text, text[-500:])
    if not journal.works:
        print("skip the_journal_s_fields_hold_nothing_either: this machine forbids namespaces")


def belongs(name):
    node, _, rest = name.partition("/")
    return rest in USERS_OWN if node == "own" else bool(BELONGS.fullmatch(rest))


def check_files(federation, secrets):
    """Every file is read. Returns what was found where."""
    planted = federation.place / "planted"
    planted.write_text(f"{RECORD['given_names']} {secrets[0]}")
    hits = files_with(words(RECORD, HOME, NOWHERE) + secrets, federation.place)
    claim("a_file_that_names_somebody_is_found",
          hits.pop("planted", []) == [RECORD["given_names"], secrets[0]], hits)
    planted.unlink()
    keys = [name for name in hits if KEYS.fullmatch(name.partition("/")[2])]
    wrong = {name: inside for name, inside in hits.items()
             if not belongs(name) and not (name in keys and len(inside) == 1)}
    claim("each_key_is_in_its_file", len(keys) == 4, keys)
    claim("no_file_but_those_named_here_holds_anything", not wrong, wrong)
    empty = [name for name in USERS_OWN if not (federation.place / "own" / name).stat().st_size]
    claim("the_users_own_files_were_written", not empty, empty)
    return hits


def check_databases(federation, hits, secrets, hook_secrets):
    never = set(words(NOWHERE) + secrets)
    for node, own in zip(federation.nodes, (words(RECORD, HOME), words(RECORD))):
        inside = {word for name, some in hits.items() if name.startswith(f"{node.schac}/data/")
                  for word in some}
        claim(f"the_scene_brought_every_word_into_the_database_of_{node.schac}",
              not set(own) - inside, lambda: set(own) - inside)
        claim(f"the_database_of_{node.schac}_holds_no_secret_and_nothing_that_was_only_asked",
              not inside & never, lambda: inside & never)
    for name in sorted(BACKUPS):
        backup = set(hits.get(f"own/{name}", []))
        claim(f"{name}_holds_no_password_no_token_and_no_open_key", backup and not backup & never,
              backup & never)
    # Whoever signs with it must have it: it is in clear there, and nowhere else.
    inside = files_with(hook_secrets, federation.place)
    claim("a_webhook_s_secret_is_in_the_database_and_in_backups_alone",
          "helmo.be/data/peregrin.db" in "".join(inside) and
          all(name.removeprefix("own/") in BACKUPS or name.startswith("helmo.be/") and belongs(name)
              for name in inside), inside)


def seeds_of(federation):
    """What the keys begin with, as their files have it."""
    seeds = [line.removeprefix("seed: ").rstrip("=") for node in federation.nodes
             for path in sorted((node.folder / "keys").iterdir())
             for line in path.read_text().splitlines() if line.startswith("seed: ")]
    claim("the_keys_have_seeds", len(seeds) == 4 and min(map(len, seeds)) > 40, len(seeds))
    return seeds


def check_written(federation, written):
    """Also what was opened for a moment, and what is gone again."""
    if written is None:
        print("skip no_program_writes_anywhere_else: only root can trace these, with strace")
        return
    place = f"{federation.place}/"
    away = {path for path in written if not path.startswith((place, *MEMORY))}
    claim("no_program_writes_anywhere_else", not away, away)
    inside = {path.removeprefix(place) for path in written if path.startswith(place)}
    odd = {name for name in inside
           if not belongs(PASSING.sub("", name)) and not VERIFIED.fullmatch(PASSING.sub("", name))}
    claim("and_there_nothing_but_what_is_known", not odd, odd)
    claim("the_system_saw_what_was_written", {"helmo.be/data/peregrin.db", "own/list-errors.csv"} <=
          {PASSING.sub("", name) for name in inside}, inside)
    print(f"# {len(inside)} files were opened to be written", flush=True)


def check_modes(federation):
    """Whatever the umask of who started it: what is written is its own user's."""
    folders = [node.folder for node in federation.nodes] + [federation.place / "own"]
    names = [(path.relative_to(folder), path.stat().st_mode & 0o777, folder.name)
             for folder in folders for path in folder.rglob("*")]
    loose = [(owner, str(name), oct(mode)) for name, mode, owner in names
             if mode & 0o077 and not OURS.fullmatch(str(name))
             and not (PUBLIC.fullmatch(str(name)) and mode & 0o022 == 0)]
    claim("nobody_else_can_read_what_was_written", len(names) > 20 and not loose, loose)


def check_wire(relays, sought):
    for relay in relays:
        claim("the_relay_has_heard_both_sides", len(relay.recorded) > 20000 and
              b"\0SP\0" in relay.recorded, lambda: len(relay.recorded))
    said = b"".join(bytes(relay.recorded) for relay in relays)
    claim_clean("no_personal_data_is_on_the_wire", sought, said, b"\0SP\0")
    print(f"# {len(sought)} words sought in {len(said)} bytes of the wire", flush=True)


def readable(process):
    """Whether its environment can be read, as its memory could."""
    try:
        return bool(pathlib.Path(f"/proc/{process}/environ").read_bytes())
    except PermissionError:
        return False


def check_process(node):
    """Neither a core file nor another process of the same user gets what it has in memory."""
    limits = pathlib.Path(f"/proc/{node.process.pid}/limits").read_text()
    claim("a_node_leaves_no_core_file", re.search(r"Max core file size +0 +0 ", limits), limits)
    if os.geteuid():
        claim("another_process_of_its_user_cannot_read_its_memory",
              readable("self") and not readable(node.process.pid))
    else:
        print("skip another_process_of_its_user_cannot_read_its_memory: root can read any; "
              "unit/cores asks the system")


# --- the order of events


def lived(federation, own, port, sought):
    """Everything that is asked while the nodes live. Returns the secrets, and those of webhooks."""
    home, host = federation.nodes
    receiver, hook_secrets = hook_up(home)
    listener = scene.Listener(home)
    secrets, door = let_in(home, port)
    secrets = list(secrets.values())
    sought = sought + secrets + hook_secrets
    stay = scene.talk(home, host)
    claim("who_is_there_is_found_and_nobody_else", scene.searched(home) == [2 * scene.STUDENTS, 0])
    check_imports(scene.imported(home, host, own), sought)
    check_process(home)
    callers = [scene.at_socket(home), scene.at_door(port, secrets[0]), scene.at_door(port, "")]
    routes = home.get("/api/v1/")["routes"]
    for caller in callers:
        scene.wrong_calls(caller, routes, host, stay)
    claim_clean("what_is_no_request_is_not_said_back", sought, scene.raw_calls(port), "HTTP/1.1")
    check_answers([*callers, door], sought)
    check_routes(scene.at_socket(home), sought, "after wrong calls")
    listener.close()
    home.kill()
    home.start()
    until(lambda: home.connected() and host.connected())
    check_screens(home, sought, "while all is well")
    check_writing(scene.written(home, host, stay, own), sought)
    host.stop()
    scene.done(home.nominate(host.schac, scene.person(home.schac, 77, comment=RECORD["waiting"])))
    check_screens(home, sought, "while the partner is away")
    check_routes(scene.at_socket(home), sought, "while the partner is away")
    check_journal(home, sought)
    host.start()
    until(lambda: home.connected() and home.waiting() == 0)
    check_routes(scene.at_socket(home), sought, "afterwards")
    check_hooks(receiver, listener, sought)
    check_modes(federation)  # now: the socket is there as long as the node
    return secrets, hook_secrets


def watched(federation, own, journal):
    home, host = federation.nodes
    sought = words(RECORD, HOME, NOWHERE)
    claim("the_search_finds_each_word_in_all_its_clothes", not self_test(sought),
          lambda: self_test(sought))
    relays = [set_between(node) for node in (home, host)]
    port = free_port()
    for node in (home, host):
        with open(node.folder / "peregrind.conf", "a", encoding="utf-8") as file:
            file.write('\nlog_level = "detail"\n')
            file.write(f'api_listen = "tcp://127.0.0.1:{port}"\n' if node is home else "")
        node.start()
    until(lambda: home.connected() and host.connected())
    secrets, hook_secrets = lived(federation, own, port, sought)
    for each in (home, host):
        each.stop()
    for each in relays:
        each.close()
    seeds = seeds_of(federation)
    check_logs(home, host, journal, sought + secrets + hook_secrets + seeds)
    check_wire(relays, sought + secrets + hook_secrets + seeds)
    hits = check_files(federation, secrets + seeds)
    check_databases(federation, hits, secrets + seeds, hook_secrets)


def main():
    os.umask(0)  # the folder of all this is its user's alone
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        own = federation.place / "own"
        own.mkdir(mode=0o700)
        os.environ |= {"HOME": str(own), "TMPDIR": str(own)}
        with Traced(federation.nodes) as traced, \
                Journald(federation.nodes[1], federation.place / "run") as journal:
            watched(federation, own, journal)
            check_written(federation, traced.written())


if __name__ == "__main__":
    main()
