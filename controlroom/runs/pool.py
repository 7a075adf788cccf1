"""Processes that work for this one, on all cores, and end with it whatever happens.

The interface is that of `concurrent.futures`. Ctrl-C is for whoever asked, not for those who work;
they are told by `stopping` and give up what they are at.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stderr
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

_stop: list[Event] = []
"""In a process of a pool: set when its work is no longer wanted."""


def cores() -> int:
    """How many cores this process may use."""
    try:
        return max(len(os.sched_getaffinity(0)), 1)
    except AttributeError:  # not everywhere
        return os.cpu_count() or 1


def stopping() -> bool:
    """In a process of a pool: whether its work is no longer wanted."""
    return any(event.is_set() for event in _stop)


@contextmanager
def process_pool(
    workers: int, prepare: Callable[..., object], *arguments: object
) -> Iterator[ProcessPoolExecutor]:
    """Other processes to work in.

    Args:
        workers: how many.
        prepare: called in each with the arguments before it works.
    """
    # A fresh interpreter each: a copy of this one would have its threads' locks without them.
    context = multiprocessing.get_context("spawn")
    with redirect_stderr(sys.__stderr__):
        # The tracker gets standard error as a file; what a screen has put there is none.
        resource_tracker.ensure_running()
    stop = context.Event()
    executor = ProcessPoolExecutor(workers, context, _begin, (stop, prepare, arguments))
    try:
        with _deaf_to_interrupts():
            # All of them begin now: one that Ctrl-C ends before it has read what it is to do
            # would leave this process writing to it for ever.
            for _ in range(workers):
                executor.submit(_nothing)
        yield executor
    finally:
        stop.set()
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes that are started meanwhile never hear of Ctrl-C; this one hears of it after."""
    if not hasattr(signal, "pthread_sigmask"):  # not everywhere
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _nothing() -> None:
    """What each process does first."""


def _begin(stop: Event, prepare: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """Make a process ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _stop[:] = [stop]
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare(*arguments)


def _end_with_parent() -> None:
    """One whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
