"""Films and pictures that make themselves, from demos and from journals.

    from controlroom.recording import find_demo, perform, read_demo

    recording = perform(read_demo(find_demo("teaser")))

A demo is a run and a script of keys, played on a clock of its own: the same demo makes the same
film to the byte, anywhere and at any time. The libraries come with `[record]`.
"""

from __future__ import annotations
