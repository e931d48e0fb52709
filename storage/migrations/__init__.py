"""The versions of the database, one file each."""

HEAD = "0022"
"""The last of them: the version of the program."""
