"""A command that others belong to."""

from __future__ import annotations

from collections.abc import Sequence

import click

from controlroom.cli.types import suggestion


class Commands(click.Group):
    """A group that knows what was probably meant, and lists its commands under headings."""

    def add_section(self, title: str, commands: Sequence[click.Command]) -> None:
        """Add commands that the help shows together, below those that were added before."""
        for command in commands:
            self.add_command(command)
        self._sections = (*self.sections, (title, tuple(commands)))

    @property
    def sections(self) -> tuple[tuple[str, tuple[click.Command, ...]], ...]:
        """The headings of the help and what stands under each; none where nobody made any."""
        found: tuple[tuple[str, tuple[click.Command, ...]], ...] = getattr(self, "_sections", ())
        return found

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
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings, each with its first sentence."""
        if not self.sections:
            super().format_commands(ctx, formatter)
            return
        width = max(map(len, self.commands))
        for title, commands in self.sections:
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (f"{command.name:<{width}}", command.get_short_help_str(formatter.width))
                        for command in commands
                    ]
                )
