"""A restore drill as an administrator would hold it, with real processes.

Traffic, a backup while the node works, more traffic; then the node's folder is gone. The backup is
put back, the node started: it signs nothing until its partner has compared, and then nothing that
was ever receipted is missing. Around it: backups and restores that are cut short at any moment, a
disk that is full, and files that were tampered with.
"""
import io
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, Federation, Unanswered, claim, student, until  # noqa: E402

BEFORE, MEANWHILE, AFTER = 150, 60, 90
KILLS = 12
LIFTED = "write guard lifted"
PASSPHRASE = "four words that nobody guesses\n"


def peregrin(*arguments, **more):
    return subprocess.run([BIN / "peregrin", *map(str, arguments)], text=True, check=False,
                          capture_output=True, stdin=subprocess.DEVNULL, **more)


def nominate(ledger, home, host, numbers):
    for number in numbers:
        status, answer = home.nominate(host.schac, student(home.schac, number), f"n-{number}")
        assert status == 201, answer
        ledger[answer["id"]] = answer["dossier"]


def settled(*nodes):
    return until(lambda: all(node.connected() and node.waiting() == 0 for node in nodes))


def records(node, ledger):
    """Id, place and state of all that was ever answered."""
    shown = {}
    for dossier in set(ledger.values()):
        status, one = node.ask("GET", f"/api/v1/nominations/{dossier}")
        if status == 200:
            shown[dossier] = (one["state"], one["nomination"],
                              sorted((r["id"], r["lane"], r["index"], bool(r["receipted_at"]))
                                     for r in one["records"]))
    return shown


def back_up_while_it_works(ledger, home, host, file, passphrase):
    """Nominations go on in another thread until the backup is there."""
    slowest, stop = [0.0], threading.Event()

    def work():
        import time
        number = BEFORE
        while not stop.is_set() and number < BEFORE + MEANWHILE:
            began = time.monotonic()
            nominate(ledger, home, host, [number])
            slowest[0] = max(slowest[0], time.monotonic() - began)
            number += 1

    worker = threading.Thread(target=work)
    worker.start()
    done = home.run("backup", "create", str(file), "--with-keys", "--passphrase-file", passphrase)
    stop.set()
    worker.join()
    claim("a_backup_is_made_while_the_node_works", done.returncode == 0, done.stderr)
    claim("the_backup_is_private", (file.stat().st_mode & 0o777) == 0o600, oct(file.stat().st_mode))
    claim("nothing_of_the_making_is_left",
          not list(file.parent.glob("*.part*")) and not (home.database.parent /
                                                         "peregrin.db.copy").exists(),
          lambda: os.listdir(file.parent) + os.listdir(home.database.parent))
    print(f"# slowest nomination during the backup: {slowest[0] * 1000:.0f} ms")
    claim("the_node_knows_when_it_was_packed",
          home.get("/api/v1/backups")["backup"]["packed_at"] is not None)
    checked = peregrin("backup", "verify", file, "--json")
    claim("the_backup_verifies_offline", checked.returncode == 0, checked.stderr)
    with tarfile.open(file) as tar:
        sealed = [tar.extractfile(m).read() for m in tar if m.name.startswith("keys/")]
    claim("its_keys_are_sealed", len(sealed) == 2 and all(b"sealed:" in k and b"seed:" not in k
                                                          for k in sealed), "a plain seed")
    again = home.run("backup", "create", str(file))
    claim("no_backup_is_overwritten", again.returncode == 7, again.stderr)


