"""No personal data outside of where it belongs: not in a log at its most talkative, not in an error,
and not on the wire, where a relay stands between the nodes and writes down every byte.

The canaries are what a nomination says of a student: names, e-mail, ESI, birth date, a comment. A
search that cannot find anything proves nothing, so each search is seen to find what is there.
"""
import json
import pathlib
import socket
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Federation, claim, student, until  # noqa: E402

STUDENTS = 60
COMMENT = "Zaunkoenig-Bemerkung"
REASON = "Zaunkoenig-Grund"


class Relay:
    """Listens where the catalogue says that a node is, and passes all on to where it really is."""

    def __init__(self, listen, target):
        self.target = target
        self.recorded = bytearray()
        self.lock = threading.Lock()
        self.carriers = []
        self.server = socket.create_server(listen)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self.target)
            except OSError:
                near.close()
                continue
            for source, sink in ((near, far), (far, near)):
                carrier = threading.Thread(target=self.carry, args=(source, sink), daemon=True)
                self.carriers.append(carrier)
                carrier.start()

    def carry(self, source, sink):
        """A direction is written down piece by piece: its frames are not torn by the other's."""
        said = bytearray()
        try:
            while piece := source.recv(65536):
                said += piece
                sink.sendall(piece)
        except OSError:
            pass
        with self.lock:
            self.recorded += said
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        """After both nodes have ended: then every byte is written down."""
        self.server.close()
        for carrier in self.carriers:
            carrier.join(10)


def place_of(address):
    host, port = address.removeprefix("tcp://").split(":")
    return host, int(port)


def set_between(node):
    """The catalogue keeps the address that the relay takes; the node listens elsewhere."""
    config = node.folder / "peregrind.conf"
    text = config.read_text()
    public = text.split('\nlisten = "')[1].split('"')[0]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config.write_text(text.replace(f'listen = "{public}"', f'listen = "tcp://127.0.0.1:{port}"')
                      + '\nlog_level = "detail"\n')
    return Relay(place_of(public), ("127.0.0.1", port))


def canaries(nodes):
    words = [COMMENT, REASON, "Jóna", "Mária", "kanarie.", "Kanarie-", "personalUniqueCode",
             "1998-01-10"]
    for node in nodes:
        for number in range(STUDENTS):
            one = student(node.schac, number)["person"]
            words += [one["email"], one["esi"].rsplit(":", 1)[1]]
    return sorted(set(words))


def found(words, content):
    """Of the words, in UTF-8 or UTF-16, those that stand in the bytes, in whatever case."""
    content = bytes(content).lower()
    return [word for word in words if word.lower().encode() in content
            or word.lower().encode("utf-16-le") in content]


# --- everything that touches personal data


def talk(home, host):
    """A whole life of dossiers in both directions."""
    for own, other in ((home, host), (host, home)):
        for number in range(STUDENTS):
            status, answer = own.nominate(
                other.schac, student(own.schac, number, comment=f"{COMMENT} {number}"))
            assert status == 201, answer
    until(lambda: home.waiting() + host.waiting() == 0)
    rows = list(host.pages("/api/v1/nominations?direction=incoming", "nominations"))
    for number, row in enumerate(rows):
        path = f"/api/v1/nominations/{row['dossier']}"
        host.ask("POST", f"{path}/decision", {"outcome": "accept" if number % 3 else "refuse",
                                              **({} if number % 3 else {"reason": "places"}),
                                              "comment": f"{COMMENT} {number}"})
        if number % 4 == 0:
            home.ask("POST", f"{path}/withdrawal", {"reason": "student", "comment": COMMENT})
    until(lambda: home.waiting() + host.waiting() == 0)


