"""Files of translation units that tools exchange, one module a format.

    bundle = read("memory.tmx")               →  its header, and its entries one at a time
    write(file, bundle, "xliff-2.1")          →  what the format could not hold

A module has the formats that it knows by NAMES, each with its extension, and two functions:

    NAMES = {"tmx": ".tmx"}
    def read(source: str | Path) -> Bundle: ...           "-" is standard input
    def write(file: BinaryIO, bundle: Bundle, name: str, langs: Sequence[str] = ()) -> tuple[str, ...]: ...

A new format is a new file here; the package is listed, there is no registry to edit.
"""
