"""A command that others belong to."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from controlroom.cli.types import suggestion


class Commands(click.Group):
    """A group that knows what was probably meant, and lists its commands under headings.

    Those under headings are imported when they are asked for: the title screen needs none of them.
    """

    def add_section(self, title: str, places: Mapping[str, str]) -> None:
        """Add commands that the help shows together, below those that were added before.

        Args:
            title: heading.
            places: name of a command -> module in which it is, as an attribute of that name.
        """
        self._sections = {**self._under_headings, title: dict(places)}

    @property
    def _under_headings(self) -> dict[str, dict[str, str]]:
        """What stands under each heading, with its place; none where nobody made any."""
        found: dict[str, dict[str, str]] = getattr(self, "_sections", {})
        return found

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        for places in self._under_headings.values():
            if cmd_name in places and cmd_name not in self.commands:
                self.add_command(getattr(import_module(places[cmd_name]), cmd_name))
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            meant = self.meant(args[0]) or suggestion(args[0], self.list_commands(ctx))
            raise click.UsageError(f"no command {args[0][:60]!r}; {meant}", ctx)
        return super().resolve_command(ctx, args)

    def meant(self, word: str) -> str:  # noqa: ARG002 - for groups that know more
        """What somebody meant who gave `word` for a command, or nothing if the names must tell."""
        return ""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The commands in the order in which people meet them."""
        below = [name for places in self._under_headings.values() for name in places]
        return below or list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings, each with its first sentence."""
        if not self._under_headings:
            super().format_commands(ctx, formatter)
            return
        width = max(map(len, self.list_commands(ctx)))
        for title, places in self._under_headings.items():
            listed = [(name, self.get_command(ctx, name)) for name in places]
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (f"{name:<{width}}", command.get_short_help_str(formatter.width))
                        for name, command in listed
                        if command is not None
                    ]
                )