def destroy_and_restore(ledger, home, host, file, passphrase):
    nominate(ledger, home, host, range(1000, 1000 + AFTER))
    settled(home, host)
    claim("before_the_loss_all_is_receipted", settled(home, host), home.totals)
    refused = peregrin("backup", "restore", file, "--dir", home.folder, "--yes")
    claim("a_running_node_is_not_restored_over", refused.returncode == 7 and
          "running" in refused.stderr, refused.stderr)
    home.kill()
    host.stop()
    shutil.rmtree(home.folder)

    restored = peregrin("backup", "restore", file, "--dir", home.folder)
    claim("an_empty_place_needs_no_questions", restored.returncode == 0, restored.stderr)
    claim("it_says_what_comes_next", "peregrind -n -c" in restored.stderr and
          "partners give back" in restored.stderr and "sealed" in restored.stderr,
          restored.stderr)
    modes = {path.name: oct(path.stat().st_mode & 0o777)
             for path in [home.database, *(home.folder / "keys").iterdir()]}
    claim("what_is_secret_comes_back_private", set(modes.values()) == {"0o600"}, modes)
    home.start("--passphrase-file", passphrase)
    lost = sum(home.ask("GET", f"/api/v1/nominations/{dossier}")[0] != 200
               for dossier in set(ledger.values()))
    claim("the_backup_is_older_than_the_loss", lost >= AFTER, lost)
    answers = [home.nominate(host.schac, student(home.schac, number))[1]
               for number in range(5000, 5010)]
    claim("the_write_guard_holds", home.partner()["guard"] == "armed" and
          LIFTED not in home.log() and all(answer.get("ready") for answer in answers),
          lambda: (home.partner(), answers[0]))
    host.start()
    claim("the_write_guard_lifts", until(lambda: LIFTED in home.log()), lambda: home.log()[-800:])
    claim("all_settles", settled(home, host), lambda: (home.totals(), host.totals()))
    here, there = records(home, ledger), records(host, ledger)
    claim("nothing_that_was_receipted_is_lost",
          len(here) == len(set(ledger.values())) and
          set(ledger) <= {r[0] for one in here.values() for r in one[2]},
          lambda: f"{len(here)} of {len(set(ledger.values()))} dossiers")
    claim("both_sides_are_equal", here == there, "the two nodes show something else")
    for node in (home, host):
        said = node.run("audit", "verify", "--json")
        claim(f"the_audit_of_{node.schac}_finds_nothing", said.returncode == 0 and
              json.loads(said.stdout)["faults"] == [], said.stdout + said.stderr)


def over_a_killed_node(ledger, home, host, folder):
    """Its log stands beside the database. It must neither be lost nor reach the new one."""
    file = folder / "before-kill.tar"
    home.run("backup", "create", str(file))
    packed = json.loads(peregrin("backup", "verify", file, "--json").stdout)["records"]
    nominate(ledger, home, host, range(7000, 7040))
    settled(home, host)
    home.kill()
    logged = home.database.with_name("peregrin.db-wal")
    claim("a_killed_node_leaves_a_log", logged.exists() and logged.stat().st_size > 0)
    done = peregrin("backup", "restore", file, "--dir", home.folder, "--yes", "--json")
    aside = json.loads(done.stdout)["steps"][-1]["aside"]

    def count(database):
        return int(subprocess.run(["sqlite3", database, "SELECT count(*) FROM record"], text=True,
                                  capture_output=True, check=True).stdout)
    claim("the_old_log_does_not_reach_the_restored_database", done.returncode == 0 and
          count(home.database) == packed, lambda: (count(home.database), packed))
    claim("and_the_replaced_one_has_all_that_was_in_it", count(aside) >= packed + 40,
          lambda: (count(aside), packed))
    said_before = len(home.log())
    home.start("--passphrase-file", str(folder / "passphrase"))
    claim("and_what_is_missing_comes_back", until(lambda: LIFTED in home.log()[said_before:]) and
          settled(home, host) and
          until(lambda: all(home.ask("GET", f"/api/v1/nominations/{dossier}")[0] == 200
                            for dossier in set(ledger.values()))))


