"""The API over TCP, as browsers, programs and strangers find it: a real node, a real certificate, raw
sockets.

Nobody gets in without a name. What is no request is refused or cut off, and the node goes on. The
Unix socket is never closed by a crowd at TCP. No secret reaches a log or the database.
"""
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import BIN, ROOT, Federation, claim, until  # noqa: E402

PASSWORD = "seven grey herons at dusk"
NEW_PASSWORD = "nine white egrets at dawn"
# Only root gives a file to a group that it is not in.
GROUP = {"socket_group": "nogroup"} if os.geteuid() == 0 else {}
PER_ADDRESS = 32  # connections at once from one address, says the server


def free_port():
    script = ". scripts/federation.sh && federation_port"
    return int(subprocess.run(["bash", "-c", script], cwd=ROOT, text=True, capture_output=True,
                              check=True).stdout)


def make_certificate(folder):
    """A self-signed certificate for this machine; each call makes another one."""
    folder.mkdir(exist_ok=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder / "node.key", "-out",
         folder / "node.pem"], check=True, capture_output=True)
    (folder / "node.key").chmod(0o600)


def configure(node, **settings):
    with open(node.folder / "peregrind.conf", "a") as file:
        for name, value in settings.items():
            file.write(f'{name} = "{value}"\n')


class Door:
    """The node's API at TCP; cafile None: without TLS."""

    def __init__(self, port, cafile=None):
        self.port, self.cafile = port, cafile
        self.base = f"{'https' if cafile else 'http'}://localhost:{port}"
        self.tls = ssl.create_default_context(cafile=cafile) if cafile else None

    def ask(self, method, path, body=None, **headers):
        """Status, object, headers."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(
            self.base + path, None if body is None else json.dumps(body).encode(), headers,
            method=method)
        try:
            with urllib.request.urlopen(request, timeout=20, context=self.tls) as answer:
                return answer.status, json.loads(answer.read()), answer.headers
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.loads(refusal.read()), refusal.headers

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        return self.tls.wrap_socket(plain, server_hostname="localhost") if self.tls else plain

    def raw(self, data, shut=False):
        """What comes back for these bytes; empty when the node cut the connection."""
        got = b""
        try:
            with self.connect() as line:
                line.sendall(data)
                if shut:
                    line.shutdown(socket.SHUT_WR) if not self.tls else line.unwrap()
                while piece := line.recv(65536):
                    got += piece
        except (OSError, ssl.SSLError):
            pass
        return got


def status_of(answer):
    """The status; 0 for none. Another answer on the same connection is a smuggled request's.
    (libmicrohttpd 0.9.75 says the head of its own refusals twice, over TLS, and then hangs up.)"""
    if not answer.startswith(b"HTTP/1."):
        return 0
    heads = [line for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.")]
    if len(set(heads)) > 1 or (len(heads) > 1 and b" 2" in heads[0]):
        return -1
    return int(answer.split(b" ", 2)[1])


def names(door, node):
    """Who gets in, and by what."""
    status, answer, headers = door.ask("GET", "/api/v1/status")
    claim("nobody_asks_without_a_name",
          status == 401 and answer["error"]["code"] == "not_authenticated"
          and headers["WWW-Authenticate"].startswith("Bearer"), answer)
    claim("a_path_that_is_not_there_is_not_told_from_one_that_is",
          door.ask("GET", "/api/v1/no_such")[0] == 401)

    run = node.run("user", "add", "marta", "--role", "coordinator")
    claim("a_user_is_added_by_the_cli", run.returncode == 0, run.stderr)
    file = node.folder / "password"
    file.write_text(PASSWORD + "\n")
    run = node.run("user", "password", "marta", "--password-file", file)
    claim("a_password_comes_from_a_file", run.returncode == 0, run.stderr)
    run = node.run("user", "token", "marta", "sync", "--out", node.folder / "token")
    token = (node.folder / "token").read_text().strip()
    claim("a_token_is_written_to_a_private_file",
          token.startswith("pgn_") and (node.folder / "token").stat().st_mode & 0o777 == 0o600
          and token not in run.stdout + run.stderr, run.stderr)

    bearer = f"Bearer {token}"
    status, answer, _ = door.ask("GET", "/api/v1/session", Authorization=bearer)
    claim("a_token_gets_in", status == 200 and answer["user"] == "marta", answer)
    claim("a_role_that_is_not_enough_is_told",
          door.ask("POST", "/api/v1/nominations/send", {"all": True},
                   Authorization=bearer)[0] == 403)
    wrong = bearer[:-1] + ("a" if bearer[-1] != "a" else "b")
    claim("a_token_with_one_wrong_letter_does_not",
          door.ask("GET", "/api/v1/session", Authorization=wrong)[0] == 401)
    return token


def login(door, secure):
    """A browser's way: returns the cookie and its twin."""
    status, answer, headers = door.ask("POST", "/api/v1/session",
                                       {"user": "marta", "password": PASSWORD})
    cookie = headers["Set-Cookie"] or ""
    flags = {"HttpOnly", "SameSite=Strict", "Path=/"} | ({"Secure"} if secure else set())
    claim(f"a_login_over_{'tls' if secure else 'loopback'}_sets_a_cookie",
          status == 201 and flags <= set(cookie.split("; ")), (answer, cookie))
    pair = cookie.split(";")[0]
    status, answer, _ = door.ask("GET", "/api/v1/session", Cookie=pair)
    claim("the_cookie_gets_in" + ("" if secure else "_over_loopback"), status == 200, answer)
    return pair, answer.get("csrf_token", "")


