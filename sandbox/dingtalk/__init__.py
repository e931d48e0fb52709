"""A DingTalk organisation on this machine, for trying and testing any Stream app.

organisation = Organisation("Shop")
ana = organisation.add_member("ana")
async with DingTalkServer(organisation) as server:
    ...  # run the app with server.api_url, server.oapi_url and organisation.app's keys
"""

from sandbox.dingtalk.model import Template
from sandbox.dingtalk.organisation import Organisation
from sandbox.dingtalk.server import DingTalkServer

__all__ = ["DingTalkServer", "Organisation", "Template"]
