"""A command that others belong to."""

from __future__ import annotations

import click

from controlroom.cli.types import suggestion


class Commands(click.Group):
    """A group that knows what was probably meant."""

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