def another_password(door, cookie, twin):
    """Two hashes beside the loop: the old one checked, the new one made."""
    ours = {"Cookie": cookie, "X_CSRF_Token": twin}
    status, answer, _ = door.ask("POST", "/api/v1/session/password",
                                 {"before": "not this one", "password": NEW_PASSWORD}, **ours)
    claim("a_password_is_not_changed_without_the_old_one", status == 401, answer)
    status, answer, _ = door.ask("POST", "/api/v1/session/password",
                                 {"before": PASSWORD, "password": NEW_PASSWORD}, **ours)
    claim("a_password_is_changed_with_the_old_one", status == 200, answer)
    claim("the_old_sessions_have_ended", door.ask("GET", "/api/v1/session",
                                                  Cookie=cookie)[0] == 401)
    claim("the_old_password_is_of_no_use",
          door.ask("POST", "/api/v1/session", {"user": "marta", "password": PASSWORD})[0] == 401)
    claim("the_new_one_is",
          door.ask("POST", "/api/v1/session",
                   {"user": "marta", "password": NEW_PASSWORD})[0] == 201)


def forged(door, cookie, twin):
    body = {"content": "x"}
    ours = {"Cookie": cookie, "Origin": door.base}
    claim("a_write_without_the_twin_is_forged",
          door.ask("POST", "/api/v1/imports", body, **ours)[1]["error"]["code"]
          == "forged_request")
    claim("a_write_with_the_twin_is_not",
          door.ask("POST", "/api/v1/imports", body, X_CSRF_Token=twin, **ours)[0] != 403)
    ours["Origin"] = "https://evil.example"
    claim("a_write_from_another_site_is_forged",
          door.ask("POST", "/api/v1/imports", body, X_CSRF_Token=twin, **ours)[0] == 403)


