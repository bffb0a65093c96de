"""A mail server that takes mail, or misbehaves as told: ``python mail_sink.py FOLDER``.

The file ``port`` in the folder says where it listens, ``mode`` says how to behave:
``take``, ``refuse`` (451 to each recipient), ``hang`` (no answer until the mode changes),
``drop`` (hangs up in the middle of a message) or ``deaf`` (takes it and hangs up before
saying so). What was taken stands in ``taken``: a line of Message-ID and recipient each.
"""

import socketserver
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

LOOK_AGAIN_SECONDS = 0.05


class MailSink(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine, a thread for each sender."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.folder = folder
        self.taken = (folder / "taken").open("a", buffering=1)

    @property
    def mode(self) -> str:
        return (self.folder / "mode").read_text().strip() or "take"

    def write_down(self, letter: bytes) -> None:
        mail = message_from_bytes(letter, policy=policy.default)
        self.taken.write(f"{mail['Message-ID']} {mail['To']}\n")


class _Talk(socketserver.StreamRequestHandler):
    server: MailSink

    def handle(self) -> None:
        try:
            self._say("220 sink.example.org")
            for line in self.rfile:
                answer = self._answer(line.decode().strip().upper())
                if answer is None:
                    return
                self._say(answer)
        except ConnectionError:  # the sender was killed
            return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _answer(self, line: str) -> str | None:
        """The reply to one command; None hangs up."""
        if line.startswith("RCPT"):
            return self._answer_to_recipient()
        if line.startswith("DATA"):
            return self._take()
        if line.startswith("QUIT"):
            self._say("221 bye")
            return None
        return "250 fine"

    def _answer_to_recipient(self) -> str | None:
        mode = self.server.mode
        if mode == "hang":
            while self.server.mode == "hang":
                time.sleep(LOOK_AGAIN_SECONDS)
            return None
        return "451 please come back" if mode == "refuse" else "250 fine"

    def _take(self) -> str | None:
        self._say("354 go ahead")
        if self.server.mode == "drop":
            self.rfile.readline()
            return None
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                self.server.write_down(b"".join(lines))
                return None if self.server.mode == "deaf" else "250 taken"
            lines.append(line)
        return None  # the sender was killed in the middle of it


def main() -> None:
    folder = Path(sys.argv[1])
    with MailSink(folder) as sink:
        (folder / "port").write_text(str(sink.server_address[1]))
        sink.serve_forever()


if __name__ == "__main__":
    main()
