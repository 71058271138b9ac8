"""A node whose disk is full, breaks, rots, is read-only or gone.

Every nomination that was answered is there in the end, once, at both nodes; what cannot be kept is
refused with code, sentence and remedy; where a person must act, the last line of the log says what
to do, and `doctor` finds it. Disks are made to fail by strace (where it may trace) and by a tmpfs of
4 MiB (where root); each of the others says that it was skipped.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, Federation, Unanswered, claim, student, until  # noqa: E402

EXIT_FAULT, EXIT_MEND, EXIT_PROBLEMS = 1, 3, 11
SOAK = os.environ.get("SOAK")


class Desk:
    """Nominates, and remembers what was answered."""

    def __init__(self, home, host):
        self.home, self.host = home, host
        self.number = 0
        self.answered = {}      # key: dossier
        self.open = []          # keys without an answer, with their numbers

    def ask(self, number):
        key = f"disk-{number}"
        try:
            status, answer = self.home.nominate(self.host.schac, student(self.home.schac, number),
                                                key)
        except Unanswered:
            return 0, {}
        if status in (200, 201, 202):
            self.answered[key] = answer["dossier"]
        return status, answer

    def nominate(self):
        """The status and the answer of a new one; it is asked again later when it was not kept."""
        self.number += 1
        status, answer = self.ask(self.number)
        if status not in (200, 201, 202):
            self.open.append(self.number)
        return status, answer

    def again(self):
        """True when all that were refused are answered now."""
        self.open = [number for number in self.open if self.ask(number)[0] not in (200, 201, 202)]
        return not self.open

    def nothing_lost(self, name):
        """Once each, at both nodes, receipted."""
        done = until(self.again) and until(lambda: self.home.waiting() == 0)
        rows = [[row["dossier"] for row in node.pages("/api/v1/nominations?limit=500", "nominations")]
                for node in (self.home, self.host)]
        wanted = sorted(self.answered.values())
        claim(name, done and all(sorted(row) == wanted for row in rows),
              lambda: (self.open, self.home.totals(), len(wanted), [len(row) for row in rows]))


def doctor(node):
    """Exit status, and by code what failed."""
    done = subprocess.run([BIN / "peregrin", "doctor", "--json", "-c",
                           node.folder / "peregrind.conf"], text=True, capture_output=True,
                          check=False, stdin=subprocess.DEVNULL)
    checks = json.loads(done.stdout)["checks"]
    return done.returncode, {check["code"]: check for check in checks if check["state"] == "failed"}


def found(node, name, words):
    """The doctor's finding about the database says these words."""
    code, failed = doctor(node)
    claim(name, code == EXIT_PROBLEMS and words in failed.get("database", {}).get("what", ""),
          (code, failed))


def ended(node):
    """The exit status of a node that ends by itself."""
    until(lambda: node.process.poll() is not None)
    return node.process.poll()


def last_line(node):
    return node.log().rstrip().splitlines()[-1]


def cannot_start(name, node, status, *words):
    """It ends with this status, and its last line says these words."""
    node.spawn()
    found = ended(node)
    claim(name, found == status and all(word in last_line(node) for word in words),
          lambda: (found, last_line(node)))


# --- a disk that breaks, by strace


def can_trace():
    """Only root can: see traced.py."""
    if os.geteuid():
        return False
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=none", "true"], check=False,
                          capture_output=True) if shutil.which("strace") else None
    return done is not None and done.returncode == 0


@contextlib.contextmanager
def failing(node, calls, error, when):
    """These calls of the running node fail with this error, from the moment this is entered."""
    place = node.folder / "strace"
    place.unlink(missing_ok=True)
    tracer = subprocess.Popen(
        ["strace", "-f", "-o", place, "-e", f"trace={calls}", "-e",
         f"inject={calls}:error={error}:when={when}", "-p", str(node.process.pid)],
        stderr=subprocess.PIPE, text=True)
    tracer.stderr.readline()  # attached
    try:
        yield
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        tracer.stderr.close()


