"""The process that draws one picture: JSON on standard input, PNG on standard output."""

from __future__ import annotations

import json
import sys

from cattrs import BaseValidationError, Converter, transform_error

from bot.pictures import DistributionPicture
from bot.pictures_distribution import render


def main() -> None:
    """Draw it. Exits with a line on standard error if the data makes no picture."""
    try:
        picture = Converter(forbid_extra_keys=True).structure(
            json.load(sys.stdin.buffer), DistributionPicture
        )
    except json.JSONDecodeError as fault:
        sys.exit(f"no JSON: {fault}")
    except BaseValidationError as fault:
        sys.exit("no picture: " + "; ".join(transform_error(fault)))
    sys.stdout.buffer.write(render(picture))


if __name__ == "__main__":
    main()
