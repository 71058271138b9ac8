"""A relay between nodes, which writes down every byte: what the wire says."""
import socket
import subprocess
import threading

from nodes import ROOT


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


def free_port():
    script = ". scripts/federation.sh && federation_port"
    return int(subprocess.run(["bash", "-c", script], cwd=ROOT, text=True, capture_output=True,
                              check=True).stdout)


def place_of(address):
    host, port = address.removeprefix("tcp://").split(":")
    return host, int(port)


def set_between(node):
    """The catalogue keeps the address that the relay takes; the node listens elsewhere."""
    config = node.folder / "peregrind.conf"
    text = config.read_text()
    public = text.split('\nlisten = "')[1].split('"')[0]
    config.write_text(text.replace(f'listen = "{public}"',
                                   f'listen = "tcp://127.0.0.1:{free_port()}"'))
    hidden = config.read_text().split('\nlisten = "')[1].split('"')[0]
    return Relay(place_of(public), place_of(hidden))
