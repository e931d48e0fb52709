"""What can be called, as dingtalk.md of the design lists it."""

from sandbox.dingtalk.calls import (
    cards,
    contacts,
    gateway,
    media,
    planning,
    robot,
    session,
    token,
    webhook,
)
from sandbox.dingtalk.calls.call import ENDPOINTS

__all__ = [
    "ENDPOINTS",
    "cards",
    "contacts",
    "gateway",
    "media",
    "planning",
    "robot",
    "session",
    "token",
    "webhook",
]
