"""Webhooks as the program at the other end sees them, whatever happens to either.

Every event comes at least once, in order, under the same id each time, signed, and naming nobody. A
receiver that is down, slow, talkative, elsewhere or not to be trusted loses nothing and hinders
nobody; a node that falls repeats rather than forgets.
"""
import hashlib
import hmac
import http.server
import json
import pathlib
import ssl
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, claim, student, until  # noqa: E402


class Receiver:
    """Somebody's server. `says` gives the status of each message, or does as it likes."""

    def __init__(self, says=lambda handler, message: 200, tls=None):
        self.messages, self.says, self.lock = [], says, threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                message = {"path": self.path, "headers": dict(self.headers), "raw": body,
                           "body": json.loads(body), "at": time.time()}
                with receiver.lock:
                    receiver.messages.append(message)
                status = receiver.says(self, message)
                if status:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()

            def handle(self):
                try:
                    super().handle()
                except OSError:
                    pass  # the node is killed, or leaves: that is what is tried here

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path="/hook", scheme="http"):
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    def ids(self):
        with self.lock:
            return [message["body"]["id"] for message in self.messages]

    def cursors(self):
        with self.lock:
            return [message["body"].get("cursor") for message in self.messages]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def add(node, url, **more):
    status, answer = node.ask("POST", "/api/v1/webhooks", {"url": url, **more})
    if status != 201:
        raise RuntimeError(f"no webhook: {status} {answer}")
    return answer["webhook"]["id"], answer["secret"]


def state(node, name):
    return next(hook for hook in node.get("/api/v1/webhooks")["webhooks"] if hook["id"] == name)


def newest(node):
    return int(node.get("/api/v1/events?after=newest")["next"])


def signed(message, secret):
    """By the documentation alone: HMAC-SHA-256 over the time, a dot, and the body as it came."""
    fields = dict(field.split("=", 1) for field in
                  message["headers"]["Peregrin-Signature"].split(","))
    wanted = hmac.new(secret.encode(), fields["t"].encode() + b"." + message["raw"],
                      hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, fields["v1"]) and abs(message["at"] - int(fields["t"])) < 60


def nominate(home, host, numbers):
    for number in numbers:
        home.nominate(host.schac, student(home.schac, number))
    until(lambda: home.waiting() == 0)


def told(home, host):
    receiver = Receiver()
    begin = newest(home)
    name, secret = add(home, receiver.url())
    nominate(home, host, range(3))
    claim("every_event_comes", until(lambda: len(receiver.messages) == newest(home) - begin),
          receiver.cursors())
    claim("in_the_order_of_happening", receiver.cursors() ==
          list(range(begin + 1, newest(home) + 1)), receiver.cursors())
    messages = receiver.messages
    claim("each_is_signed", all(signed(message, secret) for message in messages))
    claim("another_secret_does_not_hold", not signed(messages[0], secret + "0"))
    claim("the_id_is_in_the_header_too", all(message["headers"]["Peregrin-Delivery"] ==
                                             message["body"]["id"] for message in messages))
    said = b"".join(message["raw"] for message in messages).lower()
    claim("nobody_is_named", b"kanarie" not in said and b"@" not in said and b"esi" not in said)
    claim("only_what_is_promised", {key for message in messages for key in message["body"]} ==
          {"id", "type", "at", "cursor", "own", "partner", "dossier"}, messages[0]["body"])
    claim("how_it_goes_is_shown", state(home, name)["delivered"] == len(messages) and
          state(home, name)["state"] == "fine", state(home, name))
    claim("the_secret_is_not_shown_again", secret not in json.dumps(home.get("/api/v1/webhooks")))
    home.ask("DELETE", f"/api/v1/webhooks/{name}")
    nominate(home, host, [3])
    claim("a_removed_one_hears_nothing", len(receiver.messages) == len(messages))
    receiver.close()


def narrowed(home, host):
    receiver = Receiver()
    name, _ = add(home, receiver.url(), kinds=["record.delivered"])
    nominate(home, host, range(10, 13))
    claim("only_the_kinds_that_were_asked_for", until(lambda: len(receiver.messages) == 3) and
          {message["body"]["type"] for message in receiver.messages} == {"record.delivered"})
    home.ask("DELETE", f"/api/v1/webhooks/{name}")
    receiver.close()


