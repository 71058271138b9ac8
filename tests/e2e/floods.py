"""Strangers without a key, by the thousand, at the port of a real node: connections that come and go,
greet wrongly, announce messages of 2^64 bytes, send a byte at a time, stay and say nothing, open
sessions with a wrong tag; until no descriptor is left. Then the same at its HTTP doors, and at the
HAProxy that the package brings.

The node is the same process all the time, counts them, says how many it bears and what to do, and a
partner's records come through. How long they take is measured alone and during each flood in turn.
"""
import contextlib
import os
import pathlib
import random
import re
import resource
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time

SEED = int(os.environ.get("SEED") or 7)
SOAK = bool(os.environ.get("SOAK"))
IDLE = 2000
HALF = 300  # frames that never become whole
FRAMES = 20000
SAMPLES = 2000 if SOAK else 100  # records of the honest partner, alone and during a flood
SLOWER = 20  # at most: twice is what is promised, and a test has ten times the slack
LEFT_OVER = 100  # nanomsg's books keep a few of the many that were cut for what they sent
FEW = 400  # descriptors, when they are to run out
SP_REQ, SP_REP, SP_PAIR, SP_BUS = 0x30, 0x31, 0x10, 0x70
TOO_LONG = (1 << 20, (1 << 20) + 1, 1 << 31, 1 << 40, 1 << 63, (1 << 64) - 1)


def greeting(protocol=SP_REQ):
    return b"\0SP\0" + struct.pack(">HH", protocol, 0)


def message(body, length=None):
    return struct.pack(">Q", len(body) if length is None else length) + body


def framed(frame):
    return message(b"\x80\0\0\1" + frame)


