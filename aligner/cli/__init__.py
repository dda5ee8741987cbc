"""The command line: the only place that prints, exits or catches AlignerError."""


def main() -> None:
    """Run `aligner`."""
