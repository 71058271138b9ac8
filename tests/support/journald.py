"""The system's journal, as far as a node sees it: a socket that takes datagrams of fields.

    with Journald(node, place) as journal:     from its next start on the node's log goes there
        journal.said()                         everything that came, byte for byte

The node is started in a view of the file system of its own, so nothing of this machine changes.
"""
import array
import os
import pathlib
import socket
import subprocess
import threading

UNSHARE = ["unshare", "--map-root-user", "--mount"] if os.geteuid() else ["unshare", "--mount"]


def can_unshare():
    try:
        return subprocess.run([*UNSHARE, "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


class Journald:
    def __init__(self, node, place):
        self.works = can_unshare()
        self.messages = []
        if not self.works:
            return
        folder = pathlib.Path(place) / "systemd" / "journal"
        folder.mkdir(parents=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(folder / "socket"))
        threading.Thread(target=self.take, daemon=True).start()
        log = node.folder / "log"
        log.touch()
        stream = f"JOURNAL_STREAM={log.stat().st_dev}:{log.stat().st_ino}"
        before = node.under
        node.under = lambda program: before(program) if program != "peregrind" else [
            "env", stream, *UNSHARE, "sh", "-c", 'mount --bind "$0" /run && exec "$@"', str(place),
            *before(program)]

    def take(self):
        """What is too large for a datagram comes as an open file."""
        while True:
            try:
                data, more, _, _ = self.socket.recvmsg(1 << 18, socket.CMSG_SPACE(4))
            except OSError:
                return
            for _, _, passed in more:
                for descriptor in array.array("i", passed):
                    with os.fdopen(descriptor, "rb") as file:
                        data += os.pread(file.fileno(), 1 << 20, 0)
            self.messages.append(data)

    def said(self):
        return b"\n\n".join(self.messages)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.works:
            self.socket.close()