def broken_once(desk):
    """A write that fails is undone and told; the node goes on by itself."""
    home = desk.home
    for error, code in (("EIO", "storage"), ("ENOSPC", "disk_full")):
        for when in range(1, 60) if SOAK else (1, 2, 4):
            with failing(home, "pwrite64", error, when):
                status, answer = desk.nominate()
                while status in (200, 201, 202):
                    status, answer = desk.nominate()
            said = answer.get("error", {})
            if not claim(f"{error}_at_write_{when}_is_told_as_{code}", status == 503
                         and said["code"] == code and said["hint"], (status, answer)):
                return
            until(desk.again)
    desk.nothing_lost("after_writes_that_failed_once_nothing_is_lost")


def broken_for_long(desk):
    home = desk.home
    with failing(home, "pwrite64", "EIO", "1+"):
        status, _ = desk.nominate()
        code, failed = doctor(home)
        claim("while_no_write_succeeds_doctor_says_so", status == 503 and code == EXIT_PROBLEMS
              and "storage" in failed["not_keeping"]["what"] and failed["not_keeping"]["remedy"],
              (status, code, failed))
        said = home.run("status")
        claim("and_status_answers_or_says_the_same_with_what_to_do", said.returncode == 0
              or (said.returncode == EXIT_FAULT and "Remedy: look at the disk" in said.stderr),
              (said.stdout, said.stderr))
    desk.nothing_lost("when_it_writes_again_the_node_goes_on_by_itself")


def not_flushed(desk):
    """The kernel says it once: the node must not ask again, but stop."""
    home = desk.home
    with failing(home, "fsync,fdatasync", "EIO", 1):
        status, answer = desk.nominate()
        found = ended(home)
    claim("what_was_not_flushed_is_not_acknowledged", status in (0, 503), (status, answer))
    claim("after_it_the_node_stops_and_says_why", found == EXIT_FAULT
          and "did not take what was written" in last_line(home)
          and "look at the disk" in last_line(home), (found, last_line(home)))
    unit = pathlib.Path("scripts/deb/peregrind.service").read_text()
    prevented = re.search(r"^RestartPreventExitStatus=(.*)$", unit, re.MULTILINE)[1].split()
    claim("and_systemd_starts_it_again", "Restart=on-failure" in unit
          and str(EXIT_FAULT) not in prevented and str(EXIT_MEND) in prevented, prevented)
    home.start()
    desk.nothing_lost("started_again_it_has_all_that_was_acknowledged")


def unreadable(desk):
    """The database is read when the node starts."""
    home = desk.home
    home.stop()
    under = home.under
    home.under = lambda program: ["strace", "-f", "-o", "/dev/null", "-P", home.database, "-e", "trace=pread64", "-e",
                                  "inject=pread64:error=EIO:when=2+", BIN / program]
    cannot_start("a_database_that_cannot_be_read_ends_the_start", home, EXIT_FAULT,
                 "could not be read or written", "look at the disk")
    home.under = under
    home.start()
    desk.nothing_lost("and_nothing_of_it_is_lost")


