"""Completion of the command line by the shell."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import get_completion_class

from controlroom.cli.types import OneOf

_ZSH_COMPLETES: Final = "(( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit; }"


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
    lines = script.source_template % script.source_vars()
    if shell == "zsh":
        # A .zshrc that has not set completion up yet knows no compdef. The first line stays the
        # first: zsh looks there when the script lies in a folder of its own.
        first, _, rest = lines.lstrip().partition("\n")
        lines = f"{first}\n{_ZSH_COMPLETES}\n{rest}"
    click.echo(lines)
