"""The editor's page: a bitext in the browser, on this computer alone.

sources    what is reviewed, as it stands on disk: a folder of `aligner run`, or anyone's file
store      the edits: SQLite beside it, one row an edit, on the disk before it is acknowledged
database   the file they are in: its tables, who may open it
changes    what a person may do to a target, and what becomes of it
book       all of them together: each target as it is now
analysis   what the checks, the termbase and the decoder's scores say of each target
offers     fuzzy matches and concordance
save       back into the folder's or the file's own files
export     downloads
view       all of it as the page takes it
events     what tells the other tabs
session    the review while it goes on: who changes what, who is told
background what it does while nobody waits
security   what a request must be like to be answered at all
server     the application; its docstring is the reference of the API
serving    the socket and the process
"""
