"""What private.py looks at afterwards: a whole life of dossiers over real processes, in which every
place that takes text was given a word of its own, and wrong calls with such words in every place.
"""
import contextlib
import http.client
import json
import pathlib
import socket
import sys
import threading
import urllib.parse
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
from events import Stream  # noqa: E402
from nodes import Connection, student, until  # noqa: E402

STUDENTS = 12

# What belongs to records: both nodes' databases have it, and the user's own files.
RECORD = {
    "family_name": "Kanarie-", "given_names": "Zébulonette", "email": "kanarie.",
    "esi": "pelikan-qx77", "birth_date": "1991-03-17", "comment": "Zaunkönig-Bemerkung",
    "amended": "Nachtigall-Berichtigung", "waitlist": "Wartevogel-Antwort",
    "acceptance": "Rotkehlchen-Antwort", "refusal": "Würger-Absage",
    "withdrawal": "Zugvogel-Rückzug", "revocation": "Wiedehopf-Widerruf",
    "arrival": "Star-Ankunft", "extension": "Graureiher-Verlängerung", "granted": "Reiher-Zusage",
    "departure": "Schwalben-Abreise", "course": "Kuckuckskunde", "course_code": "KUK-7741",
    "grade": "Elster++", "transcript": "Spottdrossel-Zeugnis", "home_course": "Ornithologie-Heim",
    "rule": "Eisvogel-Tabelle", "group": "Meisen-Begründung", "recognition": "Habicht-Anerkennung",
    "waiting": "Eiderente-Ausgang",
}
# What the home alone keeps: drafts, its users' names, and where its webhooks go.
HOME = {"draft": "Draftdrossel", "draft_email": "dompfaff.draft", "user": "goldammer",
        "hook": "haubentaucher-pfad", "spoilt": "Irrlaeufer@Leib"}
# What no node keeps at all, in no clothes.
NOWHERE = {
    "search": "Suchspecht", "file": "Dateidohle", "key": "Schluesselstar",
    "head": "Irrlaeufer@Kopf",
    "bad_cell": "Fehlerfalke", "bad_email": "ohne-klammeraffe-ente", "stranger": "fremdling-fink",
    "password": "sieben graue Reiher bei Dämmerung", "wrong": "falsche Worte eines Kolibris",
    "passphrase": "neun rote Milane über der Heide", "second": "acht weiße Störche im Nebel",
}
TRANSCRIPT = {
    "components": [{"title": RECORD["course"], "code": RECORD["course_code"],
                    "ects_hundredths": 550, "grade": RECORD["grade"], "passed": True}],
    "start": "2027-02-01", "end": "2027-06-30", "total_hundredths": 550, "issued_on": "2027-07-05",
    "comment": RECORD["transcript"],
}
RECOGNITION = {
    "groups": [{"components": [0], "home": [{"title": RECORD["home_course"],
                                             "ects_hundredths": 550}],
                "comment": RECORD["group"]}],
    "total_hundredths": 550, "decided_on": "2027-08-01", "rule": RECORD["rule"],
    "comment": RECORD["recognition"],
}


def person(own, number, **more):
    nomination = student(own, number, start="2027-02-01", end="2027-06-30",
                         **{"comment": RECORD["comment"], **more})
    nomination["person"] |= {
        "given_names": f"{RECORD['given_names']} {number}", "birth_date": RECORD["birth_date"],
        "esi": f"urn:schac:personalUniqueCode:int:esi:{own}:{RECORD['esi']}-{number}"}
    return nomination


def done(answer):
    status, said = answer
    if status not in (200, 201):
        raise RuntimeError(f"{status} {said}")
    return said


def settled(*nodes):
    if not until(lambda: sum(node.waiting() for node in nodes) == 0):
        raise RuntimeError("it does not settle")


# --- everything that touches personal data


