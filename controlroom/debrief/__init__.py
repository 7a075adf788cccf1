"""The debrief: what happened, what could have been known, what it cost, what would have helped.

A reader of the journal and of forks of it; nothing here is stored.

- `reading` folds a journal as far as it is sound, `played` is what can be read off the folded run.
- `times`, `money`, `cues`, `alarms` are what the run itself tells.
- `par`, `worth`, `earlier`, `safeguards`, `luck` are studies: they play what was not played.
  `forks` describes such a run, `bench` plays many, `trunk` keeps what they start from.
- `whole` puts it together, each time with more in it, and `pages` writes it down.
"""
