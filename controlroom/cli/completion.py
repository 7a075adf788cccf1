"""Completion of the command line by the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from controlroom.cli.types import OneOf


@click.command(
    epilog="""
    \b
    Examples:
      bash    controlroom completion bash >> ~/.bashrc
      zsh     controlroom completion zsh >> ~/.zshrc
      fish    controlroom completion fish > ~/.config/fish/completions/controlroom.fish
    """
)
@click.argument("shell", metavar="SHELL", type=OneOf("shell", ("bash", "zsh", "fish")))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    SHELL is bash, zsh or fish.
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"this version of click has no completion for {shell}", context)
    script = kind(context.find_root().command, {}, "controlroom", "_CONTROLROOM_COMPLETE")
    # The template is formatted here because click's `source` would start a bash to ask its version.
    click.echo(script.source_template % script.source_vars())
