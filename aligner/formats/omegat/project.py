"""A project's folder: source text, settings, and the rules that cut the text as we did.

    omegat.project               languages, folders
    source/NAME.txt              the text, a paragraph a line
    tm/auto/ …                   a memory, written by who makes the project
    glossary/                    likewise
    omegat/filters.xml           that each line of the source is a paragraph, and is UTF-8
    omegat/segmentation.conf     the rules, for OmegaT up to 6.0
    omegat/segmentation.srx      the rules, for OmegaT from 6.1 on
    READ-ME.txt                  what a translator should know

What a translator does stands in omegat/project_save.tmx, which is never written here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import UsageError
from aligner.formats import atomic
from aligner.formats.omegat.elements import dump, node
from aligner.formats.omegat.segmentation import Rule, write_conf, write_srx

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MARK = "omegat.project"
SAVED = "omegat/project_save.tmx"

_FOLDERS = ("source", "target", "tm", "glossary", "dictionary", "omegat")
_MEMORY = re.compile(r"auto|mt|(?:mt/)?penalty-(\d{1,3})")
_HOW = {
    "penalty": "It is offered in the pane Fuzzy Matches, lowered by so many percent.",
    "mt": "It is offered in the pane Fuzzy Matches; what you insert from it has a red background\n"
    "until you change it.",
    "auto": "It is filled in as you open the project; View > Mark Auto-Populated Segments shows\n"
    "what nobody has read yet.",
}
_READ_ME = """\
{name}, {source} to {target}: a project for OmegaT 3.6 and newer

Open this folder with Project > Open. The draft is in {memory}/.
{how}
Read every sentence: it is a machine's, unless its origin says otherwise.

To see where a match comes from, and how sure the machine was of it, copy these lines to "Match
display template" (Preferences > TM Matches; in OmegaT 3: Options > External TMXs):

{template}

x-origin is mt, tm, human or post-edited; x-confidence goes from 0 to 1; x-issue is what our checks
found. The author of a machine's translation is the name of its model.

The project has segmentation rules and file filters of its own: leave them as they are, else the
segments no longer fit the draft. Segments with the same text have one translation, unless you make
an alternative.

Your work is in {saved}. This brings it back:

    aligner import FOLDER {saved}
"""
# What OmegaT shows of a match: `${}` are its own variables, `@{}` properties in the memory.
TEMPLATE = """\
${id}. ${fuzzyFlag}${sourceText}
${targetText}
<${score}/${noStemScore}/${adjustedScore}% ${fileShortPath}>
@{x-origin} @{x-confidence} @{x-issue}"""


@dataclass(frozen=True, slots=True)
class Project:
    """What stands in a project.

    Attributes:
        name: of the document; the source file's.
        source_lang: language code of the text.
        target_lang: that of the translations.
        paragraphs: of the text, each as lines; OmegaT cuts every line by itself.
        rules: for the source language, in the order in which they are tried.
        memory: the folder for the draft; see `memory_folder`.
    """

    name: str
    source_lang: str
    target_lang: str
    paragraphs: Sequence[Sequence[str]]
    rules: Sequence[Rule]
    memory: str = "auto"


def memory_folder(memory: str) -> str:
    """The folder within `tm` for a memory: "auto" fills in, "mt" offers, "penalty-30" offers less.

    Raises:
        UsageError: it is none that means something to OmegaT.
    """
    found = _MEMORY.fullmatch(memory)
    if found is None or int(found[1] or 0) > 100:
        raise UsageError(
            f'"{memory}" is no folder that OmegaT knows for a memory',
            hint="Give auto, mt, penalty-NNN or mt/penalty-NNN, with NNN from 0 to 100.",
        )
    return memory


def write(folder: Path, project: Project) -> None:
    """Write a project into an empty folder, all but its memory and glossary.

    Raises:
        OutputError: a file cannot be written.
    """
    memory = f"tm/{memory_folder(project.memory)}"
    for name in (*_FOLDERS, memory):
        (folder / name).mkdir(parents=True, exist_ok=True)
    text = "\n\n".join("\n".join(lines) for lines in project.paragraphs)
    # A byte order mark, so that OmegaT takes it for UTF-8 even without our filter settings.
    _write(folder / "source" / f"{project.name}.txt", f"\ufeff{text}\n")
    _write(folder / "READ-ME.txt", _read_me(project, memory))
    _write_xml(folder / "omegat" / "filters.xml", _filters())
    for name, writer in (("conf", write_conf), ("srx", write_srx)):
        with atomic.replace(folder / "omegat" / f"segmentation.{name}") as file:
            writer(file, project.rules, project.source_lang)
    _write_xml(folder / MARK, _properties(project))


def _read_me(project: Project, memory: str) -> str:
    how = next(told for kind, told in _HOW.items() if kind in memory)
    return _READ_ME.format(
        name=project.name,
        source=project.source_lang.upper(),
        target=project.target_lang.upper(),
        memory=memory,
        how=how,
        template=TEMPLATE,
        saved=SAVED,
    )


def _properties(project: Project) -> Element:
    folders = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file")
    settings = {
        **dict.fromkeys((*folders, "dictionary_dir"), "__DEFAULT__"),
        "source_lang": project.source_lang.upper(),
        "target_lang": project.target_lang.upper(),
        "sentence_seg": "true",
        "support_default_translations": "true",
        "remove_tags": "false",
    }
    made = (node(name, value) for name, value in settings.items())
    return node("omegat", [node("project", made, version="1.0")])


def _filters() -> Element:
    """That each line of a text file is a paragraph; OmegaT adds its other filters as they are."""
    files = node(
        "files",
        sourceFilenameMask="*.txt",
        targetFilenamePattern="${filename}",
        sourceEncoding="UTF-8",
        targetEncoding="UTF-8",
    )
    option = node("option", name="segmentOn", value="BREAKS")
    text = "org.omegat.filters2.text.TextFilter"
    return node("filters", [node("filter", [files, option], className=text, enabled="true")])


def _write(path: Path, text: str) -> None:
    with atomic.replace(path) as file:
        file.write(text.encode())


def _write_xml(path: Path, root: Element) -> None:
    with atomic.replace(path) as file:
        dump(file, root)
