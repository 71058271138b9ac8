"""Rubbish at both doors of a node: at its port, as any stranger on the network can send it, and at
its Unix socket, as a broken program of its own user would.

It lives on as the same process, counts what it refused, keeps answering, and what it holds is what it
held. A hostile frame is refused without a line in the log.
"""
import os
import pathlib
import random
import socket
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, claim, student, until  # noqa: E402

SEED = int(os.environ.get("SEED") or 7)
STUDENTS = 20
FRAME_MAX = 66 * 1024
SP_REQ, SP_REP, SP_PAIR = 0x30, 0x31, 0x10


def address_of(node):
    listen = (node.folder / "peregrind.conf").read_text().split('\nlisten = "')[1].split('"')[0]
    host, port = listen.removeprefix("tcp://").split(":")
    return host, int(port)


def what_it_holds(node):
    """All that a user sees, less what counts time and traffic."""
    rows = list(node.pages("/api/v1/nominations?limit=500", "nominations"))
    shown = [node.get(f"/api/v1/nominations/{row['dossier']}") for row in rows]
    return rows, shown, node.totals(), list(node.pages("/api/v1/drafts", "drafts"))


def counters(node):
    return node.get("/api/v1/status")["counters"]


def throw(target, *parts):
    """Connects, sends, and goes; what the other side does with it is its own affair. All of it has
    been read by the other side when the connection is seen to end."""
    with socket.socket() as stream:
        stream.settimeout(5)
        try:
            stream.connect(target)
            for part in parts:
                stream.sendall(part)
            stream.shutdown(socket.SHUT_WR)
            while stream.recv(65536):
                pass
        except OSError:
            pass


def call(path, request):
    """What a Unix socket answers to these bytes, until it ends or is silent for a second."""
    answer = b""
    with socket.socket(socket.AF_UNIX) as stream:
        stream.settimeout(1)
        try:
            stream.connect(str(path))
            stream.sendall(request)
        except OSError:
            pass  # refused while it was sent: the answer may be there all the same
        try:
            while piece := stream.recv(65536):
                answer += piece
        except OSError:
            pass
    return answer


# --- the port


def greeting(protocol):
    """nanomsg's: both sides send it, and what follows is messages with a length before each."""
    return b"\0SP\0" + struct.pack(">HH", protocol, 0)


def message(body, length=None):
    return struct.pack(">Q", len(body) if length is None else length) + body


def framed(frame_):
    return message(b"\x80\0\0\1" + frame_)


def frame(dice, kind, size):
    return bytes([1, kind, 0, 0]) + dice.randbytes(16) + dice.randbytes(size)


