"""The panes of the control room: one widget each, drawn line by line from views."""