def opening(dice, hint):
    """With all that an opening has, and a tag by somebody who has no key."""
    counter = struct.pack("<Q", time.time_ns() // 1000)
    return bytes([1, 1, 0, 0]) + dice.randbytes(8) + counter + hint + b"\1\1" + dice.randbytes(112)


def transport(dice, size=134):
    """Of a session that nobody has opened."""
    return bytes([1, 3, 0, 0]) + dice.randbytes(16) + dice.randbytes(size)


def connect(target, source=None):
    stream = socket.socket()
    stream.settimeout(5)
    if source:
        stream.bind((source, 0))
    stream.connect(target)
    return stream


# --- what a flood does, again and again, in a process of its own


def once(target, *parts, reset=False):
    with contextlib.suppress(OSError), connect(target) as stream:
        for part in parts:
            stream.sendall(part)
        if reset:
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def connect_close(_, target, __):
    once(target)


def connect_reset(_, target, __):
    once(target, greeting(), reset=True)


def garbage(dice, target, _):
    once(target, dice.randbytes(dice.randrange(200)))
    once(target, greeting(), dice.randbytes(dice.randrange(200)))
    once(target, greeting(dice.choice([SP_REP, SP_PAIR, SP_BUS, dice.randrange(65536)])),
         framed(transport(dice)))


def too_long(dice, target, _):
    for length in TOO_LONG:
        once(target, greeting(), message(dice.randbytes(100), length))


def byte_at_a_time(dice, target, _):
    """A hundred connections, each sending one frame after another in single bytes."""
    streams = [connect(target) for _ in range(100)]
    for stream in streams:
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream.sendall(greeting())
    text = framed(transport(dice, 20))
    while True:
        for byte in text:
            for stream in streams:
                stream.sendall(bytes([byte]))


def endless(target, make, connections):
    streams = [connect(target) for _ in range(connections)]
    for stream in streams:
        stream.sendall(greeting())
    while True:
        for stream in streams:
            stream.sendall(b"".join(framed(make()) for _ in range(50)))


def false_openings(dice, target, hint):
    endless(target, lambda: opening(dice, hint), 1)


def unknown_sessions(dice, target, _):
    """From so many that a partner would wait for hundreds of them, were each of them dear."""
    endless(target, lambda: transport(dice), 300)


FLOODS = {flood.__name__: flood for flood in (
    connect_close, connect_reset, garbage, too_long, byte_at_a_time, false_openings,
    unknown_sessions)}


def flood(name, host, port, hint):
    """Elsewhere, were this no test: so it takes of this machine's processors what others leave."""
    os.nice(10)
    dice = random.Random(SEED)
    print("on", flush=True)
    while True:
        with contextlib.suppress(OSError):
            FLOODS[name](dice, (host, int(port)), bytes.fromhex(hint))


if sys.argv[1:2] == ["--flood"]:
    flood(*sys.argv[2:])

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, ROOT, Federation, Unanswered, claim, student, until  # noqa: E402


@contextlib.contextmanager
def flooding(name, target, hint):
    child = subprocess.Popen([sys.executable, "-B", __file__, "--flood", name, target[0],
                              str(target[1]), hint.hex()], stdout=subprocess.PIPE)
    try:
        child.stdout.readline()
        yield
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


# --- looking at a node


def target_of(node):
    listen = (node.folder / "peregrind.conf").read_text().split('\nlisten = "')[1].split('"')[0]
    host, port = listen.removeprefix("tcp://").split(":")
    return host, int(port)


def counter(node, name):
    return node.get("/api/v1/status")["counters"][name]


def doctor(node, code):
    checks = node.get("/api/v1/checks")["checks"]
    return next(check for check in checks if check["code"] == code)


def metric(node, name):
    text = subprocess.run(["curl", "-s", "--unix-socket", node.socket, "http://node/metrics"],
                          text=True, capture_output=True, check=False).stdout
    found = re.search(rf"^{name} ([\d.]+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def seconds_used(node):
    """Of the processor."""
    return metric(node, "process_cpu_seconds_total")


def resident(node):
    status = pathlib.Path(f"/proc/{node.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def descriptors(node):
    return len(os.listdir(f"/proc/{node.process.pid}/fd"))


def allow(node, descriptors):
    subprocess.run(["prlimit", f"--pid={node.process.pid}", f"--nofile={descriptors}:"],
                   check=True)


# --- the honest partner


class Honest:
    """Nominates one student after the other; each is delivered before the next."""

    def __init__(self, node, partner):
        self.node, self.partner, self.count, self.worst = node, partner, 0, 0.0

    def deliver(self):
        self.count += 1
        began = time.perf_counter()
        status, answer = self.node.nominate(self.partner, student(self.node.schac, self.count))
        if status != 201:
            raise RuntimeError(f"{status} {answer}")
        arrived = until(lambda: self.node.partner()["outbox"] == 0, pause=0)
        return time.perf_counter() - began if arrived else float("inf")

    def measure(self):
        """Median and 99th percentile, in milliseconds."""
        cuts = statistics.quantiles((self.deliver() for _ in range(SAMPLES)), n=100)
        return 1000 * cuts[49], 1000 * cuts[98]

    def compare(self, name, during):
        """Alone and during, in turn; `during()` is a context. A machine that has other work may be
        slow at any time, so what is too slow is measured again."""
        for _ in range(3):
            median, alone = self.measure()
            with during():
                slowed, meanwhile = self.measure()
            ratio = meanwhile / alone
            print(f"# {name}: p50 {median:.1f} ms alone, {slowed:.1f} during; "
                  f"p99 {alone:.1f} alone, {meanwhile:.1f} during: {ratio:.1f}", flush=True)
            if ratio <= SLOWER:
                break
        claim(f"its_partner_is_served_during_{name}", ratio <= SLOWER, (alone, meanwhile))


# --- what one connection may do


def is_cut(stream, patience=5, greeted=True):
    """The other side ends it, and sends nothing but its greeting before; a proxy not even that."""
    heard = b""
    stream.settimeout(patience)
    try:
        while piece := stream.recv(65536):
            heard += piece
    except TimeoutError:
        return False
    except OSError:
        pass
    return heard == b"" or (greeted and heard == greeting(SP_REP))


def one_at_a_time(dice, home):
    target, before = target_of(home), resident(home)
    kept = []
    for length in TOO_LONG:
        with connect(target) as stream:
            stream.sendall(greeting() + struct.pack(">Q", length))
            if not is_cut(stream):
                kept.append(length)
    claim("who_announces_too_much_is_cut_at_once", not kept, kept)
    kept = []
    for protocol in (SP_REP, SP_PAIR, SP_BUS, 0, 0xFFFF):
        with connect(target) as stream:
            stream.sendall(greeting(protocol))
            if not is_cut(stream):
                kept.append(protocol)
    claim("who_greets_by_another_protocol_is_cut", not kept, kept)
    for text in (b"GET / HTTP/1.1\r\n\r\n", dice.randbytes(8), b"\0SP\1" + bytes(4)):
        with connect(target) as stream:
            stream.sendall(text)
            if not is_cut(stream):
                kept.append(text)
    claim("who_does_not_greet_is_cut", not kept, kept)
    for _ in range(HALF):
        stream = connect(target)
        stream.sendall(greeting() + struct.pack(">Q", 66000) + dice.randbytes(60000))
        stream.recv(8)
        kept.append(stream)
    grown = resident(home) - before
    print(f"# {HALF} frames that are not whole: {grown:.0f} MB more")
    claim("what_is_never_whole_takes_a_frame_of_memory_each", grown < HALF * 2 * 66 / 1024, grown)
    for stream in kept:
        stream.close()


def costs(dice, home, hint):
    """An opening with a wrong tag, beside a frame of the same size that is thrown away unread. The
    hash is half a microsecond, a DH some thirty, and a handshake has four."""
    target, spent, heard = target_of(home), {}, b""
    makes = {"frames_refused": lambda: transport(dice),
             "openings_refused": lambda: opening(dice, hint)}
    for name, make in makes.items():
        text = b"".join(framed(make()) for _ in range(FRAMES))
        before, refused = seconds_used(home), counter(home, name)
        with connect(target) as stream:
            stream.sendall(greeting())
            stream.sendall(text)
            all_counted = until(lambda: counter(home, name) - refused >= FRAMES)
            spent[name] = (seconds_used(home) - before) * 1e6 / FRAMES
            stream.settimeout(0.2)
            with contextlib.suppress(TimeoutError):
                while piece := stream.recv(65536):
                    heard += piece
        exact = counter(home, name) - refused
        claim(f"each_of_{FRAMES}_is_counted_in_{name}", all_counted and exact == FRAMES, exact)
    claim("no_stranger_gets_an_answer", heard == 2 * greeting(SP_REP), heard[:100])
    more = spent["openings_refused"] - spent["frames_refused"]
    print(f"# a refused frame {spent['frames_refused']:.1f} us, a false opening "
          f"{spent['openings_refused']:.1f} us of the node's processor")
    claim("a_false_opening_costs_a_hash_and_no_key_exchange", more < 10, f"{more:.1f} us more")


# --- who stays


@contextlib.contextmanager
def held(target, count, *parts, source=None, paced=True):
    """Connections that have sent these and say nothing more. Where they are paced the greeting is read
    now and then, so that the node's queue never overflows."""
    streams = []
    try:
        for number in range(count):
            try:
                stream = connect(target, source)
                streams.append(stream)
                for part in parts:
                    stream.sendall(part)
                if paced and number % 40 == 39:
                    stream.recv(8)
            except TimeoutError:
                break  # nobody takes any more
            except OSError:
                pass  # it was cut: the next one
        yield streams
    finally:
        for stream in streams:
            stream.close()


def who_stays(home, honest):
    target, log, before = target_of(home), len(home.log()), resident(home)
    honest.compare("two_thousand_idle", lambda: held(target, IDLE, greeting()))
    with held(target, IDLE, greeting()) as idle:
        claim("two_thousand_idle_ones_are_held", len(idle) == IDLE, len(idle))
        claim("they_are_counted", until(lambda: counter(home, "network_callers") >= IDLE, 10)
              and metric(home, "peregrin_network_callers") >= IDLE,
              lambda: counter(home, "network_callers"))
        check = doctor(home, "callers")
        claim("doctor_says_how_many_and_what_to_do", check["state"] == "noted"
              and re.match(r"20\d\d connections at the listener, cut above \d+ ", check["what"])
              and "HAProxy" in check["remedy"], check)
        said = doctor(home, "descriptors")["what"]
        claim("and_how_many_descriptors_are_left", re.match(r"\d+ allowed, 2\d\d\d in use", said),
              said)
        said = home.run("status").stdout
        claim("status_has_a_line_on_it",
              re.search(r"^Strangers  20\d\d connections at the listener", said, re.MULTILINE)
              and max(map(len, said.splitlines())) <= 80, said)
        with held(target, IDLE) as half:
            claim("and_two_thousand_that_have_not_greeted", len(half) == IDLE, len(half))
            claim("are_cut_after_a_moment",
                  until(lambda: counter(home, "network_callers") < 1.5 * IDLE, 20),
                  lambda: counter(home, "network_callers"))
        print(f"# {IDLE} idle and {IDLE} half-open: {resident(home) - before:.0f} MB more")
    gone = until(lambda: counter(home, "network_callers") < LEFT_OVER, 10)
    claim("when_they_go_their_descriptors_are_free", gone and doctor(home, "callers")["state"]
          == "fine", lambda: doctor(home, "callers"))
    claim("so_few_make_no_line_in_the_log", home.log()[log:] == "", lambda: home.log()[log:])


def while_they_come_again(home, honest):
    """Cut, they fill it at once; in between records come through."""
    target, stop = target_of(home), threading.Event()

    def fill():
        while not stop.is_set():
            with held(target, FEW + 50, greeting()):
                stop.wait(0.05)

    thread = threading.Thread(target=fill)
    thread.start()
    took = [honest.deliver() for _ in range(5 if SOAK else 1)]
    stop.set()
    thread.join()
    print(f"# while the listener was filled again and again {len(took)} records took "
          f"{sum(took):.1f} s; cut {counter(home, 'network_hang_ups')} times")
    claim("while_they_come_again_and_again_records_come_through", max(took) < 60, took)


def without_descriptors(home, honest):
    """As many come as there are descriptors, and come again."""
    target, log, process = target_of(home), len(home.log()), home.process.pid
    allow(home, FEW)
    for number in range(1, 4):
        with held(target, FEW + 200, greeting()):
            claim(f"out_of_descriptors_it_answers_{number}", until(lambda: answers(home), 20)
                  and counter(home, "network_hang_ups") >= number,
                  lambda: counter(home, "network_hang_ups"))
            done = home.run("status")
            claim(f"also_who_comes_anew_{number}", done.returncode == 0, done.stderr)
    while_they_come_again(home, honest)
    said = home.log()[log:]
    claim("the_log_says_so_once_with_the_remedy", said.count("were cut before") == 1
          and said.count("alarm") <= 2 and "LimitNOFILE" in said and "HAProxy" in said, said)
    check = doctor(home, "callers")
    claim("doctor_says_how_often", re.search(r"\([1-9]\d* times since the start\)", check["what"]),
          check)
    claim("and_the_metric", metric(home, "peregrin_network_hang_ups_total") >= 3)
    before = seconds_used(home)
    claim("its_partner_comes_back_by_itself", honest.deliver() < 60)
    spent, began = seconds_used(home) - before, time.monotonic()
    before = seconds_used(home)
    until(lambda: time.monotonic() - began > 0.5, pause=0.5)
    spent = (seconds_used(home) - before) / (time.monotonic() - began)
    claim("and_the_processor_is_idle_again", spent < 0.5, f"{100 * spent:.0f} %")
    claim("it_is_the_same_process", home.process.poll() is None and home.process.pid == process)
    allow(home, 4096)


def answers(node):
    try:
        return node.ask("GET", "/api/v1/status", timeout=5)[0] == 200
    except Unanswered:
        return False


def too_few_to_begin(home):
    """nanomsg aborts or hangs where its first socket finds none."""
    wrong = []
    for limit in (8, 12, 13, 16, 40, 127):
        done = subprocess.run(["prlimit", f"--nofile={limit}:{limit}", BIN / "peregrind", "-c",
                               home.folder / "peregrind.conf"], text=True, capture_output=True,
                              check=False, timeout=60)
        if done.returncode != 3 or f"allows {limit} file descriptors" not in done.stderr \
                or "LimitNOFILE" not in done.stderr:
            wrong.append((limit, done.returncode, done.stderr))
    claim("with_too_few_descriptors_it_does_not_begin_and_says_why", not wrong, wrong)


# --- the HTTP doors


def door_of_the_socket(home):
    """More than it holds, each with half a request that grows by a byte now and then."""
    streams, stop = [], threading.Event()

    def trickle():
        while not stop.wait(0.2):
            for stream in streams:
                with contextlib.suppress(OSError):
                    stream.send(b"a")

    for _ in range(64):
        stream = socket.socket(socket.AF_UNIX)
        stream.settimeout(5)
        stream.connect(str(home.socket))
        stream.sendall(b"GET /api/v1/status HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        streams.append(stream)
    threading.Thread(target=trickle, daemon=True).start()
    began = time.monotonic()
    done = home.run("status")
    took = time.monotonic() - began
    stop.set()
    print(f"# with 64 slow requests at the socket the CLI was answered after {took:.1f} s")
    claim("slow_requests_at_the_socket_make_room_for_others", done.returncode == 0 and took < 30,
          (took, done.stderr))
    for stream in streams:
        stream.close()


def in_a_minute(target):
    """A request that grows by a byte a second, and a connection that says nothing; from an address
    that holds nothing else."""
    ends = {}
    with connect(target, "127.0.0.8") as slow, connect(target, "127.0.0.8") as silent:
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        began = time.monotonic()
        streams = {"slow": slow, "silent": silent}
        while len(ends) < 2 and time.monotonic() - began < 120:
            with contextlib.suppress(OSError):
                slow.send(b"a")
            for name, stream in streams.items():
                if name not in ends and is_cut(stream, 0.5):
                    ends[name] = time.monotonic() - began
    print(f"# cut after seconds: {ends}")
    claim("who_is_silent_is_cut_in_half_a_minute", 25 < ends.get("silent", 0) < 45, ends)
    claim("a_request_must_be_whole_within_a_minute", 55 < ends.get("slow", 0) < 75, ends)


def door_of_tcp(home, port):
    """What one address may hold, and how much it may say without a name."""
    heard = {}
    tries = {
        "headers": b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 40000 + b"\r\n\r\n",
        "body": b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"Content-Length: 70000\r\nConnection: close\r\n\r\n" + b" " * 70000,
    }
    for name, text in tries.items():
        with connect(("127.0.0.1", port)) as stream, contextlib.suppress(OSError):
            stream.sendall(text)
            heard[name] = stream.recv(4096)[9:12]
    claim("headers_have_a_bound", heard.get("headers") == b"431", heard)
    claim("so_has_a_body_without_a_name", heard.get("body") == b"413", heard)
    half = b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    with held(("127.0.0.1", port), 40, half, paced=False) as streams:
        turned = sum(is_cut(stream, 0.02) for stream in streams)
        claim("one_address_holds_no_more_than_its_share", turned >= 8, turned)
        claim("slow_requests_at_tcp_leave_the_socket_free", answers(home))
        with connect(("127.0.0.1", port), "127.0.0.9") as stream:
            stream.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            got = stream.recv(100)
            claim("and_other_addresses_are_served", got.startswith(b"HTTP/1.1 200"), got)


# --- HAProxy before it


def free_port():
    script = ". scripts/federation.sh && federation_port"
    return int(subprocess.run(["bash", "-c", script], cwd=ROOT, text=True, capture_output=True,
                              check=True).stdout)


@contextlib.contextmanager
def proxy(folder, target, behind, idle=None):
    """As it is shipped, but for its addresses and the machine's log; where `idle` is given, for that
    time as well."""
    text = (ROOT / "scripts" / "deb" / "haproxy.cfg").read_text()
    text = re.sub(r"    (log|option) .*\n", "", text)
    text = text.replace("bind :7301", f"bind {target[0]}:{target[1]}") \
        .replace("127.0.0.1:7302", f"127.0.0.1:{behind}")
    if idle:
        text = re.sub(r"timeout (client|server) 75s", rf"timeout \1 {idle}", text)
    path = folder / "haproxy.cfg"
    path.write_text(text)
    with open(folder / "haproxy.log", "ab") as log:
        child = subprocess.Popen(["haproxy", "-db", "-q", "-f", path], stdin=subprocess.DEVNULL,
                                 stdout=log, stderr=log)
    try:
        until(lambda: child.poll() is not None or can_connect(target))
        yield
    finally:
        child.terminate()
        child.wait()


def can_connect(target):
    with contextlib.suppress(OSError), connect(target):
        return True
    return False


def the_file_itself(home):
    path = ROOT / "scripts" / "deb" / "haproxy.cfg"
    done = subprocess.run(["haproxy", "-c", "-f", path], text=True, capture_output=True,
                          check=False)
    claim("haproxy_takes_the_file_as_it_is", done.returncode == 0
          and "WARNING" not in done.stderr, done.stdout + done.stderr)
    debians = pathlib.Path("/etc/haproxy/haproxy.cfg")
    if debians.exists():
        done = subprocess.run(["haproxy", "-c", "-f", debians, "-f", path], text=True,
                              capture_output=True, check=False)
        claim("and_after_the_configuration_of_the_machine", done.returncode == 0
              and "peregrin" not in done.stderr, done.stdout + done.stderr)
    text = path.read_text()
    pings = re.search(r"PING_AFTER = (\d+)000000;", (ROOT / "node/engine/dial.c").read_text())
    idle = {int(number) for number in re.findall(r"timeout (?:client|server) (\d+)s", text)}
    claim("partners_ping_more_often_than_it_cuts", pings and idle
          and min(idle) >= 3 * int(pings[1]), (pings, idle))
    most = max(int(number) for number in re.findall(r"maxconn (\d+)", text))
    allow(home, 20000 if hard_limit() >= 20000 else hard_limit())
    borne = counter(home, "network_callers_max")
    claim("it_lets_in_fewer_than_the_node_bears", most < borne or hard_limit() < 20000,
          (most, borne))


def hard_limit():
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1]


def behind_haproxy(federation, home, honest):
    if not shutil.which("haproxy"):
        print("skip haproxy_cuts_who_is_idle: haproxy is not installed; see scripts/setup")
        return
    the_file_itself(home)
    target, behind = target_of(home), free_port()
    home.stop()
    path = home.folder / "peregrind.conf"
    path.write_text(path.read_text().replace(f'listen = "tcp://{target[0]}:{target[1]}"',
                                             f'listen = "tcp://127.0.0.1:{behind}"'))
    home.start()
    with proxy(federation.place, target, behind):
        claim("through_haproxy_its_partner_is_served", honest.deliver() < 60)
        refused_by_haproxy(home, target)
        with held(target, 190, greeting(), source="127.0.0.3"):
            honest.compare("connect_reset_before_haproxy",
                           lambda: flooding("connect_reset", target, bytes(8)))
    with proxy(federation.place, target, behind, idle="1s"):
        cut_by_haproxy(home, target)
        claim("and_its_partner_comes_back", honest.deliver() < 60)


def refused_by_haproxy(home, target):
    callers, before = counter(home, "network_callers"), descriptors(home)
    kept = []
    for text in (b"GET / HTTP/1.1\r\n\r\n", greeting(SP_PAIR), b"x" * 8):
        with connect(target, "127.0.0.4") as stream:
            stream.sendall(text)
            if not is_cut(stream, greeted=False):
                kept.append(text)
    claim("haproxy_cuts_who_greets_wrongly", not kept, kept)
    with contextlib.ExitStack() as stack:
        half = [stream for at in range(2, 12) for stream in stack.enter_context(
            held(target, 200, source=f"127.0.1.{at}", paced=False))]
        claim("who_has_not_greeted_stands_there_and_not_at_the_node", len(half) == IDLE
              and descriptors(home) < before + 20, lambda: (len(half), before, descriptors(home)))
        claim("and_is_cut_by_it", all(is_cut(stream, greeted=False) for stream in half))
    with held(target, 210, greeting(), source="127.0.0.5") as streams:
        until(lambda: counter(home, "network_callers") >= callers + 200, 10)
        claim("one_address_gets_its_share_and_no_more",
              len(streams) >= 200 and counter(home, "network_callers") <= callers + 201,
              lambda: (len(streams), counter(home, "network_callers")))


def cut_by_haproxy(home, target):
    with contextlib.ExitStack() as stack:
        idle = [stream for at in range(2, 12) for stream in stack.enter_context(
            held(target, 200, greeting(), source=f"127.0.2.{at}"))]
        claim("two_thousand_idle_ones_come_through_haproxy", len(idle) == IDLE, len(idle))
        claim("haproxy_cuts_who_is_idle", all(is_cut(stream) for stream in idle))
        claim("and_the_node_is_rid_of_them",
              until(lambda: counter(home, "network_callers") < LEFT_OVER, 10),
              lambda: counter(home, "network_callers"))


# --- all of it


def hint_of(node):
    """What tells a node's transport key apart: the beginning of its fingerprint."""
    key = next(node.folder.glob("keys/*.transport.key"))
    said = subprocess.run([BIN / "peregrin", "key", "fingerprint", key, "--plain"], text=True,
                          capture_output=True, check=True).stdout
    return bytes.fromhex(said)[:8]


started = time.monotonic()


def stage(name):
    print(f"# {time.monotonic() - started:.1f} s: {name}", flush=True)


def main():
    dice = random.Random(SEED)
    print(f"# SEED={SEED}")
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        port = free_port()
        with open(home.folder / "peregrind.conf", "a") as file:
            file.write(f'\napi_listen = "tcp://127.0.0.1:{port}"\n')
        too_few_to_begin(home)
        home.start()
        host.start()
        until(lambda: home.connected() and host.connected())
        process, log, honest = home.process.pid, len(home.log()), Honest(host, home.schac)
        hint = hint_of(host)
        stage("one_at_a_time")
        one_at_a_time(dice, home)
        stage("costs")
        costs(dice, home, hint)
        for name in FLOODS:
            honest.compare(name, lambda: flooding(name, target_of(home), hint))
        claim("floods_make_no_line_in_the_log", home.log()[log:] == "", lambda: home.log()[log:])
        stage("who_stays")
        who_stays(home, honest)
        stage("without_descriptors")
        without_descriptors(home, honest)
        stage("door_of_tcp")
        door_of_tcp(home, port)
        if SOAK:
            in_a_minute(("127.0.0.1", port))
        stage("door_of_the_socket")
        door_of_the_socket(home)
        claim("it_was_the_same_process_all_the_time", home.process.poll() is None
              and home.process.pid == process, lambda: home.log()[-500:])
        stage("behind_haproxy")
        behind_haproxy(federation, home, honest)
        said = home.run("audit", "verify")
        claim("its_audit_passes", said.returncode == 0, said.stdout + said.stderr)
        claim("and_it_holds_all_that_its_partner_said",
              len(list(home.pages("/api/v1/nominations?limit=500", "nominations")))
              == honest.count, honest.count)


main()
