"""The OpenAPI document of a node, held against what two real nodes answer.

Every route is in it, every answer of every route is asked for, successes and refusals, and fits its
schema to the last field: a field that no schema names fails here. Every write that was done is asked
for again under its key, and that answer fits too. Where a request has a body, the
node refuses a field that the document does not have, and the absence of one that it requires.
"""
import base64
import itertools
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Connection, Federation, claim, student, until  # noqa: E402

try:
    import jsonschema
except ImportError:
    print("skip every_answer_fits_the_document: python3-jsonschema is not installed")
    sys.exit(0)

METHODS = {"get", "post", "delete"}
MILD = {("/api/v1/backups", "delete"), ("/api/v1/checks", "get"), ("/metrics", "get"),
        ("/healthz", "get"), ("/readyz", "get")}  # never refuse
DOORS = {("get", "/healthz"), ("get", "/readyz")}  # described, though the API does not serve them
PUBLIC = DOORS | {("post", "/api/v1/session")}
KEYS = (f"again-{number}" for number in itertools.count())
CSV = "family_name,given_names,birth_date,email,partner,year,term,kind,level,isced_f\n" \
      "Api,Jana,2004-05-06,jana.api@student.helmo.be,uhasselt.be,2026/2027,1,studies,6,0613\n"
GRADES = {"id": "HOST", "grades": [{"grade": "A", "rank": 1, "count": 20},
                                   {"grade": "B", "rank": 2, "count": 20}]}
CREDITS = {"credit_record": {"components": [
    {"code": "B1", "title": "Parasitology", "ects_hundredths": 550, "grade": "15", "passed": True},
    {"code": "B2", "title": "Virology", "ects_hundredths": 2450, "grade": "12", "passed": True}],
    "total_hundredths": 3000, "issued_on": "2027-02-10"}}


class Watched:
    """Asks, and remembers what came back for which route."""

    def __init__(self, node, document, seen):
        self.node, self.document, self.seen = node, document, seen
        self.repeats = []
        self.templates = [(path, re.compile("^" + re.sub(r"\\\{[^}]*\\\}|\{[^}]*\}", "([^/]+)",
                                                         re.escape(path)) + "$"))
                          for path in document["paths"]]

    def template(self, path):
        fits = [name for name, pattern in self.templates if pattern.match(path)]
        return min(fits, key=lambda name: name.count("{")) if fits else None

    def ask(self, method, path, body=None, more=None):
        """What was done is asked for again under the same key; the first answer is given."""
        if method == "GET":
            return self.once(method, path, body, more)
        more = {"Idempotency-Key": next(KEYS), **(more or {})}
        first = self.once(method, path, body, more)
        if first[0] < 300:
            cookie = self.cookie
            self.repeats.append((self.template(path), method.lower(), *first,
                                 *self.once(method, path, body, more)))
            self.cookie = cookie
        return first

    def once(self, method, path, body, more):
        connection = Connection(self.node.socket, 60)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        headers |= more or {}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        self.cookie = response.getheader("Set-Cookie", "").split(";")[0]
        raw, kind = response.read(), response.getheader("Content-Type", "").split(";")[0]
        connection.close()
        answer = json.loads(raw) if kind == "application/json" else raw
        self.seen.append((self.template(path.split("?")[0]), method.lower(), response.status, kind,
                          answer, body))
        return response.status, answer


# --- the document itself


