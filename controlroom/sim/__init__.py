"""The simulation: the world and its step. It imports the standard library, attrs and numpy only."""
