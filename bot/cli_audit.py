"""`nosurprise audit verify`: whether what was signed is still what stands."""

from __future__ import annotations

import asyncio
import sys

import typer

from bot.cli_open import settings as settings_of
from bot.cli_open import working
from bot.cli_say import complain, print_out
from bot.config import Settings
from handlers.audit_verify import verify
from prompts.render import Words

app = typer.Typer(no_args_is_help=True, help="The sealed chain of sign-offs.")


@app.command(name="verify")
def verify_command() -> None:
    """Re-compute the sealed chain; exit 1 and the first broken link if it does not hold."""
    sys.exit(asyncio.run(verified(settings_of())))


@app.callback()
def _group() -> None:
    """A group, though it has one command."""


async def verified(settings: Settings) -> int:
    """Say what was found: 0 if all holds, else 1."""
    words = Words(settings.locale)
    async with working(settings, write=False) as work:
        found = await verify(work)
    if found.broken is not None:
        facts = {
            "cycle": found.cycle,
            "person": found.person,
            "number": found.broken.number,
            "by": found.by,
            "desk": words.plain(f"desks.{found.broken.desk}") if found.broken.desk else "",
            "review": found.broken.review,
        }
        complain(words.plain("audit.broken", **facts))
        complain(words.plain(f"audit.{found.broken.why}", **facts))
        return 1
    counts = {"links": found.links, "reviews": found.reviews, "erased": found.erased}
    print_out(words.plain("audit.holds", **counts))
    for cycle, head in found.heads:
        print_out(f"{cycle} {head}")
    return 0
