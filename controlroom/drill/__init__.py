"""A drill: one run in one process, and a screen for each person, here and elsewhere.

`host` has the run and its clock, `seat_app` is what a person sees, `far_terminal` is a terminal at
the other end of a connection, and `ssh` and `web` are two ways to one. Nothing of the world is
here: every screen reads views and gives commands, and the journal is that of any other run.
"""
