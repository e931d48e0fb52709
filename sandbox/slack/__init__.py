"""A Slack workspace on this machine, for trying and testing any Bolt app.

workspace = Workspace("Shop")
ana = workspace.add_user("ana")
async with SlackServer(workspace) as server:
    ...  # run the app with server.api_url, server.bot_token, server.app_token
    await ana.command("/hello")
"""

from sandbox.clock import Clock, ManualClock, WallClock
from sandbox.errors import PersonError, UnfilledError
from sandbox.slack.in_place import in_place_of_slack
from sandbox.slack.model import Channel, Message, OpenView
from sandbox.slack.people import Person
from sandbox.slack.server import SlackServer
from sandbox.slack.thread import SlackThread
from sandbox.slack.workspace import Workspace

__all__ = [
    "Channel",
    "Clock",
    "ManualClock",
    "Message",
    "OpenView",
    "Person",
    "PersonError",
    "SlackServer",
    "SlackThread",
    "UnfilledError",
    "WallClock",
    "Workspace",
    "in_place_of_slack",
]
