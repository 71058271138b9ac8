#!/usr/bin/env python3
"""A program that works with a Peregrin node over its API: standard library only.

    client.py list                          nominations, in both directions
    client.py nominate PARTNER FILE         one student, from a JSON file
    client.py decide DOSSIER accept|refuse [REASON]
    client.py follow [CURSOR] [COUNT]       events as they happen; COUNT ends it

Where the node is, is said by the environment:

    PEREGRIN_SOCKET=/run/peregrin/peregrin.sock      on the same machine, or
    PEREGRIN_URL=https://node.helmo.be:8443          elsewhere, with
    PEREGRIN_TOKEN_FILE=token                        a file that holds a token of `peregrin user token`
    PEREGRIN_CA=ca.pem                               where the system does not know the node's CA
"""
import http.client
import json
import os
import socket
import ssl
import sys
import urllib.parse
import uuid


class Refused(Exception):
    """What the node said: a code for programs, a sentence and a remedy for people."""

    def __init__(self, status, error):
        super().__init__(f"{error['message']} ({error['code']}): {error.get('hint', '')}")
        self.status, self.code, self.exit = status, error["code"], error["exit"]


class UnixConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.host)


class Node:
    def __init__(self, environment):
        self.headers = {"Accept": "application/json"}
        place = environment.get("PEREGRIN_URL")
        if place:
            url = urllib.parse.urlsplit(place)
            if url.scheme == "https":
                context = ssl.create_default_context(cafile=environment.get("PEREGRIN_CA"))
                self.open = lambda: http.client.HTTPSConnection(url.hostname, url.port, timeout=90,
                                                                context=context)
            else:
                self.open = lambda: http.client.HTTPConnection(url.hostname, url.port, timeout=90)
            with open(environment["PEREGRIN_TOKEN_FILE"], encoding="ascii") as file:
                self.headers["Authorization"] = f"Bearer {file.read().strip()}"
        else:
            path = environment.get("PEREGRIN_SOCKET", "/run/peregrin/peregrin.sock")
            self.open = lambda: UnixConnection(path, timeout=90)
        self.connection = self.open()

    def ask(self, method, path, body=None, key=None):
        """The answer's object. A key makes it safe to ask again when no answer came."""
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        text = json.dumps(body) if body is not None else None
        for last in (False, True):
            try:
                self.connection.request(method, path, text, headers)
                response = self.connection.getresponse()
                answer = json.loads(response.read())
                break
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = self.open()
                if last or (method != "GET" and not key):
                    raise
        if response.status >= 400:
            raise Refused(response.status, answer["error"])
        return answer

    def pages(self, path, name):
        after = ""
        while True:
            page = self.ask("GET", f"{path}?limit=100{after}")
            yield from page[name]
            if not page["next"]:
                return
            after = f"&after={urllib.parse.quote(page['next'])}"

    def events(self, cursor):
        """For ever. Who keeps the last cursor, and begins with it, misses nothing."""
        while True:
            page = self.ask("GET", f"/api/v1/events?after={cursor}&wait=50")
            yield from page["events"]
            cursor = page["next"]


def list_all(node):
    for line in node.pages("/api/v1/nominations", "nominations"):
        print(line["dossier"], line["direction"], line["partner"], line["state"], line["delivery"])


def nominate(node, partner, file):
    with open(file, encoding="utf-8") as source:
        nomination = json.load(source)
    # The key belongs to the wish: a program keeps it beside its own row, and uses it again.
    answer = node.ask("POST", "/api/v1/nominations",
                      {"partner": partner, "nomination": nomination}, key=str(uuid.uuid4()))
    print(answer["dossier"])


def decide(node, dossier, outcome, reason=None):
    body = {"outcome": outcome, **({"reason": reason} if reason else {})}
    node.ask("POST", f"/api/v1/nominations/{dossier}/decision", body, key=str(uuid.uuid4()))
    print(node.ask("GET", f"/api/v1/nominations/{dossier}")["state"])


def follow(node, cursor="newest", count="0"):
    for number, event in enumerate(node.events(cursor), 1):
        print(event["cursor"], event["type"], event["dossier"] or "-", event["state"] or "-",
              flush=True)
        if number == int(count):
            return


COMMANDS = {"list": list_all, "nominate": nominate, "decide": decide, "follow": follow}


def main(arguments):
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        COMMANDS[arguments[0]](Node(os.environ), *arguments[1:])
    except Refused as refused:
        print(f"refused: {refused}", file=sys.stderr)
        return refused.exit
    except OSError as problem:
        print(f"no node answers: {problem}", file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
