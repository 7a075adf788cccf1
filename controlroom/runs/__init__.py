"""Runs: a world with its journal, played, resumed, followed by a policy, verified and listed.

A run is a scenario, a seed and commands with their steps, and the journal is exactly that; all
else is folded again from it.

- `journal` says what a journal is and reads it, `writer` writes it.
- `simulation` is a world that is given commands as text, `run` is one with a journal.
- `fold` makes the world of a journal again, `verify` compares the two.
- `policy` gives the commands of a file or of the reference run, or lets one of `policies` play,
  who look and decide.
- `catalogue` knows where journals lie and lists them, `results` puts a result into words.
"""
