"""A DingTalk organisation on this machine, for trying and testing any Stream app.

organisation = Organisation("Shop")
ana = organisation.person(organisation.add_member("ana").userid)
async with DingTalkServer(organisation) as server:
    ...  # run the app with server.api_url, server.oapi_url and organisation.app's keys
    await ana.say("hello")
"""

from sandbox.dingtalk.model import Template
from sandbox.dingtalk.organisation import Organisation
from sandbox.dingtalk.people import Person
from sandbox.dingtalk.server import DingTalkServer

__all__ = ["DingTalkServer", "Organisation", "Person", "Template"]