def swept(name, command, place, whole):
    """The command with each of its ways to the disk failing, one after the other. It says so and
    ends with an error, and leaves nothing in the folder; or what it made is whole."""
    wrong, failures = [], 0
    trace = place.with_name("trace")
    for calls in ("fsync,fdatasync", "write,pwrite64,writev", "rename,renameat2,link,linkat"):
        for error in ("EIO", "ENOSPC"):
            number, hit = 0, True
            while hit and number < (1000 if SOAK else 6):
                number += 1
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir(mode=0o700)
                done = subprocess.run(
                    ["strace", "-f", "-qq", "-o", trace, "-e", f"trace={calls}", "-e",
                     f"inject={calls}:error={error}:when={number}", *command],
                    capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
                injected = [line for line in trace.read_text().splitlines() if "INJECTED" in line]
                hit = bool(injected)
                # What it says itself may be lost: then it has done its work.
                spoken = hit and re.search(r"write\([12],", injected[0])
                failures += hit and not spoken
                left = list(place.iterdir())
                good = whole(place) if spoken or done.returncode == 0 else \
                    not left and len(done.stderr) > 20
                if not good:
                    wrong.append((calls, error, number, done.returncode, done.stderr[-300:], left))
    claim(name, failures >= 6 and not wrong, (failures, wrong))


def files_are_made_whole_or_not_at_all(desk):
    home = desk.home
    place = home.folder / "made"
    key = place / "new.key"
    swept("a_key_is_made_whole_or_not_at_all",
          [BIN / "peregrin", "key", "new", key, "--kind", "sign", "--owner", home.schac,
           "--id", "k9"], place,
          lambda _: subprocess.run([BIN / "peregrin", "key", "show", key], check=False,
                                   capture_output=True).returncode == 0)
    copy = place / "copy.tar"
    swept("a_backup_is_made_whole_or_not_at_all",
          [BIN / "peregrin", "backup", "create", copy, "--socket", home.socket], place,
          lambda _: subprocess.run([BIN / "peregrin", "backup", "verify", copy], check=False,
                                   capture_output=True).returncode == 0)


# --- a disk that is full, by a small tmpfs


@contextlib.contextmanager
def small_disk(folder):
    """A tmpfs of 4 MiB with what was in the folder; False where none can be had."""
    aside = folder.with_name(folder.name + ".aside")
    folder.rename(aside)
    folder.mkdir(mode=0o700)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", folder],
                          check=False, capture_output=True)
    if done.returncode:
        folder.rmdir()
        aside.rename(folder)
        yield False
        return
    try:
        for file in aside.iterdir():
            shutil.copy2(file, folder)
        yield True
        # What is there in the end stays.
        shutil.rmtree(aside)
        shutil.copytree(folder, aside)
    finally:
        subprocess.run(["umount", "-l", folder], check=False)
        folder.rmdir()
        aside.rename(folder)


def ballast(folder, left):
    """Fills the disk but for so many bytes."""
    room = os.statvfs(folder)
    path = folder / "ballast"
    with open(path, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize - left)
    return path


def says_anything(node):
    try:
        return node.ask("GET", "/api/v1/status")[0] > 0
    except Unanswered:
        return False


def full(desk):
    home = desk.home
    weight = ballast(home.database.parent, 256 * 1024)
    status, answer = desk.nominate()
    while status in (200, 201, 202):
        status, answer = desk.nominate()
    said = answer.get("error", {})
    claim("a_full_disk_is_told_with_what_to_do", status == 503 and said["code"] == "disk_full"
          and "free space" in said["hint"], (status, answer))
    code, failed = doctor(home)
    claim("doctor_finds_the_full_disk", code == EXIT_PROBLEMS and "disk_full" in failed
          and "MiB free" in failed["disk_full"]["what"] and "free space" in
          failed["disk_full"]["remedy"] and "disk_full" in failed["not_keeping"]["what"],
          (code, failed))
    shown = home.run("status")
    # What is small may still have room: then the node works between two faults.
    claim("status_answers_or_says_that_the_disk_is_full_and_what_to_do", shown.returncode == 0
          or (shown.returncode == EXIT_FAULT and "the disk is full" in shown.stderr
              and "Remedy: free space" in shown.stderr), (shown.stdout, shown.stderr))
    claim("the_log_says_it_too", "the disk is full: nothing new can be stored; free space" in
          home.log(), home.log()[-600:])
    copied = home.run("backup", "create", str(weight.parent / "copy.tar"))
    claim("a_backup_that_has_no_room_says_so_and_leaves_nothing", copied.returncode not in (0, 11)
          and "full" in copied.stderr + copied.stdout
          and not [file for file in weight.parent.iterdir() if "cop" in file.name],
          (copied.returncode, copied.stdout, copied.stderr, os.listdir(weight.parent)))
    home.kill()
    home.spawn()
    lives = until(lambda: says_anything(home))
    status, answer = desk.nominate()
    while status in (200, 201, 202):
        status, answer = desk.nominate()
    claim("killed_on_a_full_disk_it_starts_again_and_says_the_same", lives and status == 503
          and answer["error"]["code"] == "disk_full", (status, answer))
    weight.unlink()
    if home.process.poll() is not None:  # it gives up after a while, and its supervisor does not
        home.start()
    desk.nothing_lost("with_room_it_goes_on_by_itself_and_has_lost_nothing")


