"""Charts of a whole run out of characters: losses over time, sums, counts, curves and spreads.

A chart is a function from plain values and a width to text in roles, so it is tested as text and
looks the same in a picture on every machine. One's own is a solid area in eighths of a cell, others
are thin lines through it; what a colour says, a word, a sign or the kind of stroke says too.
"""
