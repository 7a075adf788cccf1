"""A seat over SSH: `ssh -p 2222 engineer@host`, with the join code as the password.

The name is the seat. Nothing but a screen is given: no shell, no command, no file, no forwarding.
The host key is made once and kept, so that people are asked about it once.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncssh
from platformdirs import user_data_path

from controlroom.drill.far_terminal import sane
from controlroom.drill.seat_app import SeatApp, show_seat
from controlroom.scenario.text import quoted
from controlroom.sim.commands.grammar import nearest

if TYPE_CHECKING:
    from controlroom.drill.access import Door
    from controlroom.drill.host import Host

KEY_FILE: Final = "ssh_host_key"
MOST_CONNECTIONS: Final = 64
"""Open at a time, from everywhere; a drill has nine screens and some who look on."""

LOGIN_SECONDS: Final = 60


def host_key(folder: Path | None = None) -> asyncssh.SSHKey:
    """The key that says that this is the same machine as last time; made where there is none.

    Raises:
        OSError: when it can be neither read nor kept.
        asyncssh.KeyImportError: when what is kept is no key.
    """
    folder = folder or user_data_path("controlroom", appauthor=False)
    path = folder / KEY_FILE
    if path.exists():
        return asyncssh.read_private_key(str(path))
    folder.mkdir(parents=True, exist_ok=True)
    key = asyncssh.generate_private_key("ssh-ed25519")
    # Nobody else may read it, not even for a moment.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.export_private_key())
    return key


class _Wire:
    """A channel as a wire."""

    def __init__(self, process: asyncssh.SSHServerProcess[str]) -> None:
        self._process = process

    def send(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._process.stdout.write(text)

    @property
    def behind(self) -> bool:
        return bool(self._process.channel.get_write_buffer_size())


class _Guard(asyncssh.SSHServer):
    """Lets in who names a seat that there is and knows the code."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._address = ""

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._address = str(conn.get_extra_info("peername", ("",))[0])
        if not self._front.welcome(conn):
            conn.disconnect(asyncssh.DISC_TOO_MANY_CONNECTIONS, "this drill is full; try later")

    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        # A seat that there is not is told so in words, to whom has the code.
        return await self._front.door.opens(password, self._address)


def no_seat(name: str, seats: tuple[str, ...]) -> str:
    """What to say to somebody who asks for a seat that there is not."""
    close = nearest(name, seats)
    meant = f"did you mean {close}? There are" if close else "there are"
    return f"no seat {quoted(name)}; {meant} {', '.join(seats)}"


class Front:
    """The SSH server of a drill.

    Attributes:
        host: of the drill.
        door: that asks for the code.
        seats: names under which one may come.
    """

    def __init__(self, host: Host, door: Door, seats: tuple[str, ...]) -> None:
        self.host = host
        self.door = door
        self.seats = seats
        self._open: set[asyncssh.SSHServerConnection] = set()
        self._server: asyncssh.SSHAcceptor | None = None

    def welcome(self, connection: asyncssh.SSHServerConnection) -> bool:
        """Whether there is room for one more."""
        self._open = {one for one in self._open if not one.is_closed()}
        self._open.add(connection)
        return len(self._open) <= MOST_CONNECTIONS

    async def open(
        self,
        address: str,
        port: int,
        *,
        key: asyncssh.SSHKey,
        authorized: Path | None = None,
    ) -> int:
        """Listen.

        Args:
            address: to listen on.
            port: 0 for any.
            key: of this machine.
            authorized: a file of keys that open the door as well, as OpenSSH writes it.

        Returns:
            The port.

        Raises:
            OSError: when it cannot listen there.
        """
        options: dict[str, Any] = {}
        if authorized is not None:
            options["authorized_client_keys"] = str(authorized)
        self._server = await asyncssh.create_server(
            lambda: _Guard(self),
            address,
            port,
            server_host_keys=[key],
            process_factory=self._serve,
            line_editor=False,
            allow_scp=False,
            agent_forwarding=False,
            x11_forwarding=False,
            login_timeout=LOGIN_SECONDS,
            keepalive_interval=15,
            **options,
        )
        return self._server.get_port()

    async def close(self) -> None:
        """Let everybody go."""
        if self._server is not None:
            self._server.close()
            for connection in self._open:
                connection.close()
            await self._server.wait_closed()

    async def _serve(self, process: asyncssh.SSHServerProcess[str]) -> None:
        """One screen, from its first frame to its last."""
        if process.command is not None or process.subsystem is not None:
            self._refuse(process, "there is no shell here, only a screen: leave the command away")
            return
        if process.term_type is None:
            self._refuse(process, "a seat needs a terminal: ssh -t")
            return
        seat = str(process.get_extra_info("username"))
        if seat not in self.seats:
            self._refuse(process, no_seat(seat, self.seats))
            return
        columns, rows = sane(*process.term_size[:2])
        there = {"TERM": process.term_type, **{k: str(v) for k, v in process.env.items()}}
        app = SeatApp(self.host, seat, _Wire(process), there)
        listening = asyncio.create_task(_listen(process, app))
        try:
            await show_seat(app, columns, rows)
        finally:
            listening.cancel()
            with contextlib.suppress(OSError):
                process.exit(0)

    def _refuse(self, process: asyncssh.SSHServerProcess[str], why: str) -> None:
        process.stderr.write(f"{why}\r\n")
        process.exit(1)


async def _listen(process: asyncssh.SSHServerProcess[str], app: SeatApp) -> None:
    """Hand on what is typed and every new size, until the other end is gone."""
    while True:
        try:
            typed = await process.stdin.read(1024)
        except asyncssh.TerminalSizeChanged as change:
            if app.terminal is not None:
                app.terminal.resize(change.width, change.height)
            continue
        except (asyncssh.BreakReceived, asyncssh.SignalReceived):
            continue
        except (asyncssh.Error, OSError, UnicodeDecodeError):
            typed = ""
        if not typed:
            app.exit()
            return
        if app.terminal is not None:
            app.terminal.feed(typed)
