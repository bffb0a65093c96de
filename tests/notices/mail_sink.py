"""A small mail server in threads of this process: it takes mail, or misbehaves as told."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailSink(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine.

    ``answers`` says for an address what to do at RCPT: a reply such as
    ``"550 no such mailbox"``, or ``"drop"`` to hang up, or ``"hang"`` to say nothing.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers: dict[str, str] = {}
        self.sender_answer = "250 fine"
        self.taken: list[EmailMessage] = []
        self.connections = 0
        self.after_each_mail = lambda: None
        self.is_over = threading.Event()  # lets those go who hang

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def addresses(self) -> list[str]:
        return [str(mail["To"]) for mail in self.taken]

    def __enter__(self) -> "MailSink":
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.is_over.set()
        self.shutdown()
        self.server_close()


class _Talk(socketserver.StreamRequestHandler):
    server: MailSink

    def handle(self) -> None:
        self.server.connections += 1
        self._say("220 sink.example.org")
        for line in self.rfile:
            answer = self._answer(line.decode().strip())
            if answer is None:
                return
            self._say(answer)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _answer(self, line: str) -> str | None:
        """The reply to one command; None hangs up."""
        match line.replace(":", " ").partition(" ")[0].upper():
            case "MAIL":
                return self.server.sender_answer
            case "RCPT":
                return self._answer_to(line.partition("<")[2].partition(">")[0])
            case "DATA":
                return self._take()
            case "QUIT":
                self._say("221 bye")
                return None
            case _:
                return "250 fine"

    def _answer_to(self, address: str) -> str | None:
        answer = self.server.answers.get(address, "250 fine")
        if answer == "hang":
            self.server.is_over.wait(timeout=30)
        return None if answer in {"drop", "hang"} else answer

    def _take(self) -> str:
        self._say("354 go ahead")
        lines = iter(self.rfile.readline, b".\r\n")
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.server.taken.append(mail)
        self.server.after_each_mail()
        return "250 taken"
