"""The Web API's methods, as slack_sdk calls them."""

from sandbox.slack.web_api import chat, conversations, files, general, history, people, views
from sandbox.slack.web_api.call import METHODS

__all__ = ["METHODS", "chat", "conversations", "files", "general", "history", "people", "views"]