def rubbish_without_greeting(dice, target):
    for size in (0, 1, 7, 8, 9, 100, 70000):
        throw(target, dice.randbytes(size))
    for protocol in (SP_REP, SP_PAIR, 0xFFFF):
        throw(target, greeting(protocol), framed(dice.randbytes(100)))
    throw(target, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    throw(target, b"\x16\x03\x01\x02\0" + dice.randbytes(512))


def rubbish_in_messages(dice, target):
    for length in (1 << 62, (1 << 64) - 1, FRAME_MAX + 1, 1 << 31):
        throw(target, greeting(SP_REQ), message(dice.randbytes(1000), length))
    for body in (b"", b"\0", b"\x80", b"\0\0\0\1", b"\0" * 200, b"\x7f" * 400):
        throw(target, greeting(SP_REQ), message(body))
    throw(target, greeting(SP_REQ), struct.pack(">Q", 60000), dice.randbytes(30000))


def rubbish_in_frames(dice, target):
    """A message that nanomsg passes on; how many reach the node is known."""
    sizes = [0, 1, 3, 19, 20, 21, 100, 1000, 65535 - 20, 65535, FRAME_MAX - 100]
    frames = [dice.randbytes(size) for size in sizes]
    frames += [frame(dice, kind, size) for kind in range(256) for size in (0, 40)]
    frames += [frame(dice, kind, dice.randrange(3000)) for kind in (1, 2, 3, 4) for _ in range(100)]
    for at in range(0, len(frames), 50):
        throw(target, greeting(SP_REQ), *map(framed, frames[at:at + 50]))
    return len(frames)



def at_the_port(dice, home):
    target, before, log = address_of(home), counters(home), len(home.log())
    rubbish_without_greeting(dice, target)
    rubbish_in_messages(dice, target)
    count = rubbish_in_frames(dice, target)
    # A frame in a connection that is closed may be thrown away before it is read: a few are.
    claim("refused_frames_are_counted", until(
        lambda: counters(home)["frames_refused"] - before["frames_refused"] >= count // 2, 10),
        lambda: (count, before, counters(home)))
    said = home.log()[log:]
    claim("unauthenticated_bytes_make_no_line_in_the_log", said == "", lambda: said)
    with_many_connections(home, target)
    print(f"# {count} frames thrown, "
          f"{counters(home)['frames_refused'] - before['frames_refused']} counted as refused")


def with_many_connections(home, target):
    """Three hundred that stay open and say nothing; the node serves others meanwhile."""
    held = []
    for _ in range(300):
        stream = socket.socket()
        stream.settimeout(5)
        try:
            stream.connect(target)
            stream.sendall(greeting(SP_REQ)[:len(held) % 9])
        except OSError:
            stream.close()
            break
        held.append(stream)
    claim("silent_connections_do_not_stop_it", len(held) == 300 and home.answers(), len(held))
    for stream in held:
        stream.close()


# --- the Unix socket


def http(method, path, headers=(), body=b""):
    lines = [f"{method} {path} HTTP/1.1", "Host: x", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def json_call(path, body, more=()):
    return http("POST", path, ["Content-Type: application/json", f"Content-Length: {len(body)}",
                               "Connection: close", *more], body)


def status_of(answer):
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0


def bad_requests(dice):
    """Each with the statuses that may answer it; 0: the connection ends without an answer."""
    deep = b'{"nomination":' * 3000 + b"1" + b"}" * 3000
    post = "/api/v1/nominations"
    refused = {0, 400, 404, 405, 413, 414, 415, 422, 431, 501, 505}
    return [
        (dice.randbytes(2000), refused),
        (b"\0" * 5000, refused),
        (b"GET", refused),
        (b"POST /api/v1/nominations HTTP/9.9\r\n\r\n", refused),
        (http("GET", "/" + "a" * 200000), refused),
        (http("GET", "/api/v1/status", [f"X-{n}: {'y' * 1000}" for n in range(500)]), refused),
        (http("BREW", "/api/v1/status", ["Connection: close"]), {404, 405, 400, 501}),
        (http("GET", "/api/v1/../../etc/passwd", ["Connection: close"]), {404}),
        (http("GET", "/api/v1/nominations/%00%ff", ["Connection: close"]), {404, 422, 400}),
        (http("GET", "/api/v1/nominations?limit=-1", ["Connection: close"]), {400}),
        (http("GET", "/api/v1/nominations?after=%FF%00", ["Connection: close"]), {400}),
        (http("POST", post, ["Content-Length: 9000000", "Connection: close"], b"x" * 9000000),
         {413}),
        (http("POST", post, ["Content-Length: 99999999999999999999"]), refused),
        (http("POST", post, ["Content-Length: -5"]), refused),
        (http("POST", post, ["Transfer-Encoding: chunked"], b"FFFFFFFFFFFFFFFFF\r\n"), refused),
        (json_call(post, b""), {400, 422}),
        (json_call(post, b"[" * 100000), {400, 413, 422}),
        (json_call(post, deep), {400, 413, 422}),
        (json_call(post, b'{"partner":"uhasselt.be","nomination":{"person":{"family_name":"'
                   + b"x" * 1000000 + b'"}}}'), {413, 422}),
        (json_call(post, b'{"partner":"uhasselt.be","nomination":{"person":{"family_name":"\xff"}}}'),
         {400, 422}),
        (json_call(post, b'{"partner":1e999,"nomination":null}'), {400, 422}),
        (json_call(post, b"{}", ["Idempotency-Key: " + "k" * 129]), {400}),
        (json_call("/api/v1/nominations/batch", b'{"partner":"uhasselt.be","items":['
                   + b",".join([b"{}"] * 201) + b"]}"), {413, 422}),
        (json_call("/api/v1/imports", b'{"content":"' + b"a;" * 100000 + b'","confirm":true}'),
         {400, 413, 422}),
        (dice.randbytes(3000000), refused),
    ]


def at_the_socket(dice, home):
    wrong = []
    for number, (request, allowed) in enumerate(bad_requests(dice)):
        got = status_of(call(home.socket, request))
        if got not in allowed:
            wrong.append((number, request[:80], got))
    claim("bad_requests_are_refused", not wrong, lambda: wrong)
    claim("it_answers_the_next_one", home.answers())
    held = []
    for _ in range(40):
        stream = socket.socket(socket.AF_UNIX)
        stream.settimeout(5)
        stream.connect(str(home.socket))
        stream.sendall(http("POST", "/api/v1/nominations", ["Content-Length: 100"], b"{"))
        held.append(stream)
    claim("half_requests_do_not_stop_it", home.answers())
    for stream in held:
        stream.close()


def main():
    dice = random.Random(SEED)
    print(f"# SEED={SEED}")
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        home.start()
        host.start()
        until(lambda: home.connected() and host.connected())
        for number in range(STUDENTS):
            home.nominate(host.schac, student(home.schac, number))
        until(lambda: home.waiting() == 0)
        process, before = home.process.pid, what_it_holds(home)
        at_the_port(dice, home)
        at_the_socket(dice, home)
        claim("it_is_still_the_same_process", home.process.poll() is None and
              home.process.pid == process, lambda: home.log()[-500:])
        claim("what_it_holds_has_not_changed", what_it_holds(home) == before,
              lambda: (home.totals(), before[2]))
        status, answer = home.nominate(host.schac, student(home.schac, STUDENTS))
        claim("its_partner_is_served_as_before", status == 201 and
              until(lambda: home.waiting() == 0, 20), lambda: (answer, home.partner()))
        said = home.run("audit", "verify")
        claim("its_audit_passes", said.returncode == 0, said.stdout + said.stderr)
        status, seconds = home.stop()
        claim("it_stops_as_it_should", status == 0, f"status {status} after {seconds:.1f} s")


main()
