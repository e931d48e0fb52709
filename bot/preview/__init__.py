"""Every text with sample data in a browser, for whoever edits `prompts/`."""

from bot.preview.server import preview

__all__ = ["preview"]