def nominated(home, host):
    names = []
    for number in range(STUDENTS):
        names.append(done(home.nominate(host.schac, person(home.schac, number),
                                        f"{NOWHERE['key']}-{number}"))["dossier"])
        done(host.nominate(home.schac, person(host.schac, number)))
    settled(home, host)
    return [f"/api/v1/nominations/{name}" for name in names]


def say(home, host, steps):
    for number, (node, path, what, body) in enumerate(steps):
        try:
            done(node.ask("POST", f"{path}/{what}", body, f"{NOWHERE['key']}-{what}-{number}"))
        except RuntimeError as problem:
            raise RuntimeError(f"{what}: {problem}") from None
        settled(home, host)


def talk(home, host):
    """A whole life of dossiers."""
    paths = nominated(home, host)
    stay, taken_back, refused, withdrawn = paths[:4]
    better = person(home.schac, 0, comment=RECORD["amended"])
    say(home, host, [
        (home, stay, "amendment", {"nomination": better}),
        (host, stay, "decision", {"outcome": "waitlist", "comment": RECORD["waitlist"]}),
        (host, stay, "decision", {"outcome": "accept", "comment": RECORD["acceptance"]}),
        (host, taken_back, "decision", {"outcome": "accept"}),
        (host, taken_back, "revocation", {"of": "acceptance", "reason": "places",
                                          "comment": RECORD["revocation"]}),
        (host, refused, "decision", {"outcome": "refuse", "reason": "places",
                                     "comment": RECORD["refusal"]}),
        (home, withdrawn, "withdrawal", {"reason": "student", "comment": RECORD["withdrawal"]}),
        (host, stay, "arrival", {"date": "2027-02-03", "comment": RECORD["arrival"]}),
        (home, stay, "extension", {"end": "2027-07-20", "comment": RECORD["extension"]}),
        (host, stay, "extension", {"end": "2027-07-20", "comment": RECORD["granted"]}),
        (host, stay, "departure", {"date": "2027-07-10", "comment": RECORD["departure"]}),
        (host, stay, "transcript", {"credit_record": TRANSCRIPT}),
        (home, stay, "recognition", {"recognition": RECOGNITION}),
    ])
    return stay


def searched(home):
    """Names that are there, and words that are not: neither is kept."""
    answers = [home.ask("POST", "/api/v1/nominations/search", {"text": text})
               for text in ("Kanarie", NOWHERE["search"])]
    return [len(done(answer)["nominations"]) for answer in answers]


