"""Seats over SSH: a screen for whoever has the code, and nothing else for anybody."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import termios
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncssh
import pytest

from controlroom.drill.access import Door
from controlroom.drill.host import Host
from controlroom.drill.ssh import MOST_CONNECTIONS, Front, host_key
from tests.drill.clients import LOCAL, connect, terminal
from tests.drill.conftest import CODE, SEATS, HandClock, keeping_time, until


@pytest.fixture(scope="module")
def key() -> asyncssh.SSHKey:
    return asyncssh.generate_private_key("ssh-ed25519")


@asynccontextmanager
async def listening(host: Host, door: Door, key: asyncssh.SSHKey) -> AsyncIterator[int]:
    """The port of a drill that people can connect to."""
    front = Front(host, door, SEATS)
    port = await front.open(LOCAL, 0, key=key)
    async with keeping_time(host):
        try:
            yield port
        finally:
            await front.close()


async def test_two_seats_see_one_run_and_the_key_of_one_is_given_by_it(
    host: Host, door: Door, key: asyncssh.SSHKey, clock: HandClock
) -> None:
    async with listening(host, door, key) as port, connect(port) as one, connect(port) as two:
        first, second = await terminal(one), await terminal(two)
        await first.shows("SMARS-8")
        await second.shows("SMARS-8")
        first.process.stdin.write(":note from the first seat\r")
        await first.shows("given")
        clock.pass_(1)
        await until(lambda: host.run.now == 4, "a second has passed")
        await second.shows("08:00:01")
        await second.shows("from the first seat")
        first.process.stdin.write("\x11")
        await first.process.wait_closed()
        clock.pass_(1)
        await second.shows("08:00:02")


async def test_a_wrong_code_is_refused_and_counted(
    host: Host, door: Door, key: asyncssh.SSHKey
) -> None:
    async with listening(host, door, key) as port:
        for guess in ("", "guess", CODE + "x"):
            with pytest.raises(asyncssh.PermissionDenied):
                async with connect(port, code=guess):
                    pass
        assert door.wrong >= 3
        async with connect(port, code=" ABCD-EFGH ") as right:
            assert right.get_extra_info("username") == "engineer"


async def test_a_seat_that_there_is_not_is_told_which_there_are(
    host: Host, door: Door, key: asyncssh.SSHKey
) -> None:
    async with listening(host, door, key) as port, connect(port, "enginer") as connection:
        process = await connection.create_process(term_type="xterm")
        done = await process.wait()
        assert done.exit_status == 1
        assert "did you mean engineer" in str(done.stderr)


@pytest.mark.parametrize("command", ["id", "sh -c ls", ""])
async def test_there_is_no_command_to_be_had(
    host: Host, door: Door, key: asyncssh.SSHKey, command: str
) -> None:
    async with listening(host, door, key) as port, connect(port) as connection:
        done = await connection.run(command or None, check=False)
        assert done.exit_status == 1
        assert "screen" in str(done.stderr) or "terminal" in str(done.stderr)
        assert not done.stdout


async def test_there_are_no_files_and_no_forwarding(
    host: Host, door: Door, key: asyncssh.SSHKey
) -> None:
    async with listening(host, door, key) as port, connect(port) as connection:
        with pytest.raises(asyncssh.Error):
            await connection.start_sftp_client()
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection(LOCAL, port)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port(LOCAL, 0, LOCAL, port)


async def test_garbage_floods_and_mad_sizes_hurt_nobody_else(
    host: Host, door: Door, key: asyncssh.SSHKey, clock: HandClock
) -> None:
    async with listening(host, door, key) as port, connect(port) as bad, connect(port) as good:
        worse, other = await terminal(bad), await terminal(good)
        await worse.shows("SMARS-8")
        await other.shows("SMARS-8")
        worse.process.stdin.write("\x1b[\x1b[<999999;-1;xM\x00\x1b]0;" + "\x1b[A" * 20_000)
        for size in ((1, 1), (0, 0), (100_000, 100_000), (80, 24)):
            worse.process.change_terminal_size(*size)
        other.process.stdin.write(":note still here\r")
        await other.shows("given")
        clock.pass_(1)
        await other.shows("08:00:01")


async def test_a_hundred_connections_leave_room_for_those_who_are_in(
    host: Host, door: Door, key: asyncssh.SSHKey, clock: HandClock
) -> None:
    async with listening(host, door, key) as port, connect(port) as first:
        seated = await terminal(first)
        await seated.shows("SMARS-8")
        opened = []
        for _ in range(100):
            reader, writer = await asyncio.open_connection(LOCAL, port)
            opened.append((reader, writer))
        greeted = [await reader.readline() for reader, _ in opened[:MOST_CONNECTIONS]]
        assert all(line.startswith(b"SSH-2.0") for line in greeted[:10])
        clock.pass_(1)
        await seated.shows("08:00:01")
        for _, writer in opened:
            writer.close()


def test_the_key_of_the_machine_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    made = host_key(tmp_path / "deep")
    again = host_key(tmp_path / "deep")
    assert made.get_fingerprint() == again.get_fingerprint()
    (kept,) = (tmp_path / "deep").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.pty
@pytest.mark.skipif(shutil.which("ssh") is None, reason="no OpenSSH client here")
async def test_openssh_takes_a_seat_with_a_key_that_was_let_in(
    host: Host, door: Door, key: asyncssh.SSHKey, tmp_path: Path
) -> None:
    mine = asyncssh.generate_private_key("ssh-ed25519")
    (tmp_path / "id").write_bytes(mine.export_private_key())
    (tmp_path / "id").chmod(0o600)
    (tmp_path / "authorized").write_bytes(mine.export_public_key())
    front = Front(host, door, SEATS)
    port = await front.open(LOCAL, 0, key=key, authorized=tmp_path / "authorized")
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (45, 160))
    process = await asyncio.create_subprocess_exec(
        "ssh", "-tt", "-p", str(port), "-i", str(tmp_path / "id"), "-F", "/dev/null",
        "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no",
        "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", f"engineer@{LOCAL}",
        stdin=follower, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    seen = b""
    while b"SMARS-8" not in seen:
        more = await asyncio.wait_for(process.stdout.read(65536), 20)
        assert more, seen[-400:]
        seen += more
    os.write(leader, b"\x11")
    assert await asyncio.wait_for(process.wait(), 20) == 0
    await front.close()
    os.close(leader)
    os.close(follower)
