"""The example clients, as an integrator tries them in the first hour: on the node's machine by its
socket, and from elsewhere by an address and a token."""
import json
import os
import pathlib
import re
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import ROOT, Federation, claim, student, until  # noqa: E402

EXAMPLES = ROOT / "node" / "api" / "examples"


def environment(node, url=None, token=None):
    own = {name: value for name, value in os.environ.items() if not name.startswith("PEREGRIN_")}
    return own | ({"PEREGRIN_URL": url, "PEREGRIN_TOKEN_FILE": str(token)} if url else
                  {"PEREGRIN_SOCKET": str(node.socket)})


def run(program, place, *arguments):
    return subprocess.run([EXAMPLES / program, *arguments], env=place, text=True, timeout=60,
                          capture_output=True, stdin=subprocess.DEVNULL, check=False)


def follows(program, place, *arguments):
    """Started, and its lines as they come."""
    return subprocess.Popen([EXAMPLES / program, "follow", *arguments], env=place, text=True,
                            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def python(way, home, host, home_place, host_place, file):
    listener = follows("client.py", host_place, "0", "2")
    done = run("client.py", home_place, "nominate", host.schac, file)
    dossier = done.stdout.strip()
    claim(f"python_nominates_{way}", done.returncode == 0 and re.fullmatch(r"\w{26}", dossier), done)
    said, _ = listener.communicate(timeout=60)
    claim(f"python_follows_{way}", said.split()[1] == "record.received" and
          said.splitlines()[1].split()[1:] == ["dossier.changed", dossier, "pending"], said)
    done = run("client.py", host_place, "decide", dossier, "accept")
    claim(f"python_decides_{way}", done.stdout == "accepted\n", done)
    until(lambda: home.get(f"/api/v1/nominations/{dossier}")["state"] == "accepted")
    done = run("client.py", home_place, "list")
    claim(f"python_lists_{way}", f"{dossier} outgoing {host.schac} accepted" in done.stdout, done)
    done = run("client.py", host_place, "decide", dossier, "perhaps")
    claim(f"python_tells_a_refusal_{way}", done.returncode == 7 and "refused:" in done.stderr and
          "Traceback" not in done.stderr, done)


def shell(way, home, host, home_place, host_place, file):
    newest = host.get("/api/v1/events?after=newest")["next"]
    listener = follows("client.sh", host_place, newest)
    lines = []
    reader = threading.Thread(target=lambda: lines.extend(
        line for line in (listener.stdout.readline() for _ in range(6))), daemon=True)
    reader.start()
    done = run("client.sh", home_place, "nominate", host.schac, file)
    answer = json.loads(done.stdout or "{}")
    claim(f"shell_nominates_{way}", done.returncode == 0 and answer.get("dossier"), done)
    reader.join(60)
    claim(f"shell_follows_{way}", "event: record.received\n" in lines and
          any(answer["dossier"] in line for line in lines), lines)
    listener.kill()
    listener.wait()
    done = run("client.sh", host_place, "decide", answer["dossier"], "accept")
    claim(f"shell_decides_{way}", done.returncode == 0 and json.loads(done.stdout)["id"], done)
    done = run("client.sh", home_place, "list")
    claim(f"shell_lists_{way}", answer["dossier"] in [line["dossier"] for line in
                                                      json.loads(done.stdout)["nominations"]], done)
    done = run("client.sh", host_place, "decide", answer["dossier"], "perhaps")
    claim(f"shell_tells_a_refusal_{way}", done.returncode != 0 and "hint" in done.stdout, done)


def elsewhere(node):
    """An address, a user and tokens: for Python the bare secret, for curl a line of its own."""
    free = subprocess.run(["bash", "-c", ". scripts/federation.sh; federation_port"], cwd=ROOT,
                          text=True, capture_output=True, check=True).stdout.strip()
    config = node.folder / "peregrind.conf"
    config.write_text(config.read_text() + f'\napi_listen = "tcp://127.0.0.1:{free}"\n')
    node.stop()
    node.start()
    node.ask("POST", "/api/v1/users", {"name": "sis", "roles": ["officer"]})
    _, answer = node.ask("POST", "/api/v1/users/sis/tokens", {"name": "first-hour"})
    bare, line = node.folder / "token", node.folder / "token.curl"
    bare.write_text(answer["secret"])
    line.write_text(f'header = "Authorization: Bearer {answer["secret"]}"\n')
    return f"http://127.0.0.1:{free}", bare, line


def main():
    with Federation("helmo.be:HELMo:BE", "uhasselt.be:UHasselt:BE") as federation:
        home, host = [node.start() for node in federation.nodes]
        until(lambda: home.connected() and host.connected())
        file = federation.place / "student.json"
        file.write_text(json.dumps(student(home.schac, 1)))
        python("by_the_socket", home, host, environment(home), environment(host), file)
        shell("by_the_socket", home, host, environment(home), environment(host), file)
        places = [elsewhere(node) for node in (home, host)]
        until(lambda: home.connected() and host.connected())
        tokens = [environment(node, place[0], place[1]) for node, place in
                  zip((home, host), places)]
        newest = host.get("/api/v1/events?after=newest")["next"]
        done = run("client.py", tokens[0], "nominate", host.schac, file)
        dossier = done.stdout.strip()
        claim("python_nominates_with_a_token", done.returncode == 0 and len(dossier) == 26, done)
        said, _ = follows("client.py", tokens[1], newest, "2").communicate(timeout=60)
        claim("python_follows_with_a_token", dossier in said, said)
        done = run("client.py", tokens[1], "decide", dossier, "accept")
        claim("python_decides_with_a_token", done.stdout == "accepted\n", done)
        claim("python_lists_with_a_token", dossier in run("client.py", tokens[0], "list").stdout)
        places = [environment(node, place[0], place[2]) for node, place in
                  zip((home, host), places)]
        shell("with_a_token", home, host, *places, file)
        (federation.place / "wrong").write_text("pgn_wrong")
        done = run("client.py", environment(home, tokens[0]["PEREGRIN_URL"],
                                            federation.place / "wrong"), "list")
        claim("a_wrong_token_is_told", done.returncode == 5 and "Traceback" not in done.stderr, done)
        done = run("client.py", environment(home) | {"PEREGRIN_SOCKET": "/nowhere"}, "list")
        claim("no_node_is_told", done.returncode == 4 and "Traceback" not in done.stderr, done)


if __name__ == "__main__":
    main()
