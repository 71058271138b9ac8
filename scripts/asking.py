"""What nodes say, in Python expressions: the other end of `ask` and `reaches` in telling.sh.

One process for a whole story, as starting one for every question would take most of its time.

    asking.py PEREGRIN     reads requests from standard input, answers on standard output

A request is a number of texts, each ended by a zero byte: how many follow, the patience in seconds,
what is wanted, the node, the expression, the command of `peregrin`. `d` in the expression is the
JSON of the answer; of several nodes with commas between them, one for each name. With patience it
is asked again until the expression is what is wanted. Answered: `yes` or `no` and the last value,
each ended by a zero byte. What a command says against it, or Python, goes to the file `errors`.
"""
import json
import subprocess
import sys
import time
from collections import Counter

PAUSE = 0.03  # seconds between two questions


def texts():
    """Each request, as the list of its texts."""
    rest = b""
    while True:
        while b"\0" not in rest or rest.count(b"\0") <= int(rest.split(b"\0", 1)[0]):
            more = sys.stdin.buffer.read1(65536)
            if not more:
                return
            rest += more
        count = int(rest.split(b"\0", 1)[0])
        *words, rest = rest.split(b"\0", count + 1)
        yield [word.decode() for word in words[1:]]


def answers(peregrin, nodes, command):
    """{node: JSON}, asked at the same time."""
    asked = {node: subprocess.Popen(
        [peregrin, *command, "--json", "--socket", f"./{node}/peregrin.sock"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for node in nodes}
    said = {node: one.communicate() for node, one in asked.items()}
    against = b"".join(wrong for _, wrong in said.values())
    return {node: json.loads(answer) for node, (answer, _) in said.items()}, against


def value(peregrin, nodes, expression, command):
    """What the expression comes to, as text; None where it comes to nothing yet."""
    with open("errors", "wb") as errors:
        try:
            against = b""
            found, against = answers(peregrin, nodes, command)
            d = found if len(nodes) > 1 else found[nodes[0]]
            return str(eval(f"({expression})", {"d": d, "Counter": Counter}))
        except Exception as wrong:  # whatever it is: nothing is there that could be compared
            errors.write(against or f"{type(wrong).__name__}: {wrong}\n".encode())
            return None


def main():
    for patience, wanted, node, expression, *command in texts():
        end = time.monotonic() + float(patience)
        nodes = node.split(",")
        got = value(sys.argv[1], nodes, expression, command)
        while got != wanted and time.monotonic() < end:
            time.sleep(PAUSE)
            got = value(sys.argv[1], nodes, expression, command)
        known = b"no" if got is None else b"yes"
        sys.stdout.buffer.write(known + b"\0" + (got or "").encode() + b"\0")
        sys.stdout.buffer.flush()


main()