def wrong_calls(home, host):
    """What is refused, each with personal data in it: the answers."""
    bad = student(home.schac, 1)
    answers = []

    def ask(*arguments, **more):
        answers.append(home.ask(*arguments, **more))

    for field, value in (("email", f"kanarie.{COMMENT}@@x"), ("birth_date", f"{COMMENT}"),
                         ("esi", f"kanarie.{REASON}"), ("nationality", "Kanarie-"),
                         ("family_name", f"Kanarie-{COMMENT}\u0007"), ("gender", 7)):
        ask("POST", "/api/v1/nominations", {"partner": host.schac, "nomination": {
            **bad, "person": {**bad["person"], field: value}}})
    ask("POST", "/api/v1/nominations", {"partner": host.schac, "nomination": {
        **bad, COMMENT: 1}})
    ask("POST", "/api/v1/nominations", {"partner": "kanarie.be", "nomination": bad})
    ask("POST", "/api/v1/nominations", {"partner": host.schac, "nomination": {
        **bad, "mobility": "Kanarie-"}})
    ask("GET", f"/api/v1/nominations/{COMMENT}")
    ask("GET", f"/api/v1/nominations?partner={COMMENT}")
    ask("GET", f"/api/v1/{COMMENT}")
    ask("POST", "/api/v1/nominations", {"partner": host.schac, "nomination": bad}, key=COMMENT)
    ask("POST", "/api/v1/nominations", {"partner": host.schac, "nomination": {
        **bad, "comment": REASON}}, key=COMMENT)
    row = next(home.pages("/api/v1/nominations?direction=outgoing", "nominations"))
    ask("POST", f"/api/v1/nominations/{row['dossier']}/decision",
        {"outcome": "accept", "comment": COMMENT})
    return answers


def import_file(home):
    rows = ["partner;year;term;kind;level;isced_f;family_name;given_names;birth_date;gender;"
            "nationality;email;esi;start;end"]
    rows += [f"uhasselt.be;2026/2027;2;studies;6;0613;Kanarie-{COMMENT};Jóna;2004-05-0{day};2;BE;"
             f"kanarie.{day}{at};;2026-02-01;2026-06-30" for day, at in ((1, "@helmo.be"), (2, ""))]
    return home.ask("POST", "/api/v1/imports", {"content": "\n".join(rows), "confirm": True,
                                                "skip_bad": True})


def check_errors(words, answers):
    errors = [answer for status, answer in answers if status >= 400]
    said = json.dumps(errors, ensure_ascii=False)
    own = [word for word in words if word != "personalUniqueCode"]  # the rule itself names it
    claim("most_of_these_calls_are_refused", len(errors) >= len(answers) - 2, lambda: answers)
    claim("no_error_holds_personal_data", not found(own, said.encode()),
          lambda: (found(own, said.encode()), said))


def check_files(words, nodes):
    for node in nodes:
        said = node.log()
        claim(f"the_log_of_{node.schac}_tells_of_its_work_in_detail",
              '"level":"detail"' in said and "records from" in said, lambda: said[-500:])
        claim(f"the_log_of_{node.schac}_holds_no_personal_data", not found(words, said.encode()),
              lambda: found(words, said.encode()))


def check_wire(words, relays):
    for relay in relays:
        claim("the_relay_has_heard_both_sides", len(relay.recorded) > 50000 and
              b"\0SP\0" in relay.recorded, lambda: len(relay.recorded))
    said = b"".join(bytes(relay.recorded) for relay in relays)
    claim("no_personal_data_is_on_the_wire", not found(words, said), lambda: found(words, said))
    print(f"# {len(words)} canaries sought in {len(said)} bytes of the wire")


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        relays = [set_between(node) for node in (home, host)]
        words = canaries((home, host))
        for node in (home, host):
            node.start()
        until(lambda: home.connected() and host.connected())
        talk(home, host)
        claim("the_dossiers_hold_the_canaries", len(found(words, json.dumps(
            [node.get(f"/api/v1/nominations/{row['dossier']}") for node in (home, host)
             for row in node.pages("/api/v1/nominations", "nominations")],
            ensure_ascii=False).encode())) >= 2 * STUDENTS)
        check_errors(words, wrong_calls(home, host))
        status, answer = import_file(home)
        claim("an_import_s_problems_hold_no_personal_data", status == 200 and answer["bad"] == 1 and
              not found(words, json.dumps(answer["problems"], ensure_ascii=False).encode()),
              lambda: answer)
        home.kill()
        home.start()
        until(lambda: home.connected() and host.connected() and home.waiting() == 0)
        home.stop()
        host.stop()
        for relay in relays:
            relay.close()
        check_files(words, (home, host))
        check_wire(words, relays)


main()
