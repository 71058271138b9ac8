"""The feed of events as an integrator follows it.

Every record and every change of a dossier is told once, in order, and names nobody. Who asks gets
pages; who waits is answered when something happens; who streams goes on where it left. Those who
read slowly, or wait in great number, harm nobody.
"""
import json
import pathlib
import select
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import Connection, Federation, claim, student, until  # noqa: E402

FEW = 7
STREAMS = 16   # at once, says the API
WAITING = 24


def types(events):
    return [event["type"] for event in events]


def feed(node, query=""):
    """All events, page by page."""
    events, after = [], None
    while True:
        page = node.get(f"/api/v1/events?limit=3{query}" + (f"&after={after}" if after else ""))
        events += page["events"]
        after = page["next"]
        if page["whole"]:
            return events, after


class Stream:
    """Server-sent events, read as they come."""

    def __init__(self, node, query="", last=None, timeout=40):
        self.connection = Connection(node.socket, timeout)
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
        self.connection.request("GET", f"/api/v1/events{query}", headers=headers)
        self.response = self.connection.getresponse()
        self.status = self.response.status

    def event(self):
        """The next event as (id, type, object); None: the stream ended."""
        fields = {}
        while True:
            line = self.response.readline().decode().rstrip("\n")
            if line.startswith("id: "):
                fields["id"] = line[4:]
            elif line.startswith("event: "):
                fields["event"] = line[7:]
            elif line.startswith("data: "):
                return fields["id"], fields["event"], json.loads(line[6:])
            elif not line and self.response.isclosed():
                return None

    def close(self):
        self.connection.close()


def story(home, host):
    dossiers = []
    for number in range(FEW):
        status, answer = home.nominate(host.schac, student(home.schac, number))
        claim("a_nomination_is_taken", status == 201, answer) if number == 0 else None
        dossiers.append(answer["dossier"])
    until(lambda: home.waiting() == 0)
    for dossier in dossiers[:3]:
        host.ask("POST", f"/api/v1/nominations/{dossier}/decision", {"outcome": "accept"})
    until(lambda: host.waiting() == 0)
    return dossiers


def pages(home, host, dossiers):
    events, last = feed(home)
    cursors = [event["cursor"] for event in events]
    claim("cursors_ascend_without_a_gap", cursors == list(range(1, len(cursors) + 1)), cursors)
    count = lambda kind: types(events).count(kind)
    claim("each_record_is_told_once",
          (count("record.written"), count("record.delivered"), count("record.received")) ==
          (FEW, FEW, 3), types(events))
    changes = [(event["dossier"], event["from"], event["state"]) for event in events
               if event["type"] == "dossier.changed"]
    claim("each_change_is_told_with_both_states",
          sorted(changes) == sorted([(d, "empty", "pending") for d in dossiers] +
                                    [(d, "pending", "accepted") for d in dossiers[:3]]), changes)
    theirs, _ = feed(host)
    claim("the_partner_tells_the_same_from_its_side",
          (types(theirs).count("record.received"), types(theirs).count("record.written")) ==
          (FEW, 3), types(theirs))
    said = json.dumps([events, theirs]).lower()
    claim("no_event_names_a_person", "kanarie" not in said and "jóna" not in said and
          "1998" not in said, said[:300])
    some, _ = feed(home, "&kind=record.received,record.delivered&partner=" + host.schac)
    claim("kinds_narrow_the_feed", types(some) == [kind for kind in types(events) if kind in
                                                   ("record.received", "record.delivered")], some)
    none = home.get(f"/api/v1/events?after={last}")
    claim("behind_the_newest_is_nothing", none["events"] == [] and none["next"] == last, none)
    return last


def refusals(home, last):
    for name, query, status, field in (
            ("no_number", "after=x", 400, "after"), ("a_negative_cursor", "after=-1", 400, "after"),
            ("a_cursor_of_the_future", f"after={int(last) + 1}", 410, "after"),
            ("a_huge_cursor", "after=999999999999999999999", 400, "after"),
            ("no_kind", "kind=record.eaten", 400, "kind"), ("an_empty_kind", "kind=", 400, "kind"),
            ("a_trailing_comma", "kind=record.written,", 400, "kind"),
            ("too_long_a_wait", "wait=61", 400, "wait"), ("no_wait", "wait=0", 400, "wait"),
            ("an_unknown_partner", "partner=nowhere.example", 404, "partner")):
        got, answer = home.ask("GET", f"/api/v1/events?{query}")
        error = answer.get("error", {})
        claim(f"{name}_is_refused", got == status and error.get("field") == field and
              error.get("hint"), (got, answer))


