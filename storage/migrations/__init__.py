"""The versions of the database, one file each."""

HEAD = "0027"
"""The last of them: the version of the program."""