def hostile(door, node, token, cookie):
    """Absent, malformed, oversized, hostile, repeated: what each of them deserves."""
    bearer = f"Authorization: Bearer {token}\r\n"
    end = "Host: localhost\r\nConnection: close\r\n\r\n"
    get = f"GET /api/v1/session HTTP/1.1\r\n{end}"
    cases = [
        ("nothing", "", {0}),
        ("garbage", "\x00\xff\x01\r\n\r\n", {0, 400}),
        ("no_version", "GET /api/v1/session\r\n\r\n", {0, 400, 505}),
        ("an_unknown_version", f"GET / HTTP/9.9\r\n{end}", {0, 400, 505}),
        ("no_host", "GET /api/v1/session HTTP/1.1\r\nConnection: close\r\n\r\n", {0, 400}),
        ("a_long_path", f"GET /{'a' * 40000} HTTP/1.1\r\n{end}", {0, 413, 414, 431}),
        ("long_headers", f"GET / HTTP/1.1\r\nX: {'a' * 40000}\r\n{end}", {0, 413, 431}),
        ("many_headers", "GET / HTTP/1.1\r\n" + "X: y\r\n" * 9000 + end, {0, 413, 431}),
        ("a_folded_header", f"GET /api/v1/session HTTP/1.1\r\nX: a\r\n b\r\n{end}", {0, 400, 401}),
        ("a_header_without_a_colon", f"GET / HTTP/1.1\r\nnonsense\r\n{end}", {0, 400, 401}),
        ("two_lengths", "POST /api/v1/session HTTP/1.1\r\nContent-Length: 2\r\n"
                        f"Content-Length: 40\r\n{end}" + "{}" + get, {0, 400, 401, 415}),
        ("length_and_chunks", "POST /api/v1/session HTTP/1.1\r\nContent-Length: 4\r\n"
                              f"Transfer-Encoding: chunked\r\n{end}0\r\n\r\n" + get,
         {0, 400, 401, 415}),
        ("a_negative_length", f"POST /api/v1/session HTTP/1.1\r\nContent-Length: -1\r\n{end}",
         {0, 400, 413}),
        ("a_huge_length", "POST /api/v1/session HTTP/1.1\r\n"
                          f"Content-Length: 99999999999999999999\r\n{end}", {0, 400, 413}),
        ("a_bad_chunk", "POST /api/v1/session HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                        f"{end}zz\r\n", {0, 400}),
        ("a_zero_in_the_path", f"GET /api/v1/session%00x HTTP/1.1\r\n{end}", {0, 400, 401}),
        ("dots_in_the_path", f"GET /api/../../etc/passwd HTTP/1.1\r\n{end}", {401}),
        ("an_absolute_path", f"GET http://evil/api/v1/session HTTP/1.1\r\n{end}", {0, 400, 401}),
        ("trace", f"TRACE /api/v1/session HTTP/1.1\r\n{end}", {401, 405}),
        ("connect", f"CONNECT evil:25 HTTP/1.1\r\n{end}", {0, 400, 401, 405}),
        ("basic", f"GET /api/v1/session HTTP/1.1\r\nAuthorization: Basic bWE6eA==\r\n{end}", {401}),
        ("an_empty_bearer", f"GET /api/v1/session HTTP/1.1\r\nAuthorization: Bearer\r\n{end}",
         {401}),
        ("a_long_bearer", "GET /api/v1/session HTTP/1.1\r\n"
                          f"Authorization: Bearer pgn_{'a' * 20000}\r\n{end}", {401}),
        ("a_cookie_of_nonsense", "GET /api/v1/session HTTP/1.1\r\n"
                                 f"Cookie: ;;=;{cookie.split('=')[0]}=;x\r\n{end}", {401}),
        ("a_thousand_cookies", "GET /api/v1/session HTTP/1.1\r\n"
                               f"Cookie: {'a=b; ' * 1000}\r\n{end}", {0, 401, 413, 431}),
        ("a_cookie_cut_short", "GET /api/v1/session HTTP/1.1\r\n"
                               f"Cookie: {cookie[:-3]}\r\n{end}", {401}),
        ("a_body_too_large_without_a_name",
         f"POST /api/v1/session HTTP/1.1\r\nContent-Type: application/json\r\n"
         f"Content-Length: 70000\r\n{end}" + "a" * 70000, {413}),
        ("a_login_without_json", "POST /api/v1/session HTTP/1.1\r\nContent-Length: 9\r\n"
                                 f"{end}user=x&p=y", {0, 415}),
        ("a_password_that_is_no_text", "POST /api/v1/session HTTP/1.1\r\n"
                                       "Content-Type: application/json\r\nContent-Length: 28\r\n"
                                       f"{end}" + '{"user":"marta","password":1}'[:28], {422, 400}),
        ("a_password_with_a_zero", "POST /api/v1/session HTTP/1.1\r\n"
                                   "Content-Type: application/json\r\nContent-Length: 38\r\n"
                                   f"{end}" + '{"user":"marta","password":"a\\u0000b"}',
         {400, 401, 422}),
    ]
    users = node.get("/api/v1/users")
    for name, text, wanted in cases:
        answer = door.raw(text.encode("latin-1"))
        got = status_of(answer)
        claim(f"{name}_is_refused", got in wanted, (got, answer[:300]))
        if got >= 400 and b'"error"' in answer:
            claim(f"{name}_is_told_a_remedy", b'"hint":"' in answer, answer)
    claim("the_door_stands", door.ask("GET", "/api/v1/session",
                                      Authorization=f"Bearer {token}")[0] == 200)
    claim("nothing_was_half_changed", node.get("/api/v1/users") == users)
    claim("many_names_are_one", status_of(door.raw(
        f"GET /api/v1/session HTTP/1.1\r\n{bearer}Authorization: Bearer pgn_x\r\n{end}"
        .encode())) in {200, 400, 401})


def crowd(door, node):
    """More connections than one address may have: the rest is turned away, the socket is open."""
    lines = []
    for _ in range(PER_ADDRESS + 20):
        try:
            lines.append(socket.create_connection(("127.0.0.1", door.port), timeout=1))
        except OSError:
            break

    def turned_away(line):
        try:
            return line.recv(1) == b""
        except OSError:
            return False

    turned = [line for line in lines[PER_ADDRESS:] if turned_away(line)][:20]
    claim("a_crowd_from_one_address_is_turned_away", len(turned) == 20, len(turned))
    claim("the_socket_stays_open_meanwhile", node.ask("GET", "/api/v1/status")[0] == 200)
    for line in lines:
        line.close()
    claim("when_it_has_gone_the_door_is_open",
          until(lambda: status_of(door.raw(b"GET / HTTP/1.0\r\n\r\n")) == 401))


def far(door, node):
    """The CLI from another machine: by address, token and authority, never with a secret in a flag."""
    token, authority = node.folder / "token", door.cafile

    def run(*arguments):
        made = subprocess.run([BIN / "peregrin", *arguments], text=True, stdin=subprocess.DEVNULL,
                              capture_output=True, check=False,
                              env={"PATH": os.environ["PATH"], "TERM": "dumb"})
        return made.returncode, made.stdout + made.stderr

    way = ["--url", door.base, "--token-file", token, "--ca-file", authority]
    for name, arguments, status, said in [
            ("a_node_is_asked_from_afar", ["draft", "list", *way], 0, "No drafts"),
            ("roles_hold_from_afar", ["user", "list", *way], 5, "your roles do not allow"),
            ("a_certificate_that_nobody_vouches_for_is_refused",
             ["draft", "list", *way[:4]], 9, "--ca-file"),
            ("no_token_is_told", ["draft", "list", *way[:2]], 2, "--token-file"),
            ("no_token_goes_in_the_clear",
             ["draft", "list", "--url", "http://node.helmo.be:1", *way[2:]], 2, "https://"),
            ("an_address_where_nobody_is",
             ["draft", "list", "--url", f"https://localhost:{free_port()}", *way[2:]], 4,
             "no node answers")]:
        got = run(*arguments)
        claim(name, got[0] == status and said in got[1], got)
    token.chmod(0o644)
    got = run("draft", "list", *way)
    claim("a_token_that_others_can_read_is_refused", got[0] == 3 and "chmod 600" in got[1], got)
    token.chmod(0o600)


def limits(door, node):
    statuses = [door.ask("POST", "/api/v1/session", {"user": "marta", "password": "wrong"})[0]
                for _ in range(7)]
    status, _, headers = door.ask("POST", "/api/v1/session",
                                  {"user": "marta", "password": PASSWORD})
    claim("passwords_cannot_be_tried_for_ever",
          401 in statuses and statuses[-1] == 429 and status == 429
          and int(headers["Retry-After"]) > 0, statuses)
    claim("the_node_goes_on_meanwhile", node.ask("GET", "/api/v1/status")[0] == 200)


def versions(door):
    """Old TLS, and no TLS at all."""
    for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        context = ssl.create_default_context(cafile=door.cafile)
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = old
        context.set_ciphers("ALL:@SECLEVEL=0")
        try:
            with socket.create_connection(("127.0.0.1", door.port), timeout=5) as line:
                context.wrap_socket(line, server_hostname="localhost").close()
            claim(f"{old.name}_is_refused", False, "it was taken")
        except (OSError, ssl.SSLError):
            claim(f"{old.name}_is_refused", True)
    answer = Door(door.port).raw(b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n")
    claim("without_tls_nothing_is_answered", b"peregrin" not in answer and b"error" not in answer,
          answer)


def served(door):
    with socket.create_connection(("127.0.0.1", door.port), timeout=5) as line:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with context.wrap_socket(line) as secure:
            return secure.getpeercert(binary_form=True)


def reload(door, node):
    """SIGHUP takes a new certificate, and keeps the old one where the new one is nonsense."""
    before = served(door)
    with door.connect() as kept:
        make_certificate(node.folder / "tls")
        node.signal(signal.SIGHUP)
        claim("a_new_certificate_is_taken", until(lambda: served(door) != before))
        kept.sendall(b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        claim("who_came_before_is_served_or_cut_off", kept.recv(4096)[:12] in
              (b"HTTP/1.1 401", b""))
    now = served(door)
    pem = node.folder / "tls" / "node.pem"
    pem.write_text("no certificate\n")
    node.signal(signal.SIGHUP)
    claim("what_is_no_certificate_is_told",
          until(lambda: "the certificate stays as it was" in node.log()), node.log)
    claim("and_the_old_one_stays", served(door) == now)
    (node.folder / "tls" / "node.key").chmod(0o644)
    node.signal(signal.SIGHUP)
    claim("a_key_that_others_can_read_is_refused",
          until(lambda: node.log().count("the certificate stays as it was") >= 2), node.log)


def accounts(node):
    """An account of this machine at the Unix socket, which a group may open."""
    if os.geteuid() != 0:
        print("# skipped: only root can ask as another account")
        return
    def ask():
        return subprocess.run(
            ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--unix-socket", node.socket,
             "http://node/api/v1/partners"], user="nobody", group="nogroup", extra_groups=[],
            text=True, capture_output=True, check=False).stdout

    claim("an_account_that_is_no_user_is_refused", ask() == "401", ask)
    run = node.run("user", "add", "nobody", "--role", "viewer", "--local")
    claim("an_account_becomes_a_user", run.returncode == 0, run.stderr)
    claim("an_account_that_is_a_user_gets_in", ask() == "200", ask)


def single_sign_on(node):
    """A reverse proxy at the Unix socket says who has logged in there."""
    if os.geteuid() != 0:
        return
    node.stop()
    configure(node, api_proxy_account="nobody")
    node.start()

    def ask(*headers):
        return subprocess.run(
            ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--unix-socket", node.socket,
             *[word for header in headers for word in ("-H", header)],
             "http://node/api/v1/drafts"], user="nobody", group="nogroup", extra_groups=[],
            text=True, capture_output=True, check=False).stdout

    claim("who_logged_in_at_the_proxy_gets_in", ask("X-Remote-User: marta") == "200", ask)
    claim("who_is_no_user_here_does_not", ask("X-Remote-User: eve") == "401", ask)
    claim("the_proxy_itself_is_nobody", ask() == "401", ask)
    status, _, _ = Door(node.port).ask("GET", "/api/v1/drafts", X_Remote_User="marta")
    claim("a_header_from_elsewhere_is_not_believed", status == 401, status)


def institutions(node, own, other):
    """Two institutions on one node: who has one of them sees nothing of the other."""
    rows = {schac: f"itg.be,Peeters,Lien{number},200{number}-04-03,l{number}@{schac},studies,"
                   "2026/2027,1,6,0913\n" for number, schac in enumerate((own, other))}
    titles = "partner,family_name,given_names,birth_date,email,kind,year,term,level,isced_f\n"

    def keep(schac, ask):
        return ask("POST", "/api/v1/imports",
                   {"own": schac, "content": titles + rows[schac], "confirm": True})[0]

    claim("each_institution_has_a_draft", [keep(schac, node.ask) for schac in rows] == [200, 200])
    node.run("user", "add", "lotte", "--role", "officer", "--unit", own)
    node.run("user", "token", "lotte", "t", "--out", node.folder / "lotte.token")
    bearer = "Bearer " + (node.folder / "lotte.token").read_text().strip()
    door = Door(node.port)

    def ask(method, path, body=None):
        return door.ask(method, path, body, Authorization=bearer)[:2]

    mine = ask("GET", "/api/v1/drafts")[1]["drafts"]
    every = node.get("/api/v1/drafts")["drafts"]
    hidden = [draft["number"] for draft in every
              if draft["number"] not in [each["number"] for each in mine]]
    claim("a_user_sees_the_drafts_of_one_institution",
          len(every) == 2 and len(mine) == 1 and mine[0]["own"] == own, (mine, every))
    claim("partners_are_those_of_one_institution",
          {row["own"] for row in ask("GET", "/api/v1/partners")[1]["partners"]} == {own})
    claim("nobody_imports_for_the_other", keep(other, ask) == 403)
    claim("nobody_removes_what_is_the_others",
          ask("DELETE", f"/api/v1/drafts/{hidden[0]}")[0] == 404)
    sent = ask("POST", "/api/v1/nominations/send", {"numbers": hidden})
    claim("nobody_sends_what_is_the_others", sent[1]["sent"] == [] and len(sent[1]["refused"]) == 1,
          sent)
    sent = ask("POST", "/api/v1/nominations/send", {"all": True})
    claim("all_is_all_of_one_institution", len(sent[1]["sent"]) == 1, sent)
    node.run("nomination", "send", "--all", "--yes")
    every = node.get("/api/v1/nominations")["nominations"]
    theirs = [row["dossier"] for row in every if row["own"] == other]
    claim("a_dossier_of_the_other_is_not_there",
          len(theirs) == 1 and ask("GET", f"/api/v1/nominations/{theirs[0]}")[0] == 404
          and ask("POST", f"/api/v1/nominations/{theirs[0]}/withdrawal", {})[0] in (404, 422),
          every)
    claim("a_list_is_of_one_institution",
          {row["own"] for row in ask("GET", "/api/v1/nominations")[1]["nominations"]} == {own})
    events = ask("GET", "/api/v1/events")[1]["events"]
    claim("the_feed_is_of_one_institution",
          len(events) > 0 and all(event.get("dossier") not in theirs for event in events), events)
    claim("the_whole_node_is_for_who_sees_all_of_it", ask("GET", "/api/v1/audit/log")[0] == 403)


def wrong_settings(node):
    def check(text):
        file = node.folder / "wrong.conf"
        file.write_text((node.folder / "peregrind.conf").read_text() + text)
        run = subprocess.run([BIN / "peregrind", "-n", "-c", file], text=True,
                             capture_output=True, check=False)
        return run.returncode, run.stderr

    for name, text, said in [
            ("an_open_address_without_tls", 'api_listen = "tcp://0.0.0.0:8443"\n', "needs TLS"),
            ("a_name_for_an_address", 'api_listen = "tcp://localhost:8443"\n', "api_listen"),
            ("a_certificate_without_a_key", 'api_certificate = "x.pem"\n', "go together"),
            ("maybe", 'api_behind_proxy = "maybe"\n', "neither yes nor no"),
            ("a_session_without_end", 'session_hours = "0"\n', "hours"),
            ("a_group_that_is_not_there", 'socket_group = "no-such-group"\n', "no-such-group"),
            ("a_certificate_that_is_not_there",
             'api_certificate = "no.pem"\napi_private_key = "no.key"\n', "no.pem")]:
        code, err = check(text)
        claim(f"{name}_is_no_setting", code == 3 and said in err, (code, err))


def secrets_nowhere(nodes, secrets):
    for node in nodes:
        node.stop()
        files = [path for path in node.folder.rglob("*")
                 if path.is_file() and path.name not in ("password", "token", "lotte.token")]
        found = [(path.name, secret[:8]) for path in files for secret in secrets
                 if secret.encode() in path.read_bytes()]
        claim(f"no_secret_is_in_any_file_of_{node.schac}", not found and len(files) > 4, found)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE", "+ulb.be:ULB:BE",
                    "itg.be:ITM:BE") as federation:
        safe, plain, _ = federation.nodes
        ports = free_port(), free_port()
        make_certificate(safe.folder / "tls")
        wrong_settings(plain)
        configure(safe, api_listen=f"tcp://127.0.0.1:{ports[0]}", api_certificate="tls/node.pem",
                  api_private_key="tls/node.key", **GROUP)
        configure(plain, api_listen=f"tcp://127.0.0.1:{ports[1]}")
        for folder in (federation.place, safe.folder, plain.folder):
            folder.chmod(0o711)  # so that other accounts reach the sockets
        safe.start()
        plain.start()
        door = Door(ports[0], str(safe.folder / "tls" / "node.pem"))
        token = names(door, safe)
        cookie, twin = login(door, True)
        forged(door, cookie, twin)
        hostile(door, safe, token, cookie)
        far(door, safe)
        versions(door)
        crowd(door, safe)
        limits(door, safe)
        accounts(safe)
        reload(door, safe)

        door = Door(ports[1])
        names(door, plain)
        pair, twin_too = login(door, False)
        claim("without_tls_the_cookie_has_another_name", pair.startswith("peregrin="), pair)
        another_password(door, pair, twin_too)
        plain.port = ports[1]
        institutions(plain, "uhasselt.be", "ulb.be")
        configure(plain, **GROUP)
        single_sign_on(plain)
        secrets_nowhere([safe, plain], [token, PASSWORD, NEW_PASSWORD, cookie.split("=")[1], twin,
                                        pair.split("=")[1]])


if __name__ == "__main__":
    main()