def later(home, host, last):
    """A long poll is answered when something happens, not when its time is over."""
    got = {}

    def wait():
        began = time.monotonic()
        connection = Connection(home.socket, 70)
        connection.request("GET", f"/api/v1/events?after={last}&wait=60&kind=dossier.changed")
        got["page"] = json.loads(connection.getresponse().read())
        got["seconds"] = time.monotonic() - began
    waiter = threading.Thread(target=wait)
    waiter.start()
    _, answer = home.nominate(host.schac, student(home.schac, FEW))
    waiter.join()
    events = got["page"]["events"]
    claim("a_wait_ends_with_the_event", got["seconds"] < 30 and len(events) == 1 and
          events[0]["dossier"] == answer["dossier"] and events[0]["state"] == "pending", got)
    until(lambda: home.waiting() == 0)
    last = feed(home)[1]
    began = time.monotonic()
    page = home.get(f"/api/v1/events?after={last}&wait=1")
    claim("a_wait_ends_with_its_time", page["events"] == [] and time.monotonic() - began >= 0.99,
          page)


def crowds(home):
    """As many wait as may, and one more hears so; the node answers others meanwhile."""
    last = feed(home)[1]
    waiters = [Connection(home.socket, 70) for _ in range(WAITING + 1)]
    for waiter in waiters:
        waiter.request("GET", f"/api/v1/events?after={last}&wait=60")

    def answered():
        return select.select([waiter.sock for waiter in waiters], [], [], 0)[0]
    claim("one_wait_too_many_is_refused", until(answered, 20) and len(answered()) == 1 and
          answered()[0].recv(13) == b"HTTP/1.1 429 ", len(answered()))
    claim("others_are_answered_meanwhile", home.ask("GET", "/api/v1/status")[0] == 200)
    for waiter in waiters:
        waiter.close()


def streams(home, host):
    first = Stream(home, "?after=0")
    claim("a_stream_begins", first.status == 200 and first.response.getheader("Content-Type") ==
          "text/event-stream", first.status)
    seen = [first.event() for _ in range(5)]
    claim("a_stream_tells_from_its_cursor", [event[2]["cursor"] for event in seen] == [1, 2, 3, 4, 5]
          and all(event[0] == str(event[2]["cursor"]) and event[1] == event[2]["type"]
                  for event in seen), seen)
    first.close()
    again = Stream(home, "?after=0", last=seen[-1][0])
    claim("a_stream_goes_on_where_it_was_left", again.event()[0] == "6")
    again.close()
    live = Stream(home, "?kind=record.written")
    home.nominate(host.schac, student(home.schac, 100))
    event = live.event()
    claim("a_stream_hears_what_happens", event[1] == "record.written", event)
    more = [live]
    while more[-1].status == 200 and len(more) < STREAMS + 4:
        more.append(Stream(home))
    claim("streams_are_bounded", more[-1].status == 429 and len(more) <= STREAMS + 1, len(more))
    home.nominate(host.schac, student(home.schac, 101))
    claim("a_crowd_of_streams_hears_it", all(stream.event()[1] for stream in more[:-1]))
    for stream in more:
        stream.close()
    home.nominate(host.schac, student(home.schac, 102))
    retry = []

    def room():
        stream = Stream(home)
        stream.close()
        retry.append(stream.status)
        return stream.status == 200
    claim("streams_that_were_left_make_room", until(room, 40), retry)


def slow(home, host):
    """A reader that takes nothing does not hinder the node."""
    stream = Stream(home, "?after=0&limit=500")
    for batch in range(10):
        home.nominate_many(host.schac, [(f"slow-{batch}-{i}", student(home.schac, 1000 + 100 * batch
                                                                      + i)) for i in range(100)])
    claim("a_slow_reader_hinders_nobody", until(lambda: home.waiting() == 0, 30))
    cursors = [stream.event()[2]["cursor"] for _ in range(2000)]
    claim("and_misses_nothing", cursors == list(range(1, 2001)))
    stream.close()


def commands(home, host):
    done = home.run("event", "tail", "--from", "0", "--json", "--kind", "record.written")
    claim("the_cli_tells_the_same", done.returncode == 0 and
          json.loads(done.stdout.splitlines()[0])["cursor"] == 1, done.stderr)
    done = home.run("event", "tail")
    claim("without_a_cursor_the_last_are_shown", done.returncode == 0 and
          len(done.stdout.splitlines()) == 21 and "event tail --from" in done.stderr, done)
    done = home.run("event", "tail", "--from", "99999999")
    claim("a_wrong_cursor_ends_with_its_reason", done.returncode == 6 and "newest" in done.stderr,
          done)


def restarted(home, host):
    before, last = feed(home)
    home.kill()
    home.start()
    after, same = feed(home)
    claim("a_fall_changes_no_event", after[:len(before)] == before, (last, same))
    stream = Stream(home)
    status, seconds = home.stop()
    claim("streams_do_not_hold_up_the_end", status == 0 and seconds < 3, (status, seconds))
    stream.close()


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = federation.nodes
        home.start()
        host.start()
        until(lambda: home.connected() and host.connected())
        dossiers = story(home, host)
        last = pages(home, host, dossiers)
        refusals(home, last)
        later(home, host, last)
        crowds(home)
        streams(home, host)
        slow(home, host)
        commands(home, host)
        restarted(home, host)


if __name__ == "__main__":
    main()
