"""`aligner translate`: plain text in, plain text out."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import sys
from typing import Annotated

import typer

from aligner.cli import notes, options


def translate(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="A text file; - reads stdin.")],
    from_lang: Annotated[str, typer.Option("--from", metavar="LANG", help="Its language.")] = "en",
    to_lang: Annotated[str, typer.Option("--to", metavar="LANG", help="Language to make.")] = "ru",
    presegmented: Annotated[
        bool,
        typer.Option("--presegmented", help="Every line is a sentence: give as many lines back."),
    ] = False,
    glossary: options.Glossary = None,
    no_glossary: options.NoGlossary = False,
    memory: options.Memory = None,
    no_memory: options.NoMemory = False,
    memory_mt: options.MemoryMt = False,
    encoding: options.Encoding = None,
    srx: options.Srx = None,
    device: options.Device = "cpu",
    threads: options.Threads = 0,
    beam: options.Beam = 4,
) -> None:
    """Translate text; its layout stays, and boilerplate is translated too.

    \b
    Examples:
      aligner translate --to ky article.txt > article.ky.txt
      echo "The president arrived in Bishkek." | aligner translate --from en --to ru -
      aligner translate --to ru --presegmented sentences.txt
      aligner translate --to ky --memory client.tmx letter.txt > letter.ky.txt
    """
    from aligner.cli.progress import bars
    from aligner.engines import Settings
    from aligner.pipeline import Job, translate_lines, translate_text

    job = Job(
        source=source,
        lang=from_lang,
        targets=(to_lang,),
        encoding=encoding,
        srx=srx,
        glossaries=options.glossaries(glossary, no_glossary),
        memories=options.memories(memory, no_memory),
        machine_memory=memory_mt,
        boilerplate=True,
        settings=Settings(device, threads, beam),
    )
    notes.warn_of_broken_models()
    with bars("sentences") as progress:
        made = (translate_lines if presegmented else translate_text)(job, progress)
    if note := notes.starter_note(made.models):
        print(note, file=sys.stderr)
    sys.stdout.write(made.text)
