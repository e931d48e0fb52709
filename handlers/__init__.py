"""Use cases: what is done when somebody acts. Knows no chat platform and no SQL."""
