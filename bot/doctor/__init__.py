"""`nosurprise doctor`: looks whether everything is as it has to be, and changes nothing."""