def failing(home, host):
    """Down, then up: the same events again, with the same ids, and none is skipped."""
    failures = [500, 503, 302, 404]
    statuses = list(failures)

    def says(handler, message):
        return statuses.pop(0) if statuses else 200
    receiver = Receiver(says)
    name, secret = add(home, receiver.url())
    begin = newest(home)
    nominate(home, host, [20])

    def moved():
        if not statuses or state(home, name)["attempts"]:
            home.ask("POST", f"/api/v1/webhooks/{name}/retry")
        return state(home, name)["cursor"] == newest(home)
    claim("what_was_not_taken_comes_again", until(moved), lambda: state(home, name))
    ids = receiver.ids()
    claim("under_the_same_id", len(set(ids[:len(failures) + 1])) == 1, ids)
    cursors = receiver.cursors()[len(failures):]
    claim("and_none_is_skipped", cursors == list(range(begin + 1, newest(home) + 1)), cursors)
    claim("each_attempt_is_signed", all(signed(message, secret) for message in receiver.messages))
    home.ask("DELETE", f"/api/v1/webhooks/{name}")
    receiver.close()


def redirected(home, host):
    other = Receiver()

    def says(handler, message):
        handler.send_response(307)
        handler.send_header("Location", other.url("/elsewhere"))
        handler.send_header("Content-Length", "0")
        handler.end_headers()
    receiver = Receiver(says)
    name, _ = add(home, receiver.url())
    home.ask("POST", f"/api/v1/webhooks/{name}/test")
    claim("a_redirect_is_not_followed", until(lambda: state(home, name)["status"] == 307) and
          not other.messages, lambda: state(home, name))
    home.ask("DELETE", f"/api/v1/webhooks/{name}")
    receiver.close()
    other.close()


def talkative(home, host):
    """An answer without end is cut; a receiver that does not answer is left."""
    def says(handler, message):
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            handler.close_connection = True
    receiver = Receiver(says)
    name, _ = add(home, receiver.url())
    began = time.monotonic()
    home.ask("POST", f"/api/v1/webhooks/{name}/test")
    claim("an_endless_answer_is_cut", until(lambda: state(home, name)["status"] == 200, 9) and
          time.monotonic() - began < 9, lambda: state(home, name))
    home.ask("DELETE", f"/api/v1/webhooks/{name}")
    receiver.close()

    let_go = threading.Event()

    def silent(handler, message):
        let_go.wait(60)
        return 200
    receiver = Receiver(silent)
    name, _ = add(home, receiver.url())
    nominate(home, host, [30])
    claim("a_silent_receiver_is_asked", until(lambda: receiver.messages))
    began = time.monotonic()
    nominate(home, host, [31, 32])
    claim("and_hinders_nobody", time.monotonic() - began < 5, time.monotonic() - began)
    claim("and_is_given_up_in_time", until(lambda: state(home, name)["attempts"] > 0, 20) and
          state(home, name)["status"] == 0 and state(home, name)["state"] == "failing",
          lambda: state(home, name))
    let_go.set()
    home.ask("DELETE", f"/api/v1/webhooks/{name}")
    receiver.close()


def untrusted(home, federation):
    """A certificate that nobody vouches for is no receiver."""
    place = federation.place
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                    place / "tls.key", "-out", place / "tls.crt"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place / "tls.crt", place / "tls.key")
    receiver = Receiver(tls=context)
    name, _ = add(home, receiver.url(scheme="https"))
    home.ask("POST", f"/api/v1/webhooks/{name}/test")
    claim("a_certificate_that_is_not_trusted_hears_nothing",
          until(lambda: state(home, name)["tried_at"]) and state(home, name)["status"] == 0 and
          not receiver.messages, lambda: state(home, name))
    home.ask("DELETE", f"/api/v1/webhooks/{name}")
    receiver.close()


