"""Rules for tables and charts.

Source: Slack docs, reference/block-kit/blocks/table-block and
reference/block-kit/blocks/data-visualization-block.
"""

from __future__ import annotations

from typing import Any

from sandbox.slack import limits
from sandbox.slack.model import Json
from sandbox.slack.problems import Problems, kind_of
from sandbox.slack.rich_text import rich_text


def table(found: Problems, block: Json, where: str) -> None:
    """Check a table: 100 rows of 20 cells, each raw text or rich text."""
    if not found.shape(block, where, "type rows", "block_id column_settings"):
        return
    for row, cells in enumerate(found.items(block, "rows", where, limits.TABLE_ROWS)):
        spot = f"{where}/rows"
        for column, cell in enumerate(
            found.items({str(row): cells}, str(row), spot, limits.TABLE_COLUMNS)
        ):
            _cell(found, cell, f"{spot}/{row}/{column}")
    settings = found.items(block, "column_settings", where, limits.TABLE_COLUMNS)
    for index, column in enumerate(settings):
        spot = f"{where}/column_settings/{index}"
        if column is not None and found.shape(column, spot, "", "align is_wrapped"):
            found.one_of(column, "align", spot, {"left", "center", "right"})


def _cell(found: Problems, cell: Any, where: str) -> None:
    kind = kind_of(cell)
    if kind == "raw_text":
        found.shape(cell, where, "type text")
        found.string(cell, "text", where, limits.TABLE_CHARACTERS)
    elif kind == "raw_number":
        found.shape(cell, where, "type value", "text")
    elif kind == "rich_text":
        rich_text(found, cell, where)
    else:
        found.add(f"unsupported type: {kind}", where)


def chart(found: Problems, block: Json, where: str) -> None:
    """Check a chart block: a title, and a pie, bar, area or line chart."""
    if not found.shape(block, where, "type title chart", "block_id"):
        return
    found.string(block, "title", where, limits.CHART_TITLE, least=1)
    drawn, spot = block["chart"], f"{where}/chart"
    kind = kind_of(drawn)
    if kind == "pie":
        if found.shape(drawn, spot, "type segments"):
            parts = found.items(drawn, "segments", spot, limits.CHART_SERIES)
            for index, part in enumerate(parts):
                _point(found, part, f"{spot}/segments/{index}", positive=True)
    elif kind in {"bar", "area", "line"}:
        if found.shape(drawn, spot, "type series axis_config"):
            _plot(found, drawn, spot)
    else:
        found.add(f"unsupported type: {kind}", spot)


def _plot(found: Problems, drawn: Json, where: str) -> None:
    axis, spot = drawn["axis_config"], f"{where}/axis_config"
    if not found.shape(axis, spot, "categories", "x_label y_label"):
        return
    categories = found.items(axis, "categories", spot, limits.CHART_POINTS)
    for index, _ in enumerate(categories):
        found.string(
            {"name": categories[index]}, "name", f"{spot}/categories/{index}", limits.CHART_LABEL
        )
    found.string(axis, "x_label", spot, limits.CHART_AXIS)
    found.string(axis, "y_label", spot, limits.CHART_AXIS)
    names: list[str] = []
    for index, series in enumerate(found.items(drawn, "series", where, limits.CHART_SERIES)):
        here = f"{where}/series/{index}"
        if not found.shape(series, here, "name data"):
            continue
        found.string(series, "name", here, limits.CHART_LABEL, least=1)
        if series["name"] in names:
            found.add("names of series must be unique", here)
        names.append(series["name"])
        _series(found, series, here, categories)


def _series(found: Problems, series: Json, where: str, categories: list[Any]) -> None:
    points = found.items(series, "data", where, limits.CHART_POINTS)
    for index, point in enumerate(points):
        _point(found, point, f"{where}/data/{index}", positive=False)
    labels = [point.get("label") for point in points if isinstance(point, dict)]
    if sorted(map(str, labels)) != sorted(map(str, categories)):
        found.add("must have one data point per entry of axis_config.categories", where)


def _point(found: Problems, point: Any, where: str, *, positive: bool) -> None:
    if not found.shape(point, where, "label value"):
        return
    found.string(point, "label", where, limits.CHART_LABEL, least=1)
    value = point["value"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        found.add("must provide a number", f"{where}/value")
    elif positive and value <= 0:
        found.add("must be greater than 0", f"{where}/value")
