"""What a drill needs on paper: guide, list of injects, cards, sheets, a fallback without machine.

Everything is made from the scenario and from runs of it. `whole` puts the sheets together, each of
which is a file here; `english.toml` holds all words, `html` writes a sheet down, `pdf` prints it.
"""
