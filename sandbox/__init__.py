"""Local stand-ins for chat platforms, to try a bot and to test it."""
