"""The process that draws one picture: JSON on standard input, PNG on standard output."""

from __future__ import annotations

import json
import sys

from cattrs import BaseValidationError, Converter, transform_error

from bot import pictures_distribution, pictures_matrix, pictures_progress
from bot.pictures import DistributionPicture, MatrixPicture, ProgressPicture


def main() -> None:
    """Draw it. Exits with a line on standard error if the data makes no picture."""
    converter = Converter(forbid_extra_keys=True)
    try:
        data = json.load(sys.stdin.buffer)
        kind = data.get("kind") if isinstance(data, dict) else None
        if kind == "progress":
            image = pictures_progress.render(converter.structure(data, ProgressPicture))
        elif kind == "matrix":
            image = pictures_matrix.render(converter.structure(data, MatrixPicture))
        else:
            image = pictures_distribution.render(converter.structure(data, DistributionPicture))
    except json.JSONDecodeError as fault:
        sys.exit(f"no JSON: {fault}")
    except BaseValidationError as fault:
        sys.exit("no picture: " + "; ".join(transform_error(fault)))
    sys.stdout.buffer.write(image)


if __name__ == "__main__":
    main()
