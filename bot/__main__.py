"""`python -m bot` is `nosurprise`."""

from bot.cli import main

main()
