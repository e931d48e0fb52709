"""The versions of the database, one file each."""

HEAD = "0012"
"""The last of them: the version of the program."""