def read_only(desk):
    home = desk.home
    home.stop()
    subprocess.run(["mount", "-o", "remount,ro", home.database.parent], check=True)
    cannot_start("a_read_only_disk_ends_the_start_with_a_reason", home, EXIT_FAULT,
                 "mounted read-only", "mount it writable")
    found(home, "doctor_names_a_read_only_disk", "mounted read-only")
    subprocess.run(["mount", "-o", "remount,rw", home.database.parent], check=True)
    home.start()
    desk.nothing_lost("writable_again_it_goes_on")


def small(desk):
    home = desk.home
    home.stop()
    with small_disk(home.database.parent) as mounted:
        if not mounted:
            print("skip a_full_disk_is_told_with_what_to_do: only root can mount a small disk")
            home.start()
            return
        home.start()
        full(desk)
        read_only(desk)
        home.stop()
    home.start()


# --- files that are damaged or gone


def gone(desk):
    home = desk.home
    home.stop()
    folder = home.database.parent
    aside = folder.with_name("elsewhere")
    folder.rename(aside)
    cannot_start("a_folder_that_is_gone_ends_the_start_with_a_reason", home, EXIT_FAULT,
                 "its folder is not there", "mount the disk")
    found(home, "doctor_names_a_folder_that_is_gone", "its folder is not there")
    aside.rename(folder)
    if os.geteuid():
        folder.chmod(0o500)
        cannot_start("a_folder_that_may_not_be_written_ends_the_start_with_a_reason", home,
                     EXIT_FAULT, "this user may not write there", "chown")
        folder.chmod(0o700)
    else:
        print("skip a_folder_that_may_not_be_written_ends_the_start_with_a_reason: root may")
    home.start()
    desk.nothing_lost("put_back_it_goes_on")


def deleted_while_running(desk):
    """Somebody tidies up: what the log holds is in no file that has a name."""
    home = desk.home
    for _ in range(3):
        desk.nominate()
    log = home.database.with_name(home.database.name + "-wal")
    log.unlink()
    status, answer = desk.nominate()
    found = ended(home)
    claim("a_log_that_is_deleted_under_the_node_stops_it", status in (0, 503)
          and found == EXIT_FAULT and "moved or deleted" in last_line(home),
          lambda: (status, answer, found, last_line(home)))
    home.start()
    desk.nothing_lost("and_what_was_acknowledged_was_taken_over_before")


def damaged_log(desk):
    home = desk.home
    for _ in range(5):
        desk.nominate()
    home.kill()
    log = home.database.with_name(home.database.name + "-wal")
    whole = log.read_bytes()
    bent = bytearray(whole)
    bent[32 + 24 + 100] ^= 0xff
    log.write_bytes(bent)
    cannot_start("a_damaged_log_ends_the_start_with_what_to_do", home, EXIT_FAULT,
                 "log is damaged", "partners give back")
    found(home, "doctor_names_a_damaged_log", "log is damaged")
    log.write_bytes(whole)
    home.start()
    desk.nothing_lost("with_the_log_put_back_nothing_is_lost")


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        home.start()
        host.start()
        desk = Desk(home, host)
        claim("both_are_connected", until(lambda: home.connected() and host.connected()))
        if can_trace():
            broken_once(desk)
            broken_for_long(desk)
            not_flushed(desk)
            unreadable(desk)
            files_are_made_whole_or_not_at_all(desk)
        else:
            print("skip writes_that_fail_are_told: only root can trace these, with strace")
        small(desk)
        gone(desk)
        deleted_while_running(desk)
        damaged_log(desk)


main()