def fallen(home, host):
    """The node is killed at any moment: what was under way comes again, nothing is left out."""
    receiver = Receiver()
    begin = newest(home)
    name, _ = add(home, receiver.url())
    for round_ in range(6):
        for number in range(5):
            home.nominate(host.schac, student(home.schac, 100 + 10 * round_ + number))
        before = len(receiver.messages)
        until(lambda: len(receiver.messages) > before)
        home.kill()
        home.start()
    until(lambda: home.waiting() == 0)
    claim("after_falls_everything_came", until(lambda: state(home, name)["cursor"] == newest(home)),
          lambda: state(home, name))
    cursors, ids = receiver.cursors(), receiver.ids()
    once = [cursor for i, cursor in enumerate(cursors) if cursor not in cursors[:i]]
    claim("at_least_once_and_in_order", once == list(range(begin + 1, newest(home) + 1)), cursors)
    claim("a_repetition_has_the_same_id", len(set(ids)) == len(set(cursors)),
          f"{len(ids)} messages, {len(set(ids))} ids, {len(set(cursors))} events")
    print(f"# {len(ids) - len(set(ids))} of {len(ids)} messages came twice", flush=True)
    home.ask("DELETE", f"/api/v1/webhooks/{name}")
    receiver.close()


def refused(home):
    for name, body, status, field in (
            ("plain_http_elsewhere", {"url": "http://sis.helmo.be/x"}, 422, "url"),
            ("a_disguised_loopback", {"url": "http://localhost.evil.example/"}, 422, "url"),
            ("a_user_in_the_address", {"url": "https://a:b@sis.helmo.be/"}, 422, "url"),
            ("another_protocol", {"url": "file:///etc/passwd"}, 422, "url"),
            ("no_host", {"url": "https:///x"}, 422, "url"),
            ("a_line_break", {"url": "https://a.example/\r\nX: y"}, 422, "url"),
            ("too_long_an_address", {"url": "https://a.example/" + "a" * 600}, 422, "url"),
            ("no_address", {}, 400, "url"), ("a_number", {"url": 7}, 400, "url"),
            ("an_unknown_kind", {"url": "https://a.example/", "kinds": ["x"]}, 400, "kinds"),
            ("an_empty_choice", {"url": "https://a.example/", "kinds": []}, 400, "kinds"),
            ("an_unknown_field", {"url": "https://a.example/", "sceret": "x"}, 400, "sceret")):
        got, answer = home.ask("POST", "/api/v1/webhooks", body)
        claim(f"{name}_is_refused", got in (status, 400, 422) and
              answer.get("error", {}).get("field") == field and answer["error"]["hint"],
              (got, answer))
    claim("nothing_was_kept_of_it", home.get("/api/v1/webhooks")["webhooks"] == [])
    claim("no_such_webhook_is_said", home.ask("DELETE", "/api/v1/webhooks/nothing")[0] == 404)
    names = [add(home, f"https://a.example/{i}")[0] for i in range(16)]
    got, answer = home.ask("POST", "/api/v1/webhooks", {"url": "https://a.example/"})
    claim("the_seventeenth_is_refused", got == 413 or got == 422 or got == 400, (got, answer))
    for name in names:
        home.ask("DELETE", f"/api/v1/webhooks/{name}")


def commands(home):
    receiver = Receiver()
    done = home.run("webhook", "add", receiver.url(), "--kind", "record.written", "--json")
    answer = json.loads(done.stdout)
    name = answer["webhook"]["id"]
    claim("the_cli_adds", done.returncode == 0 and answer["secret"].startswith("pgnwh_"), done)
    done = home.run("webhook", "test", name)
    claim("the_cli_tests", done.returncode == 0 and "200" in done.stdout and
          receiver.messages[0]["body"]["type"] == "webhook.test" and
          signed(receiver.messages[0], answer["secret"]), done)
    done = home.run("webhook", "list")
    claim("the_cli_lists", name in done.stdout and "fine" in done.stdout, done)
    gone = Receiver()
    gone.close()
    other, _ = add(home, gone.url())
    done = home.run("webhook", "test", other)
    claim("the_cli_tells_what_is_wrong", done.returncode == 11 and "no answer" in done.stderr, done)
    claim("the_cli_retries", home.run("webhook", "retry", name).returncode == 0)
    claim("the_cli_removes", home.run("webhook", "remove", name).returncode == 0)
    receiver.close()
    claim("the_cli_says_when_there_is_none", home.run("webhook", "remove", name).returncode == 6)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        home.start()
        host.start()
        until(lambda: home.connected() and host.connected())
        refused(home)
        told(home, host)
        narrowed(home, host)
        failing(home, host)
        redirected(home, host)
        talkative(home, host)
        untrusted(home, federation)
        fallen(home, host)
        commands(home)
        claim("no_one_is_named_in_the_log", "kanarie" not in home.log().lower())


if __name__ == "__main__":
    main()
