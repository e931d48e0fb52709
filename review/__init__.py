"""The rules of a performance review: standard library only, no I/O, no clock."""
