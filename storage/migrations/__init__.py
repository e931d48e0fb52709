"""The versions of the database, one file each."""

HEAD = "0028"
"""The last of them: the version of the program."""