def killed_at(seconds, *arguments):
    """The command, killed after so long; true: it had ended by itself."""
    process = subprocess.Popen([BIN / "peregrin", *map(str, arguments)], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


def cut_short(home, folder):
    """kill -9 at moments spread over the whole of a backup, then of a restore."""
    import time
    began = time.monotonic()
    home.run("backup", "create", str(folder / "whole.tar"))
    takes = time.monotonic() - began
    bad, ended = [], 0
    for n in range(KILLS):
        file = folder / f"cut-{n}.tar"
        ended += killed_at(takes * n / KILLS, "backup", "create", file, "--socket", home.socket)
        if file.exists() and peregrin("backup", "verify", file).returncode != 0:
            bad.append(n)
        again = folder / f"again-{n}.tar"
        if not until(lambda: home.run("backup", "create", str(again)).returncode == 0, 10):
            bad.append(f"after {n}")
        again.unlink(missing_ok=True)
    claim("a_killed_backup_has_no_name_unless_it_is_whole", not bad, bad)
    claim("kills_fell_within_the_work", ended < KILLS, ended)

    home.stop()
    before = subprocess.run(["sqlite3", home.database, ".dump"], capture_output=True,
                            check=True).stdout
    dry = time.monotonic()
    peregrin("backup", "restore", folder / "whole.tar", "--dir", home.folder, "--yes")
    takes, bad = time.monotonic() - dry, []
    for n in range(KILLS):
        for left in home.database.parent.glob("*.replaced-*"):
            left.unlink()
        killed_at(takes * n / KILLS, "backup", "restore", folder / "whole.tar", "--dir",
                  home.folder, "--yes")
        now = subprocess.run(["sqlite3", home.database, "PRAGMA integrity_check; SELECT count(*) "
                              "FROM record"], capture_output=True, check=False, text=True)
        if not now.stdout.startswith("ok\n") or now.returncode:
            bad.append((n, now.stderr))
    claim("a_killed_restore_leaves_a_whole_database", not bad, bad)
    again = peregrin("backup", "restore", folder / "whole.tar", "--dir", home.folder, "--yes")
    claim("after_it_the_restore_is_simply_done_again", again.returncode == 0, again.stderr)
    aside = list(home.database.parent.glob("*.replaced-*"))
    claim("the_replaced_database_is_kept", len(aside) >= 1, aside)
    kept = subprocess.run(["sqlite3", aside[0], ".dump"], capture_output=True, check=True).stdout
    claim("and_is_what_it_was", len(kept) >= len(before) // 2, len(kept))
    home.start("--passphrase-file", str(folder / "passphrase"))


def no_room(home, folder):
    """Files may not grow beyond 64 KiB: as a full disk does it, in the middle."""
    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))

    done = peregrin("backup", "create", folder / "full.tar", "--socket", home.socket,
                    preexec_fn=small)
    claim("a_full_disk_ends_a_backup_with_a_remedy", done.returncode == 1 and
          "disk is full" in done.stderr and "Remedy" in done.stderr, done.stderr)
    claim("and_leaves_nothing", not list(folder.glob("full.tar*")), lambda: os.listdir(folder))
    if os.geteuid() == 0:
        limited = subprocess.run(["prlimit", f"--pid={home.process.pid}", "--fsize=65536:"],
                                 check=False)
        failed = home.run("backup", "create", str(folder / "node-full.tar"))
        subprocess.run(["prlimit", f"--pid={home.process.pid}", "--fsize=unlimited:"], check=False)
        claim("the_node_s_own_copy_may_fail_and_the_node_goes_on", limited.returncode == 0 and
              failed.returncode != 0 and
              until(lambda: home.run("status").returncode == 0) and
              not home.database.with_name("peregrin.db.copy").exists(), failed.stderr)
    # A node that could write nothing at all takes a moment until it tries again.
    claim("with_room_it_is_simply_done_again", until(
        lambda: home.run("backup", "create", str(folder / "full.tar")).returncode == 0))


def rewrite(source, target, change):
    """The same backup with other entries: change(name, info, data) gives a list of (info, data)."""
    with tarfile.open(source) as old, tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as new:
        for info in old:
            data = old.extractfile(info).read()
            for other, content in change(info.name, info, data):
                other.size = len(content) if other.isreg() else 0
                new.addfile(other, io.BytesIO(content))
    return target


