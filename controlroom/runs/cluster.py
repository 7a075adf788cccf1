"""A Dask cluster as a crew of a sweep: the extra `dask`, with Control Room installed there as well.

Whether anybody answers is asked with a plain connection first: Dask itself would try for a long
time, and go on trying when its client is given up.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from threading import Thread
from typing import Any, Final

from controlroom.runs.errors import RunError
from controlroom.runs.sweep import AHEAD, Crew, Others, Plan, play_seed
from controlroom.scenario import visible

SOON: Final = 3.0
"""Seconds in which a scheduler that is there takes a connection."""

PATIENCE: Final = 5.0
"""Seconds in which it says what it is."""

_SPOKEN: Final = ("tcp", "tls")
"""Protocols that begin with a plain connection."""


@contextmanager
def dask_cluster(plan: Plan, address: str) -> Iterator[Crew]:
    """The workers of a cluster.

    Args:
        plan: what is played under every seed.
        address: of the scheduler, such as `tcp://host:8786`.

    Raises:
        RunError: when Dask is not installed here, or no cluster with a worker answers.
    """
    if find_spec("distributed") is None:
        raise RunError("a Dask cluster needs Dask: pip install 'controlroom[dask]'")
    shown = visible(address)
    _knock(address, shown)
    client = _connected(address)
    if client is None:
        raise RunError(f"what answers at {shown} is no Dask scheduler")
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise RunError(f"the Dask cluster at {shown} has no worker")
        shared = client.scatter(plan, broadcast=True)
        with client.get_executor() as executor:
            yield Others(AHEAD * workers, lambda seed: executor.submit(play_seed, shared, seed))


def _connected(address: str) -> Any:
    """A client of the scheduler, or None where what answers is none.

    Dask waits without an end for the first word of something that takes connections and is silent,
    so it waits in a thread that nobody waits for.
    """
    from distributed import Client

    class Quiet(Client):  # type: ignore[misc]
        """Closed where it is used, and not once more when it is collected unconnected."""

        def __del__(self) -> None:
            pass

    clients: list[Any] = []

    def connect() -> None:
        with suppress(OSError, ValueError, TimeoutError):
            clients.append(Quiet(address, timeout=PATIENCE, set_as_default=False))

    waits = Thread(target=connect, daemon=True)
    waits.start()
    waits.join(PATIENCE + 1)
    return clients[0] if clients else None


def _knock(address: str, shown: str) -> None:
    """See that somebody takes connections there.

    Raises:
        RunError: when the address is none, or nobody does.
    """
    protocol, _, place = address.rpartition("://")
    if protocol and protocol not in _SPOKEN:
        raise RunError(f"no Dask cluster can be reached at {shown}; write tcp://HOST:PORT")
    host, _, port = place.rpartition(":")
    if not (host and port.isdecimal() and 0 < int(port) < 65_536):
        raise RunError(f"{shown} is no address of a Dask cluster; write tcp://HOST:PORT")
    try:
        with closing(socket.create_connection((host.strip("[]"), int(port)), SOON)):
            pass
    except (OSError, ValueError):
        raise RunError(f"no Dask cluster answers at {shown}") from None
