"""A run as tables for a notebook: executions, positions, alerts, commands and more."""

from controlroom.runs.export.whole import Exported, ExportError, check_place, export

__all__ = ["ExportError", "Exported", "check_place", "export"]
