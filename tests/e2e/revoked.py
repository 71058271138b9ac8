"""A key is followed by another; a key in other hands is revoked, and nothing that it signs is taken.

The home gets the new catalogue, the host goes on with the old one, as a thief would, and answers.
"""
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from nodes import BIN, Federation, claim, student, until  # noqa: E402


def authority(place, *arguments):
    done = subprocess.run([BIN / "peregrin", "catalogue", *arguments, "--dir", place / "authority"],
                          text=True, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)


def rotate(federation, node):
    """Another signing key beside the one that is there; in force for all as soon as it is signed."""
    old, fresh = next(node.folder.glob("keys/*.sign.key")), node.folder / "keys" / "next.key"
    card = next(node.folder.glob("*.enrol"))
    done = subprocess.run([BIN / "peregrin", "key", "rotate", old, fresh, "--card", card], text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)
    claim("a_key_is_rotated", done.returncode == 0, done.stderr)
    config = node.folder / "peregrind.conf"
    config.write_text(re.sub(r"(?m)^keys = \{", 'keys = {"keys/next.key", ', config.read_text()))
    authority(federation.place, "add", card)
    publish(federation)


def publish(federation):
    roots = sorted((federation.place / "authority").glob("root-*.key"))
    authority(federation.place, "sign", *[part for key in roots for part in ("--key", key)])


def renewed(federation, node):
    shutil.copy(federation.place / "authority" / "catalogue", node.folder / "trust" / "catalogue")


def revoke(federation, host):
    key = next(host.folder.glob("keys/*.sign.key"))
    shown = subprocess.run([BIN / "peregrin", "key", "show", key, "--json"], text=True,
                           capture_output=True, check=True)
    authority(federation.place, "revoke", host.schac, json.loads(shown.stdout)["key_id"])
    publish(federation)


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = [node.start() for node in federation.nodes]
        claim("both_are_connected", until(lambda: home.connected() and host.connected()))
        for node in (home, host):
            node.stop()
        rotate(federation, home)
        for node in (home, host):
            renewed(federation, node)
            node.start()
        claim("they_meet_again", until(lambda: home.connected() and host.connected()), home.log)
        paths = []
        for number in (1, 2):
            _, said = home.nominate(host.schac, student(home.schac, number))
            paths.append(f"/api/v1/nominations/{said['dossier']}")
        until(lambda: all(host.ask("GET", path)[0] == 200 for path in paths))
        seal = host.get(paths[0].replace("nominations", "records") + "/0.0")["seal"]
        claim("the_new_key_signs_and_is_believed", seal["key_id"].endswith("-b"), seal)
        host.ask("POST", f"{paths[0]}/decision", {"outcome": "accept"})
        claim("before_it_is_revoked_it_is_believed",
              until(lambda: home.get(paths[0])["state"] == "accepted"), home.get(paths[0]))
        revoke(federation, host)
        renewed(federation, home)
        home.signal(signal.SIGHUP)
        version = lambda: home.get("/api/v1/status")["catalogue"]["version"]
        claim("the_home_uses_the_new_catalogue", until(lambda: version() == 3), version)
        until(lambda: host.partner()["state"] == "connected")
        status, _ = host.ask("POST", f"{paths[1]}/decision", {"outcome": "accept"})
        claim("the_thief_signs_with_it", status == 201, status)
        claim("what_it_signs_is_not_taken", until(lambda: host.totals()["stuck"] == 1),
              lambda: (host.totals(), home.log()[-600:]))
        lines = host.get("/api/v1/outbox")["outbox"]
        claim("and_the_reason_is_told", [line["code"] for line in lines] == ["revoked"], lines)
        claim("nothing_of_it_is_kept", home.get(paths[1])["state"] == "pending", home.get(paths[1]))
        claim("what_was_taken_before_stays", home.get(paths[0])["state"] == "accepted")


if __name__ == "__main__":
    main()
