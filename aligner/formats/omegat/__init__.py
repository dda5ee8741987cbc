"""Projects of OmegaT, as versions 3.6 to 6.1 open them.

https://omegat.sourceforge.io/manual-standard/en/chapter.files.and.folders.html
"""