def refs(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "$ref":
                yield inner
            else:
                yield from refs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from refs(inner)


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS & set(item):
            yield path, method, item[method]


def itself(document, index):
    claim("it_is_openapi_3_1", document["openapi"].startswith("3.1.") and document["info"]["title"]
          and document["info"]["version"])
    lost = [ref for ref in refs(document) if ref.removeprefix("#/components/schemas/") not in
            document["components"]["schemas"]]
    claim("every_reference_leads_somewhere", not lost, lost)
    used = {ref.rsplit("/", 1)[1] for ref in refs(document)}
    idle = set(document["components"]["schemas"]) - used
    claim("no_schema_is_idle", not idle, idle)
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    claim("operations_have_names_of_their_own", len(ids) == len(set(ids)))
    there = {(method, path) for path, method, _ in operations(document)}
    routes = {(route["method"].lower(), route["path"]) for route in index["routes"]}
    claim("every_route_is_there_and_no_other", there == routes | DOORS, there ^ (routes | DOORS))
    for name, schema in document["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
    claim("every_schema_is_one", True)
    bare = [(path, method) for path, method, operation in operations(document)
            if {part["name"] for part in operation.get("parameters", []) if part["in"] == "path"} !=
            set(re.findall(r"\{(\w+)\}", path))]
    claim("every_part_of_a_path_is_described", not bare, bare)
    loose = [name for name, schema in document["components"]["schemas"].items()
             if schema.get("type") == "object" and schema.get("additionalProperties") is not False
             and name not in ("Counters",)]
    claim("no_schema_is_open", not loose, loose)


def secured(document):
    """Who asks shows a token, or a session; and who writes with a session its twin as well."""
    schemes = document["components"].get("securitySchemes", {})
    kinds = {name: tuple(scheme.get(part) for part in ("type", "scheme", "in", "name"))
             for name, scheme in schemes.items()}
    claim("the_schemes_are_those_of_the_node", kinds == {
        "bearer": ("http", "bearer", None, None),
        "session": ("apiKey", None, "cookie", "__Host-peregrin"),
        "session_plain": ("apiKey", None, "cookie", "peregrin"),
        "csrf": ("apiKey", None, "header", "X-CSRF-Token")}, kinds)
    wrong = []
    for path, method, operation in operations(document):
        ways = operation.get("security", document.get("security"))
        twin = ["csrf"] if method != "get" else []
        wanted = [] if (method, path) in PUBLIC else \
            [["bearer"], ["session", *twin], ["session_plain", *twin]]
        if ways is None or [sorted(way, reverse=True) for way in ways] != \
                [sorted(way, reverse=True) for way in wanted]:
            wrong.append((method, path, ways))
    claim("every_route_says_how_to_name_oneself", not wrong, wrong)


def streamed(node, document):
    """The stream of events is in the document, and what it begins with is what it says."""
    operation = document["paths"]["/api/v1/events"]["get"]
    connection = Connection(node.socket, 60)
    connection.request("GET", "/api/v1/events", headers={"Accept": "text/event-stream",
                                                         "Last-Event-ID": "newest"})
    response = connection.getresponse()
    kind = response.getheader("Content-Type", "").split(";")[0]
    begun = response.readline()
    connection.close()
    claim("the_stream_is_in_the_document", response.status == 200 and begun == b"retry: 3000\n"
          and kind in operation["responses"]["200"]["content"], (response.status, kind, begun))
    claim("so_is_where_it_is_taken_up_again", ("header", "Last-Event-ID") in
          {(part["in"], part["name"]) for part in operation["parameters"]})


# --- everything that two nodes can be asked


def story(home, host, names):
    """Home nominates, host decides, stays, transcripts, recognition; and much is refused."""
    ask = home.ask
    for path in ("/api/v1/", "/api/v1/status", "/api/v1/partners", "/api/v1/backups",
                 "/api/v1/checks", "/metrics", "/healthz", "/readyz", "/api/v1/roles", "/api/v1/users", "/api/v1/session",
                 "/api/v1/webhooks", "/api/v1/events", "/api/v1/audit", "/api/v1/audit/log",
                 "/api/v1/drafts", "/api/v1/nominations", "/api/v1/transcripts", "/api/v1/stays",
                 "/api/v1/recognitions", "/api/v1/outbox", "/api/v1/openapi.json",
                 "/api/v1/exports/nominations"):
        ask("GET", path)
    ask("POST", f"/api/v1/partners/{host.node.schac}/ping", {})
    # an import, its drafts, and sending them
    ask("POST", "/api/v1/imports", {"content": CSV + "Bad,,x,y,z,1,2,3,4,5\n"})
    ask("POST", "/api/v1/imports", {"content_base64": base64.b64encode(CSV.encode()).decode(),
                                    "confirm": True, "skip_bad": True})
    _, drafts = ask("GET", "/api/v1/drafts")
    ask("POST", "/api/v1/nominations/check", {"numbers": [one["number"] for one in drafts["drafts"]]})
    ask("POST", "/api/v1/nominations/send", {"all": True})
    # nominations
    dossiers = []
    for number in range(6):
        status, answer = ask("POST", "/api/v1/nominations",
                             {"partner": host.node.schac,
                              "nomination": student(home.node.schac, number)})
        dossiers.append(answer["dossier"])
    ask("POST", "/api/v1/nominations/batch", {"partner": host.node.schac, "items": [
        {"key": "a", "nomination": student(home.node.schac, 20)},
        {"key": "b", "nomination": {"year": "x"}}]})
    until(lambda: home.node.waiting() == 0)
    base = [f"/api/v1/nominations/{dossier}" for dossier in dossiers]
    ask("POST", "/api/v1/nominations/search", {"text": "Kanarie"})
    ask("POST", f"{base[0]}/amendment", {"nomination": dict(student(home.node.schac, 0), term=2)})
    ask("POST", f"{base[5]}/withdrawal", {})
    until(lambda: home.node.waiting() == 0)
    for number, outcome in enumerate(("accept", "accept", "refuse", "waitlist", "accept")):
        host.ask("POST", f"{base[number]}/decision",
                 {"outcome": outcome, **({"reason": "places"} if outcome == "refuse" else {})})
    until(lambda: host.node.waiting() == 0)
    learning(home, host, base[1])
    published(home, host)
    divided(home, base[0])
    without_a_node(home)
    agreed(home, host)
    host.ask("POST", f"{base[0]}/arrival", {"date": "2027-02-01"})
    until(lambda: host.node.waiting() == 0)
    ask("POST", f"{base[0]}/extension", {"end": "2027-07-31"})
    until(lambda: home.node.waiting() == 0)
    host.ask("POST", f"{base[0]}/decision", {"outcome": "accept"})
    until(lambda: host.node.waiting() == 0)
    host.ask("POST", f"{base[0]}/departure", {"date": "2027-06-30"})
    host.ask("POST", f"{base[0]}/transcript", CREDITS)
    host.ask("POST", f"{base[4]}/revocation", {"of": "acceptance", "reason": "other"})
    until(lambda: host.node.waiting() == 0)
    ask("POST", f"{base[0]}/recognition", {"recognition": {"groups": [
        {"components": [0, 1], "home": [{"code": "H1", "title": "Biology",
                                         "ects_hundredths": 3000}]}],
        "total_hundredths": 3000, "decided_on": "2027-07-10"}})
    until(lambda: home.node.waiting() == 0)
    for side in (home, host):
        for path in ("status", "partners", "nominations", "transcripts", "stays", "recognitions",
                     "outbox", "audit", "events", "exports/nominations"):
            side.ask("GET", f"/api/v1/{path}")
        for path in base:
            side.ask("GET", path)
        side.ask("GET", f"/api/v1/records/{dossiers[0]}/0.0")
        side.ask("GET", f"/api/v1/records/{dossiers[0]}/1.0")
        side.ask("GET", f"/api/v1/records/{dossiers[0]}/0.0/evidence")
        side.ask("GET", f"/api/v1/nominations/{dossiers[0]}/papers/transcript?language=nl")
        side.ask("GET", f"/api/v1/nominations/{dossiers[0]}/elmo")
        side.ask("GET", "/api/v1/evidence")
    # waiting: the partner is away
    host.node.kill()
    ask("POST", "/api/v1/nominations", {"partner": host.node.schac,
                                        "nomination": student(home.node.schac, 30)})
    ask("GET", "/api/v1/outbox")
    ask("GET", "/api/v1/status")
    # grading tables
    ask("POST", "/api/v1/grades/tables", {"table": GRADES})
    for path in ("/api/v1/rules?kind=studies", "/api/v1/rules/duration.study.min",
                 "/api/v1/rule-settings"):
        ask("GET", path)
    for path in ("/api/v1/grades/tables", "/api/v1/grades/tables/HOST"):
        ask("GET", path)
    ask("POST", "/api/v1/grades/conversions", {"from": "HOST", "to": "HOST", "rule": "middle",
                                               "grade": "A"})
    ask("DELETE", "/api/v1/grades/tables/HOST")
    # reports
    ask("POST", "/api/v1/groups", {"code": "south", "name": "South", "add": ["uhasselt.be"]})
    ask("POST", "/api/v1/groups", {"code": "south", "add": ["nobody.example"]})
    ask("POST", "/api/v1/groups", {"code": "No"})
    ask("GET", "/api/v1/groups")
    ask("POST", "/api/v1/reports/targets", {"name": "students", "share": "20",
                                            "year": "2026/2027", "cohort": 1200})
    ask("POST", "/api/v1/reports/targets", {"name": "No"})
    for report in ("balance", "targets", "credits", "grants", "annual", "pipeline",
                   "partners"):
        for query in ("", "?public=yes", "?format=csv", "?format=svg", "?format=html", "?format=x"):
            ask("GET", f"/api/v1/reports/{report}{query}")
    ask("DELETE", "/api/v1/groups/south")
    ask("DELETE", "/api/v1/groups/south")
    ask("DELETE", "/api/v1/reports/targets/students")
    ask("DELETE", "/api/v1/reports/targets/students")
    # webhooks, users, tokens, backups
    _, answer = ask("POST", "/api/v1/webhooks", {"url": "http://127.0.0.1:9/x",
                                                 "kinds": ["record.written"]})
    hook = answer["webhook"]["id"]
    ask("POST", f"/api/v1/webhooks/{hook}/test", {})
    until(lambda: any(each["id"] == hook and each["tried_at"]
                      for each in home.node.get("/api/v1/webhooks")["webhooks"]))
    for method, path in (("GET", ""), ("POST", f"/{hook}/retry"), ("DELETE", f"/{hook}")):
        ask(method, f"/api/v1/webhooks{path}", {} if method == "POST" else None)
    ask("POST", "/api/v1/users", {"name": "marta", "roles": ["coordinator"], "units": ["helmo.be"]})
    ask("POST", "/api/v1/users/marta", {"roles": ["officer"], "disabled": False})
    ask("POST", "/api/v1/users/marta/password", {"password": "a long and odd sentence of words"})
    ask("POST", "/api/v1/users/marta/tokens", {"name": "sis", "days": 9, "roles": ["officer"]})
    for path in ("/api/v1/users", "/api/v1/users/marta", "/api/v1/users/marta/tokens",
                 "/api/v1/audit/log"):
        ask("GET", path)
    ask("DELETE", "/api/v1/users/marta/tokens/sis")
    sessions(home)
    ask("DELETE", "/api/v1/users/marta")
    money(ask)
    ask("POST", "/api/v1/backups", {})
    until(lambda: home.node.get("/api/v1/backups")["backup"]["state"] != "running")
    ask("GET", "/api/v1/backups")
    ask("DELETE", "/api/v1/backups")
    _, drafts = ask("POST", "/api/v1/imports", {"content": CSV.replace("Api", "Later")
                                                .replace("jana.api", "later"), "confirm": True})
    _, drafts = ask("GET", "/api/v1/drafts")
    for draft in drafts.get("drafts", []):
        ask("DELETE", f"/api/v1/drafts/{draft['number']}")
    names.update(dossier=dossiers[0], hook=hook)


def learning(home, host, dossier):
    """A learning agreement is proposed, commented on, proposed anew and approved."""
    plan = {"units": [{"part": "host", "code": "B1", "title": "Biology", "ects_hundredths": 600},
                      {"part": "home", "title": "Biologie", "ects_hundredths": 600,
                       "recognised": True}],
            "start": "2027-02-01", "end": "2027-06-30", "student_approved_on": "2026-12-01",
            "student_approved_by": "account", "language": {"language": "en", "level": "B2"}}
    for answer in ({"outcome": "refuse", "comment": "More, please."}, {"outcome": "accept"}):
        home.ask("POST", f"{dossier}/learning-agreement", {"learning_agreement": plan})
        until(lambda: home.node.waiting() == 0)
        host.ask("POST", f"{dossier}/learning-decision", answer)
        until(lambda: host.node.waiting() == 0)
    for side in (home, host):
        side.ask("GET", "/api/v1/learning-agreements")
        side.ask("GET", "/api/v1/learning-agreements?waits=own&learning=approved")


def published(home, host):
    """What the host says of itself, and what is due because of it."""
    term = {"term": 1, "starts": "09-15", "ends": "01-31", "nominations": "05-01"}
    grades = [{"grade": "A", "count": 9, "passing": True}, {"grade": "F", "count": 1,
                                                            "passing": False}]
    course = {"code": "B1", "title": "Biology", "ects_hundredths": 600}
    host.ask("POST", "/api/v1/factsheets", {"factsheet": {"terms": [term], "zone": "Europe/Paris",
                                                          "decision_weeks": 3}})
    host.ask("POST", "/api/v1/course-lists", {"course_list": {"year": "2026/2027",
                                                              "courses": [course]}})
    _, answer = host.ask("POST", "/api/v1/grading-tables",
                         {"grading_table": {"scheme": "be", "grades": grades}})
    table = answer["results"][0]["dossier"]
    until(lambda: host.node.waiting() == 0)
    for side in (home, host):
        for path in ("notices", f"notices/{table}", "deadlines?days=700", "calendars/deadlines"):
            side.ask("GET", f"/api/v1/{path}")
    host.ask("POST", f"/api/v1/notices/{table}/retraction", {"reason": "error"})
    until(lambda: host.node.waiting() == 0)


def without_a_node(home):
    """A partner that runs no node: what goes to it by e-mail, and what it answers."""
    partner = {"partner": "uni-x.example", "name": "University X", "country": "CH"}
    home.ask("POST", "/api/v1/hand-partners", dict(partner, email="office@uni-x.example"))
    home.ask("POST", "/api/v1/hand-partners", dict(partner, partner="uni-y.example"))
    home.ask("GET", "/api/v1/hand-partners")
    home.ask("DELETE", "/api/v1/hand-partners/uni-y.example")
    _, said = home.ask("POST", "/api/v1/nominations", {
        "partner": "uni-x.example", "nomination": student(home.node.schac, 78)})
    for part in ("", "/paper?language=fr", "/list", "/evidence"):
        home.ask("GET", f"/api/v1/handovers/uni-x.example{part}")
    home.ask("POST", f"/api/v1/nominations/{said['dossier']}/mark",
             {"state": "accepted", "date": "2026-05-12", "comment": "by e-mail"})
    home.ask("GET", f"/api/v1/nominations/{said['dossier']}")
    home.ask("GET", "/api/v1/stays")


def divided(home, dossier):
    """Departments are added, renamed and closed; a dossier is given to one of them, on this node."""
    home.ask("POST", "/api/v1/units", {"code": "vet", "name": "Animal health"})
    home.ask("POST", "/api/v1/units", {"code": "vet-lab", "parent": "vet", "from": "2026-09-01"})
    home.ask("POST", "/api/v1/units/vet-lab", {"name": "Laboratory", "until": "2030-08-31"})
    home.ask("POST", "/api/v1/units/unassigned", {"shown": True})
    home.ask("POST", f"{dossier}/unit", {"unit": "vet"})
    home.ask("GET", dossier)
    home.ask("POST", f"{dossier}/unit", {"unit": None})
    home.ask("GET", "/api/v1/units")


def agreed(home, host):
    """Terms are proposed, declined, countered, taken back, approved, changed and terminated."""
    condition = {"id": "c1", "sending": home.node.schac, "mobility": "studies",
                 "first_year": "2026/2027", "last_year": "2028/2029", "places": 2,
                 "tenth_months": 100, "isced_f": ["0613"], "eqf": [6]}
    terms = {"terms": {"reference": "A-1", "conditions": [condition],
                       "contacts": [{"name": "Office", "email": "office@home.example"}]}}
    home.ask("POST", "/api/v1/agreements/check", {"partner": host.node.schac, **terms})
    home.ask("POST", "/api/v1/agreements/check", {"partner": "nobody.example", **terms})
    _, answer = home.ask("POST", "/api/v1/agreements", {"partner": host.node.schac, **terms})
    agreement = f"/api/v1/agreements/{answer['dossier']}"

    def say(side, resource, body):
        until(lambda: home.node.waiting() == 0 and host.node.waiting() == 0)
        side.ask("POST", f"{agreement}/{resource}", body)

    say(host, "declination", {"reason": "places"})
    say(host, "terms", terms)
    say(host, "taking_back", {"comment": "By mistake."})
    say(host, "terms", terms)
    until(lambda: host.node.waiting() == 0)
    _, shown = home.ask("GET", agreement)
    say(home, "approval", {"terms": shown["open"]})
    say(home, "contacts", {"contacts": [{"name": "Marta"}]})
    condition = dict(condition, places=3)
    say(host, "terms", {"terms": dict(terms["terms"], conditions=[condition])})
    until(lambda: host.node.waiting() == 0)
    for side in (home, host):
        for path in ("", "/differences", "/places?year=2026/2027"):
            side.ask("GET", f"{agreement}{path}")
        side.ask("GET", "/api/v1/agreements?state=change_countered")
        side.ask("GET", "/api/v1/calendars/agreements")
    say(home, "termination", {"last_year": "2090/2091", "reason": "capacity"})
    until(lambda: home.node.waiting() == 0)
    home.ask("GET", agreement)
    home.ask("POST", "/api/v1/agreements/import", {"confirm": True, "until": "2029/2030", "rows": [
        {"row": 2, "partner": host.node.schac, "master": "1", "places": "2", "months_each": "5",
         "subject_code": "0481", "subject": "Computer science", "expires_on": "2021-09-30"},
        {"partner": "nowhere"}]})
    until(lambda: home.node.waiting() == 0)


def money(ask):
    """Departments, a call with its envelope, and a grant there and back."""
    ask("POST", "/api/v1/units", {"code": "health", "name": "Health"})
    ask("POST", "/api/v1/units/unassigned", {"shown": True})
    ask("POST", "/api/v1/units/health", {"name": "Health sciences"})
    ask("POST", "/api/v1/envelopes", {"title": "Erasmus", "amount_cents": 9000000})
    ask("POST", "/api/v1/envelopes/1/raise", {"amount_cents": 100, "reason": "interest"})
    ask("POST", "/api/v1/envelopes/1/lower", {"amount_cents": 100, "reason": "typed twice"})
    ask("POST", "/api/v1/envelopes/1/lower", {"amount_cents": 100})
    ask("POST", "/api/v1/calls", {"title": "Spring", "envelope": 1, "amount_cents": 120000})
    for _ in range(2):
        ask("POST", "/api/v1/grants", {"call": 1, "kind": "training", "family_name": "Maes",
                                       "country": "PL", "unit": "health"})
    ask("POST", "/api/v1/grants/1/score", {"points": 12})
    ask("POST", "/api/v1/grants/1/score", {"points": -1})
    rows = "family_name,kind,country\nMaes,training,PL\nX,holiday,PL\n"
    ask("POST", "/api/v1/calls/1/import", {"content": rows})
    ask("POST", "/api/v1/calls/1/import", {"content": rows, "confirm": True, "skip_bad": True})
    ask("POST", "/api/v1/calls/1/import", {})
    ask("POST", "/api/v1/grants/1/allot", {})
    for path in ("units", "calls", "envelopes", "grants", "calls/1", "calls/1/plan", "grants/1"):
        ask("GET", f"/api/v1/{path}")
    ask("POST", "/api/v1/calls/1/allot", {})
    ask("POST", "/api/v1/grants/1/return", {})
    ask("POST", "/api/v1/grants/1/release", {"reason": "ill"})
    ask("POST", "/api/v1/grants/1/return", {})
    ask("GET", "/api/v1/envelopes/1")
    ask("POST", "/api/v1/calls/1/close", {})


def by_hand(home, host):
    """A partner is suspended; what was refused at its turn is tried again, and given up."""
    ask, way = host.ask, f"/api/v1/partners/{home.node.schac}"
    if not host.node.answers():
        host.node.start()
    ask("POST", f"{way}/suspend", {"reason": "a test"})
    ask("POST", f"{way}/resume", {})
    _, said = home.ask("POST", "/api/v1/nominations", {
        "partner": host.node.schac, "nomination": student(home.node.schac, 77)})
    path = f"/api/v1/nominations/{said['dossier']}"
    until(lambda: host.node.ask("GET", path)[0] == 200)
    home.node.stop()
    host.node.stop()
    host.node.start()  # its guard holds: neither answer is looked at before both are given
    ask("POST", f"{path}/decision", {"outcome": "accept"})
    ask("POST", f"{path}/decision", {"outcome": "refuse", "reason": "places"})
    home.node.start()
    claim("the_second_answer_is_refused_at_its_turn",
          until(lambda: host.node.totals()["stuck"] == 1), host.node.totals())
    _, answer = ask("GET", "/api/v1/outbox")
    stuck = [line for line in answer["outbox"] if line["state"] == "stuck"]
    claim("the_outbox_and_the_totals_say_the_same", len(stuck) == 1, answer)
    _, again = ask("POST", "/api/v1/outbox/retry", {"dossiers": [said["dossier"]]})
    claim("tried_again_it_is_refused_again", again.get("retried") == 1
          and until(lambda: host.node.totals()["stuck"] == 1), again)
    ask("DELETE", f"/api/v1/outbox/{stuck[0]['number']}")
    claim("given_up_it_is_gone", host.node.totals()["stuck"] == 0, host.node.totals())


def sessions(home):
    ask, words = home.ask, "a long and odd sentence of words"
    ask("POST", "/api/v1/session", {"user": "marta", "password": "wrong"})
    for goodbye in (("POST", "/api/v1/session/password", {"before": words, "password": words[::-1]}),
                    ("DELETE", "/api/v1/session", None)):
        _, answer = ask("POST", "/api/v1/session", {"user": "marta", "password": words})
        more = {"Cookie": home.cookie, "X-CSRF-Token": answer["csrf_token"]}
        ask("GET", "/api/v1/session", more=more)
        schemes = home.document["components"].get("securitySchemes", {}).values()
        claim("the_cookie_is_one_of_the_schemes", more["Cookie"].split("=")[0] in
              {scheme.get("name") for scheme in schemes}, more["Cookie"].split("=")[0])
        ask(*goodbye, more=more)
        words = words[::-1]


def refusals(home, document, names):
    """What every route refuses: an unknown parameter, body field, name; the absence of a field."""
    loose, lax = [], []
    for path, method, operation in operations(document):
        filled = path.replace("{dossier}", names["dossier"]).replace("{schac}", "no.such")
        filled = re.sub(r"\{\w+\}", "7", filled)
        body = operation.get("requestBody")
        if method == "get":
            home.ask("GET", filled + "?no_such_parameter=1")
            continue
        status, _ = home.ask(method.upper(), filled, {"no_such_field": 1})
        if body and status < 400:
            loose.append((method, path, status))
        schema = body and body["content"]["application/json"]["schema"]
        for name in (schema or {}).get("properties", {}):
            _, answer = home.ask("POST", filled, {name: None})
            if "not known" in answer.get("error", {}).get("message", ""):
                loose.append((path, name, "is in the document only"))
        for name in (schema or {}).get("required", []):
            if home.ask("POST", filled, {})[0] < 400:
                lax.append((path, name))
    claim("a_field_that_is_not_there_is_refused", not loose, loose)
    claim("a_field_that_is_required_is_required", not lax, lax)


# --- holding them against each other


def repeated(document, repeats):
    """What opens or goes on with a dossier is done once: again, it says so, with what is there."""
    twice = {(path, method) for path, method, operation in operations(document)
             if {"200", "201"} <= set(operation["responses"])}
    submitted = [entry for entry in repeats if "repeated" in entry[3]]
    lost = twice ^ {(path, method) for path, method, *_ in submitted}
    claim("every_submission_was_repeated_and_no_other", twice and not lost, lost)
    wrong = [entry for entry in submitted if entry[2] != 201 or entry[3]["repeated"]
             or entry[4] != 200 or not entry[5].get("repeated")
             or entry[3]["dossier"] != entry[5]["dossier"]]
    claim("a_submission_again_is_told_as_one", not wrong, wrong[:2])


def held(document, seen):
    wrong, missing = [], []
    components = {"components": document["components"]}
    for path, method, status, kind, answer, body in seen:
        operation = document["paths"].get(path, {}).get(method)
        if not operation:
            continue
        responses = operation["responses"]
        said = responses.get(str(status)) or responses.get("default")
        content = (said or {}).get("content", {}).get(kind)
        if not content:
            wrong.append(f"{method} {path} {status} {kind}: not in the document")
        elif "schema" in content and kind == "application/json":
            for error in jsonschema.Draft202012Validator({**content["schema"], **components}) \
                    .iter_errors(answer):
                wrong.append(f"{method} {path} {status}: {list(error.absolute_path)}: "
                             f"{error.message[:160]}")
        if body and status < 300 and "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            for error in jsonschema.Draft202012Validator({**schema, **components}) \
                    .iter_errors(body):
                wrong.append(f"{method} {path}: the request: {error.message[:160]}")
    wrong = sorted(set(wrong))
    claim("every_answer_fits_its_schema", not wrong, "\n".join(wrong[:60]))
    good = {(path, method) for path, method, status, *_ in seen if status < 300}
    missing = [(method, path) for path, method, _ in operations(document)
               if (path, method) not in good]
    claim("every_route_was_answered_well", not missing, missing)
    bad = {(path, method) for path, method, status, *_ in seen if status >= 400}
    missing = [(method, path) for path, method, _ in operations(document)
               if (path, method) not in bad | MILD]
    claim("every_route_was_refused_too", not missing, missing)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        nodes = [node.start() for node in federation.nodes]
        until(lambda: all(node.connected() for node in nodes))
        document, seen, names = nodes[0].get("/api/v1/openapi.json"), [], {}
        home, host = [Watched(node, document, seen) for node in nodes]
        itself(document, nodes[0].get("/api/v1/"))
        secured(document)
        story(home, host, names)
        by_hand(home, host)
        streamed(nodes[0], document)
        refusals(home, document, names)
        repeated(document, home.repeats + host.repeats)
        held(document, seen)
        if os.environ.get("SEEN"):
            pathlib.Path(os.environ["SEEN"]).write_text(json.dumps(
                [entry[:4] + ((entry[4] if entry[3] == "application/json" else None), entry[5])
                 for entry in seen]))


if __name__ == "__main__":
    main()