def write_workbook(path, rows):
    """As a spreadsheet program saves it, as far as anybody reads it."""
    cells = "".join(
        f'<row r="{number}">' + "".join(
            f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml":
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
                       f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                           '<sheet name="Liste" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml":
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


def list_rows(home, host):
    titles = ("partner year term kind level isced_f family_name given_names birth_date email start "
              "end").split()
    common = [host.schac, "2026/2027", "2", "studies", "6", "0613"]
    stay = ["2027-02-01", "2027-06-30"]
    good = [[*common, f"{HOME['draft']}-{letter}", RECORD["given_names"], "2001-05-07",
             f"{HOME['draft_email']}.{letter}@{home.schac}", *stay] for letter in "abc"]
    wrong = NOWHERE["bad_cell"]
    bad = [[*common, wrong, "Jo", "2001-05-08", NOWHERE["bad_email"], *stay],
           [*common[:4], wrong, "0613", "An", "Jo", "2001-05-09", "x@helmo.be", *stay]]
    return [titles, *good, *bad]


def imported(home, host, place):
    """Lists as files and as text, right and wrong; the answers whose problems must name nobody."""
    rows = list_rows(home, host)
    book = place / f"{NOWHERE['file']}.xlsx"
    write_workbook(book, rows)
    run = home.run("nomination", "import", book, "--skip-bad", "--yes", "--errors",
                   place / f"{NOWHERE['file']}-errors.xlsx")
    # The CSV has another separator, and nothing that was not there: all its rows are known.
    text = "\n".join(";".join(row) for row in rows)
    table = place / "list.csv"
    table.write_text(text)
    again = home.run("nomination", "import", table, "--skip-bad", "--yes", "--errors",
                     place / "list-errors.csv")
    answer = home.ask("POST", "/api/v1/imports", {"content": text, "confirm": False})
    return run, again, answer


def written(home, host, stay, place):
    """What a user asks the CLI to write."""
    dossier = stay.rsplit("/", 1)[1]
    passphrase = place / "passphrase"
    passphrase.write_text(NOWHERE["passphrase"] + "\n")
    passphrase.chmod(0o600)
    runs = [home.run("nomination", "export", "--out", place / f"export.{form}")
            for form in ("csv", "xlsx")]
    runs += [home.run("recognition", "propose", dossier, "--out", place / "sheet.csv"),
             home.run("record", "export", dossier, "0.0", "--out", place / "evidence"),
             home.run("backup", "create", place / "one.backup", "-c",
                      home.folder / "peregrind.conf"),
             home.run("backup", "verify", place / "one.backup"),
             home.run("backup", "create", place / "keys.backup", "--with-keys",
                      "--passphrase-file", passphrase, "-c", home.folder / "peregrind.conf"),
             home.run("backup", "verify", place / "keys.backup")]
    passphrase.unlink()
    return runs


# --- those who listen


class Listener(threading.Thread):
    """Server-sent events from the first one on, as they are said on the wire."""

    def __init__(self, node):
        super().__init__(daemon=True)
        self.stream = Stream(node, "?after=0", timeout=120)
        self.said = bytearray()
        self.start()

    def run(self):
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            while line := self.stream.response.readline():
                self.said += line

    def close(self):
        with contextlib.suppress(OSError, AttributeError):
            self.stream.connection.sock.shutdown(socket.SHUT_RDWR)
        self.join(5)


# --- wrong calls: every route, and a word in every place


class Caller:
    """Asks by one door, and writes down everything that was answered: status, headers and body."""

    def __init__(self, connect, headers):
        self.connect, self.headers = connect, headers
        self.answers = []

    def ask(self, method, path, body=None, headers=()):
        connection = self.connect()
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            sent = {**self.headers, **dict(headers)}
            if body is not None:
                sent = {"Content-Type": "application/json", **sent, "Content-Length": len(body)}
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            said = f"{answer.status} {answer.reason}\n{answer.headers}".encode() + answer.read()
            self.answers.append((answer.status, f"{method} {path}", said))
            return answer.status
        except (OSError, http.client.HTTPException):
            self.answers.append((0, f"{method} {path}", b""))
            return 0
        finally:
            connection.close()


def at_socket(node):
    return Caller(lambda: Connection(node.socket, 20), {})


def at_door(port, token):
    return Caller(lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=20),
                  {"Authorization": f"Bearer {token}"} if token else {})


def spoilt(value, word):
    """The value with the word in the place of each leaf, and as the name of each member."""
    if isinstance(value, dict):
        for name, inner in value.items():
            rest = {key: other for key, other in value.items() if key != name}
            yield {**rest, word: inner}
            for worse in spoilt(inner, word):
                yield {**rest, name: worse}
    elif isinstance(value, list):
        for worse in spoilt(value[0], word) if value else ():
            yield [worse]
    else:
        yield word


def bodies(host):
    return {
        "/nominations": {"partner": host.schac, "nomination": person("helmo.be", 99)},
        "/batch": {"partner": host.schac, "items": [{"key": "k", "nomination":
                                                     person("helmo.be", 98)}]},
        "/search": {"text": "x"}, "/send": {"drafts": [1]},
        "/decision": {"outcome": "accept", "reason": "places", "comment": "x"},
        "/withdrawal": {"reason": "student", "comment": "x"},
        "/amendment": {"nomination": person("helmo.be", 99), "revision": "0"},
        "/transcript": {"credit_record": TRANSCRIPT, "supersedes": "0"},
        "/arrival": {"date": "2027-02-03", "comment": "x"},
        "/departure": {"date": "2027-02-03", "comment": "x"},
        "/extension": {"end": "2027-08-03", "comment": "x", "own": "helmo.be"},
        "/recognition": {"recognition": RECOGNITION, "transcript": "0"},
        "/revocation": {"of": "acceptance", "reason": "places", "record": "0"},
        "/imports": {"content": "a;b", "encoding": "utf-8", "sheet": "s", "own": "helmo.be"},
        "/session": {"user": "x", "password": "x"},
        "/session/password": {"before": "x", "password": "x"},
        "/users": {"name": "x", "roles": ["viewer"], "units": ["helmo.be"]},
        "/users/{name}": {"roles": ["viewer"], "units": ["helmo.be"], "disabled": True},
        "/tokens": {"name": "x", "roles": ["viewer"], "days": 3},
        "/webhooks": {"url": "https://x.example/", "kinds": ["record.written"]},
    }


def body_of(templates, path):
    """That of the longest end of the path."""
    ends = [end for end in templates if path.endswith(end)]
    return templates[max(ends, key=len)] if ends else {"x": "y"}


def wrong_calls(caller, routes, host, stay):
    """Each route with the word in its path, its query, its headers, and all over its body."""
    templates, word = bodies(host), NOWHERE["head"]
    quoted, dossier = urllib.parse.quote(word, safe=""), stay.rsplit("/", 1)[1]
    heads = {name: word for name in
             ("Accept", "Last-Event-ID", "X-CSRF-Token", "User-Agent", "Referer", "X-Request-Id",
              "X-Correlation-Id", "X-Forwarded-For", "X-Forwarded-User", "X-Remote-User",
              "Remote-User", "Origin", "Sec-Fetch-Site", word.split("@")[0])}
    for route in routes:
        method, pattern = route["method"], route["path"]
        known = pattern.replace("{dossier}", dossier).replace("{lane}.{index}", "0.0")
        path, strange = ("/".join(quoted if "{" in piece else piece for piece in whole.split("/"))
                         for whole in (known, pattern))
        body = json.dumps(body_of(templates, pattern)).encode() if method == "POST" else None
        for more in (f"?{quoted}=1", *(f"?{name}={quoted}" for name in
                                       (route.get("query") or "").split())):
            caller.ask(method, path + more, body)
        caller.ask(method, strange, body)
        caller.ask("PATCH", f"{strange}/{quoted}", body)
        for key in (word, f"{word} and a blank"):
            caller.ask(method, strange, body, {"Idempotency-Key": key})
        if pattern != "/api/v1/events":  # whoever asks for a stream there is given one
            caller.ask(method, strange, body, heads)
        caller.ask(method, strange, body, {"Authorization": f"Bearer {word}"})
        caller.ask(method, strange, body, {"Authorization": word})
        caller.ask(method, strange, body, {"Cookie": f"peregrin={word}; {quoted}={quoted}"})
        if method == "POST":
            caller.ask(method, path, f'{{"{word}": '.encode())
            caller.ask(method, path, word.encode())
            caller.ask(method, path, word.encode(), {"Content-Type": word})
            for worse in spoilt(body_of(templates, pattern), HOME["spoilt"]):
                caller.ask(method, path, json.dumps(worse).encode())


def raw_calls(port):
    """What is no request: the server beneath answers by itself."""
    word, said = NOWHERE["head"], []
    for text in (f"{word} / HTTP/1.1\r\n\r\n", f"GET /{word}\r\n\r\n", f"{word}\r\n\r\n",
                 f"GET / HTTP/1.1\r\n{word}\r\n\r\n", f"GET /{word} HTTP/7.7\r\n\r\n",
                 f"GET / HTTP/1.1\r\nContent-Length: {word}\r\n\r\n",
                 f"GET /{word} HTTP/1.1\r\nX: {word * 3000}\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line, \
                contextlib.suppress(OSError):
            line.sendall(text.encode())
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(65536):
                said.append(piece)
    return b"".join(said)
