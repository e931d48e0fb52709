"""What can be wrong between the bot and Slack, for whoever runs it to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.faults import Fault
from handlers.ports import Shut

NOT_TAKEN = {
    "access_denied",
    "account_inactive",
    "invalid_auth",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}
"""Errors that tell of the token (https://docs.slack.dev/reference/methods/auth.test)."""
NO_SCOPE = "missing_scope"
SHUT: Mapping[str, Shut] = {
    "is_archived": "archived",
    "is_inactive": "archived",
    "channel_not_found": "not_found",
    "not_in_channel": "not_in",
}
"""Errors that tell of the channel, and our word for it: somebody has to open it to us."""


class SlackRefusedError(Fault):
    """Slack does not take a token."""

    def __init__(self, token: str, reason: str) -> None:
        """Name the token's setting, never the token, and Slack's word."""
        super().__init__("cli.slack_refused", token=token, reason=reason)
        self.token = token
        self.reason = reason


class OtherAppError(SlackRefusedError):
    """The app-level token belongs to another app than the bot token."""

    def __init__(self) -> None:
        """Both tokens are taken; they only do not belong together."""
        super().__init__("SLACK_APP_TOKEN", "other_app")
        self.key = "slack.other_app"


class SlackUnreachableError(Fault):
    """Slack does not answer, or what answers there is not Slack."""

    def __init__(self, url: str, reason: str) -> None:
        """Name the address and the fault."""
        super().__init__("cli.slack_unreachable", url=url, reason=reason)
        self.url = url
        self.reason = reason


class MissingScopesError(SlackUnreachableError):
    """The app was installed without scopes that are needed; installing it anew grants them."""

    def __init__(self, url: str, names: str) -> None:
        """Name the scopes, with commas between."""
        super().__init__(url, f"{NO_SCOPE}: {names}")
        self.key = "slack.scopes"
        self.facts = {"names": names}


class ConnectionLostError(Fault):
    """Slack answers, but its events can't come in."""

    def __init__(self) -> None:
        """There is nothing to name."""
        super().__init__("slack.lost")


class OthersConnectedError(Fault):
    """Others are connected with the same app-level token, though this bot is to be alone."""

    def __init__(self, count: int) -> None:
        """Say how many connections Slack counts, ours among them."""
        super().__init__("slack.others", count=count)


class ClockOffError(Fault):
    """This machine's clock and Slack's are apart."""

    def __init__(self, off: timedelta) -> None:
        """Say by how much ours is ahead; less than nothing is behind."""
        way = "behind" if off < timedelta(0) else "ahead"
        minutes = max(round(abs(off) / timedelta(minutes=1)), 1)
        super().__init__(f"slack.clock_{way}", minutes=minutes)
        self.off = off


class CannotListenError(Fault):
    """An address of this machine can't be had."""

    def __init__(self, setting: str, fault: OSError) -> None:
        """Name the setting that holds the address, and why."""
        super().__init__("cli.no_bind", name=setting, fault=fault)


def said(error: SlackApiError) -> str | None:
    """Slack's own word; None: what came back was no answer of its API, such as a page of HTML."""
    data = getattr(error.response, "data", None)
    return str(data["error"]) if isinstance(data, dict) and data.get("error") else None


def status_of(error: SlackApiError) -> int:
    """The HTTP status; slack_sdk hands on what it could not read as aiohttp's own response."""
    response = error.response
    found = getattr(response, "status_code", None) or getattr(response, "status", None)
    return int(found or 200)


@contextmanager
def calling(token: str, url: str) -> Iterator[None]:
    """Calls with that token, named by its setting.

    Raises SlackRefusedError or SlackUnreachableError instead of the client's own errors.
    """
    try:
        yield
    except SlackApiError as error:
        data = getattr(error.response, "data", None)
        answer: Mapping[str, object] = data if isinstance(data, dict) else {"error": "no JSON"}
        reason = str(answer.get("error", "unknown"))
        if reason in NOT_TAKEN:
            raise SlackRefusedError(token, reason) from error
        if reason == NO_SCOPE:
            raise MissingScopesError(url, str(answer.get("needed", ""))) from error
        raise SlackUnreachableError(url, reason) from error
    except (ClientError, SlackClientError, TimeoutError, OSError) as error:
        raise SlackUnreachableError(url, str(error) or type(error).__name__) from error
