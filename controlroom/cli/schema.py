"""`controlroom schema`: what the files of a scenario may say, for editors and for the reference."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(
    epilog="""
    \b
    Examples:
      controlroom schema -o schemas
      controlroom schema --markdown > keys.md

    An editor that knows TOML takes them by a comment in the first line of a file, for Even Better
    TOML and Taplo:  #:schema ../schemas/mails.schema.json
    """
)
@click.option("-o", "--output", type=Path, metavar="DIR", help="The folder to write them into.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--markdown", is_flag=True, help="Print every key as Markdown instead.")
@click.pass_context
def schema(context: click.Context, *, output: Path | None, force: bool, markdown: bool) -> None:
    """Write a JSON Schema for each file of a scenario.

    Editors then complete keys, say what they mean and mark what is wrong. What must hold between
    keys and files only `controlroom check` can say. Without -o, one JSON object with all of them is
    printed.
    """
    from controlroom.runs.folders import whole_folder
    from controlroom.scenario import visible
    from controlroom.scenario.json_schema import json_schemas, schema_name
    from controlroom.scenario.reference import markdown as reference

    if markdown:
        if output:
            raise click.UsageError("--markdown prints; it takes no -o", context)
        click.echo(reference(), nl=False)
        return
    schemas = json_schemas()
    if output is None:
        click.echo(json.dumps(schemas, indent=2, ensure_ascii=False))
        return
    with whole_folder(output, force=force, how="--force writes over the files in it") as folder:
        for file, content in schemas.items():
            text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
            (folder / schema_name(file)).write_text(text, encoding="utf-8")
    click.echo(f"{len(schemas)} schemas", err=True)
    click.echo(visible(str(output)))
