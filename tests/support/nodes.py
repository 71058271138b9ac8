"""Real nodes for the end-to-end tests: started, asked over their sockets, killed, and always ended.

    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        home.start()
        status, answer = home.ask("GET", "/api/v1/status")

PEREGRIN_BIN is the folder of the programs. Every node and all files are gone afterwards, also when
the test failed; with KEEP=1 the files stay, and where is said.
"""
import atexit
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ["PEREGRIN_BIN"])
PATIENCE = 60  # seconds, for what must happen sooner or later
missed = []  # the names of the claims that did not hold


def claim(name, holds, reason=""):
    """Says how a claim ended. A reason may be a function, asked only when it is needed."""
    if holds:
        print(f"ok {name}", flush=True)
    else:
        reason = reason() if callable(reason) else reason
        print(f"not ok {name}: {str(reason).strip()[:2000]}", flush=True)
        missed.append(name)
    return bool(holds)


@atexit.register
def judge():
    """However the test ends: with a claim that did not hold it ends with 1."""
    if missed:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


def until(holds, patience=PATIENCE, pause=0.02):
    """True as soon as it holds; false when patience ended. Nothing else waits by sleeping."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Unanswered(Exception):
    """The connection ended without a whole answer: the request was done, or it was not."""


class Node:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.schac = self.folder.name
        self.socket = self.folder / "peregrin.sock"
        self.database = self.folder / "data" / "peregrin.db"
        self.process = None
        self.under = lambda program: [BIN / program]  # how a program is started
        self.local = threading.local()  # a kept connection for each thread

    # --- the process

    def spawn(self, *options):
        """Starts it, and returns without waiting."""
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [*self.under("peregrind"), "-c", self.folder / "peregrind.conf", *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return self

    def start(self, *options):
        """Starts it and waits until it answers."""
        self.spawn(*options)
        if not until(lambda: self.answers() or self.process.poll() is not None, pause=0.005) \
                or self.process.poll() is not None:
            raise RuntimeError(f"{self.schac} does not start: {self.log()[-500:]}")
        return self

    def answers(self):
        try:
            return self.ask("GET", "/api/v1/partners")[0] == 200
        except Unanswered:
            return False

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        """SIGKILL; when this returns it is dead."""
        self.process.kill()
        self.process.wait()

    def stop(self, patience=30):
        """SIGTERM; its exit status and how many seconds it took. None: it did not end by itself."""
        began = time.monotonic()
        self.process.terminate()
        try:
            status = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            status = None
        return status, time.monotonic() - began

    def end(self):
        if self.process and self.process.poll() is None:
            self.kill()

    def log(self):
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    # --- the API and the CLI

    def ask(self, method, path, body=None, key=None, timeout=60):
        """The status and the answer's object."""
        kept = getattr(self.local, "connection", None)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if key:
            headers["Idempotency-Key"] = key
        payload = json.dumps(body) if body is not None else None
        for connection in (kept, None):
            if connection is None:
                connection = self.local.connection = Connection(self.socket, timeout)
            try:
                connection.request(method, path, payload, headers)
                response = connection.getresponse()
                return response.status, json.loads(response.read())
            except (OSError, http.client.HTTPException, ValueError) as problem:
                connection.close()
                self.local.connection = None
                # A kept connection may have been closed while nothing was asked; reading is safe.
                if connection is kept and method == "GET":
                    continue
                raise Unanswered(str(problem)) from problem

    def get(self, path):
        status, answer = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{self.schac}: GET {path}: {status} {answer}")
        return answer

    def pages(self, path, name):
        """All rows of a list, page by page."""
        join, after = "&" if "?" in path else "?", ""
        while True:
            page = self.get(path + (f"{join}after={after}" if after else ""))
            yield from page[name]
            after = page["next"]
            if not after:
                return

    def partner(self):
        """How it stands with the only partner."""
        return self.get("/api/v1/partners")["partners"][0]

    def totals(self):
        return self.get("/api/v1/status")["totals"]

    def waiting(self):
        """Records that are not receipted yet, of whatever kind."""
        totals = self.totals()
        return totals["outbox"] + totals["ready"]

    def connected(self):
        partner = self.partner()
        return partner["state"] == "connected" and partner["guard"] == "lifted"

    def run(self, *arguments):
        """The CLI, asking this node: a CompletedProcess with texts."""
        return subprocess.run([*self.under("peregrin"), *arguments, "--socket", self.socket], text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def nominate(self, partner, nomination, key=None):
        return self.ask("POST", "/api/v1/nominations",
                        {"partner": partner, "nomination": nomination}, key)

    def nominate_many(self, partner, nominations):
        """At most 200, as pairs of key and nomination."""
        return self.ask("POST", "/api/v1/nominations/batch",
                        {"partner": partner, "items": [{"key": key, "nomination": nomination}
                                                       for key, nomination in nominations]})


class Federation:
    """As many nodes as entries SCHAC:NAME:CC, enrolled, and not started. An entry that ends in
    `:none` cannot be dialled; one that begins with `+` lives on the node of the one before it."""

    def __init__(self, *entries):
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="peregrin-"))
        script = '. scripts/federation.sh && federation_make "$@"'
        made = subprocess.run(["bash", "-c", script, "federation", self.place, *entries], cwd=ROOT,
                              text=True, capture_output=True, check=False)
        if made.returncode:
            shutil.rmtree(self.place)
            raise RuntimeError(f"no federation: {made.stderr}")
        self.nodes = [Node(self.place / entry.split(":")[0]) for entry in entries
                      if not entry.startswith("+")]
        self.anchor = self.nodes[0].folder.joinpath("peregrind.conf").read_text() \
            .split('anchor = "')[1].split('"')[0]

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        return self

    def __exit__(self, *_):
        for node in self.nodes:
            node.end()
        if os.environ.get("KEEP"):
            print(f"# kept: {self.place}")
        else:
            shutil.rmtree(self.place)


def letters(number):
    """The number as a name: A to J stand for its digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()


def student(own, number, **more):
    """A nomination that is told apart from all others by the number: in name, e-mail and ESI."""
    return {
        "person": {
            "family_name": f"Kanarie-{letters(number)}", "given_names": "Jóna Mária",
            "birth_date": f"{1998 + number % 8}-0{1 + number % 9}-1{number % 10}", "gender": 2,
            "nationality": "BE", "email": f"kanarie.{number}@student.{own}",
            "esi": f"urn:schac:personalUniqueCode:int:esi:{own}:{number:07}",
        },
        "mobility": "studies", "year": "2026/2027", "term": 1 + number % 2, "eqf": 6,
        "isced_f": "0613", **more,
    }