def entry(name, kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def hostile(home, file, folder):
    canary = folder / "canary"
    canary.write_text("untouched")
    same = lambda name, info, data: [(info, data)]  # noqa: E731
    traversal = lambda name, info, data: [(info, data)] if name != "root" else \
        [(entry("../canary"), data)]  # noqa: E731
    absolute = lambda name, info, data: [(info, data)] if name != "root" else \
        [(entry(str(canary)), data)]  # noqa: E731
    link = lambda name, info, data: [(info, data)] if name != "peregrin.db" else \
        [(entry(name, tarfile.SYMTYPE, str(canary)), b"")]  # noqa: E731
    hard = lambda name, info, data: [(info, data)] if name != "peregrin.db" else \
        [(entry(name, tarfile.LNKTYPE, "root"), b"")]  # noqa: E731
    twice = lambda name, info, data: [(info, data), (entry(name), data)]  # noqa: E731
    flipped = lambda name, info, data: [(info, data if name != "peregrin.db" else
                                         data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])]
    behind = lambda name, info, data: [(info, data)] if name != "peregrin.db" else \
        [(info, data), (entry("more"), b"more")]  # noqa: E731

    def manifest(change):
        def apply(name, info, data):
            if name != "manifest.json":
                return [(info, data)]
            said = json.loads(data)
            change(said)
            return [(info, json.dumps(said).encode())]
        return apply

    cases = {
        "path_traversal": traversal, "an_absolute_path": absolute, "a_symbolic_link": link,
        "a_hard_link": hard, "parts_twice": twice, "one_bit_of_the_database": flipped,
        "something_behind_the_end": behind,
        "a_name_of_its_own": manifest(lambda m: m["parts"][0].update(name="../../etc/passwd")),
        "a_huge_size": manifest(lambda m: m["parts"][-1].update(size=1 << 62)),
        "other_counts": manifest(lambda m: m["database"].update(records=1)),
        "a_newer_format": manifest(lambda m: m.update(format=2)),
    }
    claim("the_same_tar_written_by_others_is_read",
          peregrin("backup", "verify", rewrite(file, folder / "same.tar", same)).returncode == 0)
    empty = folder / "elsewhere"
    for name, change in cases.items():
        bad = rewrite(file, folder / "bad.tar", change)
        checked = peregrin("backup", "verify", bad)
        restored = peregrin("backup", "restore", bad, "--dir", empty, "--yes")
        # What only the database itself tells is found when it was unpacked, before it has its name.
        claim(f"{name}_is_refused",
              checked.returncode in (3, 9, 11) and "Remedy" in checked.stderr and
              restored.returncode in (3, 9, 11) and
              not (empty / "data" / "peregrin.db").exists() and
              canary.read_text() == "untouched",
              checked.stderr + restored.stderr)
        shutil.rmtree(empty, ignore_errors=True)

    def elsewhere(name, info, data):
        if name == "peregrind.conf":
            return [(info, data.replace(b'"data/peregrin.db"', f'"{canary}.db"'.encode()))]
        return [(info, data)]

    import hashlib
    with tarfile.open(file) as tar:
        conf = tar.extractfile("peregrind.conf").read()
    moved = elsewhere("peregrind.conf", None, conf)[0][1]

    def moves(name, info, data):
        if name == "manifest.json":
            said = json.loads(data)
            said["parts"][0].update(size=len(moved), sha256=hashlib.sha256(moved).hexdigest())
            return [(info, json.dumps(said).encode())]
        return elsewhere(name, info, data)

    out = rewrite(file, folder / "outside.tar", moves)
    refused = peregrin("backup", "restore", out, "--dir", empty, "--yes")
    claim("places_outside_of_the_folder_want_their_flag", refused.returncode == 7 and
          "--outside" in refused.stderr and not empty.exists(), refused.stderr)
    agreed = peregrin("backup", "restore", out, "--dir", empty, "--yes", "--outside")
    claim("and_are_used_with_it", agreed.returncode == 0 and
          pathlib.Path(f"{canary}.db").exists(), agreed.stderr)
    whole = file.read_bytes()
    wrong = []
    for size in (0, 1, 511, 512, 1024, 5000, len(whole) // 2, len(whole) - 600):
        (folder / "cut.tar").write_bytes(whole[:size])
        if peregrin("backup", "verify", folder / "cut.tar").returncode != 9:
            wrong.append(size)
    claim("a_backup_that_was_cut_off_is_refused", not wrong, wrong)


def rotation(home, folder):
    kept = folder / "kept"
    kept.mkdir()
    names = [f"peregrin-helmo.be-2026010{n}T000000Z.tar" for n in range(1, 6)]
    others = ["peregrin-helmo.be-20260101T000000Z.tar.bak", "peregrin-helmo.be-notes.tar",
              "peregrin-uhasselt.be-20250101T000000Z.tar", "thesis.tar"]
    for name in names + others:
        (kept / name).write_text("x")
    done = home.run("backup", "create", "--dir", str(kept), "--keep", "3")
    left = sorted(os.listdir(kept))
    claim("the_newest_are_kept_and_no_other_file_is_touched", done.returncode == 0 and
          set(others) < set(left) and names[3] in left and names[4] in left and
          not set(names[:3]) & set(left) and len(left) == len(others) + 3, left)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation, \
            tempfile.TemporaryDirectory() as place:
        home, host = federation.nodes
        folder, ledger = pathlib.Path(place), {}
        passphrase, file = folder / "passphrase", folder / "backup.tar"
        passphrase.write_text(PASSPHRASE)
        passphrase.chmod(0o600)
        home.start()
        host.start()
        settled(home, host)
        nominate(ledger, home, host, range(BEFORE))
        back_up_while_it_works(ledger, home, host, file, str(passphrase))
        destroy_and_restore(ledger, home, host, file, str(passphrase))
        over_a_killed_node(ledger, home, host, folder)
        rotation(home, folder)
        no_room(home, folder)
        cut_short(home, folder)
        hostile(home, file, folder)


main()
