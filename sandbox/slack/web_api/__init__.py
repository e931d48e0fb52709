"""The Web API's methods, as slack_sdk calls them."""

from sandbox.slack.web_api import (
    assistant,
    channels,
    chat,
    conversations,
    files,
    functions,
    general,
    history,
    people,
    reactions,
    views,
)
from sandbox.slack.web_api.call import METHODS

__all__ = [
    "METHODS",
    "assistant",
    "channels",
    "chat",
    "conversations",
    "files",
    "functions",
    "general",
    "history",
    "people",
    "reactions",
    "views",
]
