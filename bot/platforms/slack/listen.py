"""Slack's requests in: parse, dispatch, commit, then acknowledge with what the handler answered."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack import draw, parse
from bot.platforms.slack.faults import said
from handlers import answers
from handlers.answers import Answer
from handlers.events import Account, Event, Missed
from handlers.shortcuts import SHORTCUTS
from prompts.card import Card, Form
from prompts.render import Words
from prompts.screens import common
from storage.errors import UnusableError

log = logging.getLogger(__name__)
Dispatch = Callable[[Event], Awaitable[Answer]]
WordsOf = Callable[[Account], Awaitable[Words]]
"""A person's own words, even where nothing can be written."""
Body = dict[str, Any]
Show = Callable[..., Awaitable[Any]]
ANYTHING = re.compile(r".+")
NETWORK = (aiohttp.ClientError, TimeoutError, OSError)
USED = "exchanged_trigger_id"
"""Slack's word for a trigger that has opened a form already."""


def register(app: AsyncApp, dispatch: Dispatch, words: WordsOf) -> None:
    """Let all that people do in Slack go through dispatch."""
    listener = Listener(dispatch, words)
    app.command("/review")(listener.command)
    app.action(ANYTHING)(listener.action)
    for name in SHORTCUTS:
        app.message_shortcut(name)(listener.shortcut)
    app.view(ANYTHING)(listener.submission)
    app.event("app_home_opened")(listener.home)


class Listener:
    """Says a neutral answer in Slack's way, and is the one place that maps errors to words."""

    def __init__(self, dispatch: Dispatch, words: WordsOf) -> None:
        """Take what handles an event, and whose words a fault is said in."""
        self._dispatch = dispatch
        self._words = words

    async def command(self, body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        """Answer a slash command, to its sender alone."""
        try:
            answer = await self._dispatch(parse.command(body))
        except Exception as fault:  # noqa: BLE001  the one place that maps faults to words
            await ack(**draw.reply(_card(fault, "command", await self._words(_who(body)))))
            return
        match answer:
            case answers.Says(card):
                await ack(**draw.reply(card))
            case answers.Opens(form):
                await self._open(form, body, client)
                await ack()
            case _:
                await ack()

    async def shortcut(self, body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        """Answer a shortcut on a message: a form, or words in one."""
        try:
            answer = await self._dispatch(parse.noted(body))
        except Exception as fault:  # noqa: BLE001
            answer = answers.Says(_card(fault, "press", await self._words(_who(body))))
        match answer:
            case answers.Opens(form):
                await self._open(form, body, client)
            case answers.Says(card):
                words = await self._words(_who(body))
                await self._open(common.notice(card, words), body, client)
            case _:
                pass
        await ack()

    async def action(self, body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        """Answer a press in a message, or a change or a press in an open form."""
        in_form = body.get("view", {}).get("type") == "modal"
        try:
            event = parse.answered(body) if in_form else parse.pressed(body)
            answer = await self._dispatch(event)
        except Exception as fault:  # noqa: BLE001
            answer = answers.Says(_card(fault, "press", await self._words(_who(body))))
        match answer:
            case answers.Opens(form):
                await self._open(form, body, client)
            case answers.Says(card):
                form = common.notice(card, await self._words(_who(body)))
                await (self._push if in_form else self._open)(form, body, client)
            case answers.Stacks(form):
                await self._push(form, body, client)
            case answers.Redraws(form):
                await self._redraw(form, body, client)
            case _:
                pass
        await ack()

    async def submission(self, body: Body, ack: AsyncAck) -> None:
        """Answer a sent step: the next one, what is wrong at its field, or close."""
        try:
            answer = await self._dispatch(parse.submitted(body))
        except Exception as fault:  # noqa: BLE001
            await self._keep_open(body, ack, fault)
            return
        match answer:
            case answers.Continues(form):
                await ack(response_action="update", view=draw.view(form))
            case answers.Refuses(form):
                found = draw.problems(form)
                if set(found) <= set(body["view"]["state"]["values"]):
                    await ack(response_action="errors", errors=found)
                else:
                    await ack(response_action="update", view=draw.view(form))
            case answers.Says(card):
                notice = common.notice(card, await self._words(_who(body)))
                await ack(response_action="update", view=draw.view(notice))
            case _:
                await ack(response_action="clear")

    async def home(self, body: Body, client: AsyncWebClient) -> None:
        """Show the Home tab to one who opens it; who is not in the roster reads why it is bare."""
        event = parse.opened(body)
        if event is None:
            return
        try:
            answer = await self._dispatch(event)
        except Exception as fault:  # noqa: BLE001
            _card(fault, "home", await self._words(event.who))
            return
        if isinstance(answer, answers.Says):
            await _published(client, event.who.id, answer.card)

    async def _keep_open(self, body: Body, ack: AsyncAck, fault: Exception) -> None:
        """A fault must not cost what was typed: the form stays, with the words at a field."""
        said = _card(fault, "form", await self._words(_who(body))).summary
        block = next(iter(body["view"]["state"]["values"]), None)
        if block is None:
            await ack(response_action="clear")
        else:
            await ack(response_action="errors", errors={block: said})

    async def _open(self, form: Form, body: Body, client: AsyncWebClient) -> None:
        reason = await _shown(client.views_open, form, body)
        if reason is not None:
            log.warning("views.open refused: %s", reason)
            missed = Missed(who=_who(body), identity=f"missed:{body['trigger_id']}")
            await self._dispatch(missed)

    async def _push(self, form: Form, body: Body, client: AsyncWebClient) -> None:
        reason = await _shown(client.views_push, form, body)
        if reason is not None:
            log.warning("views.push refused: %s", reason)

    async def _redraw(self, form: Form, body: Body, client: AsyncWebClient) -> None:
        """Skipped where the form has moved on: the next answer draws it again."""
        view = body["view"]
        try:
            await client.views_update(view_id=view["id"], hash=view["hash"], view=draw.view(form))
        except (SlackApiError, *NETWORK) as error:
            log.info("views.update skipped: %s", _reason(error))


async def _shown(show: Show, form: Form, body: Body) -> str | None:
    """Why the form does not stand before the person; None: it does.

    Without an answer it is asked for a second time: a trigger that was used shows that it stands.
    """
    for last in (False, True):
        try:
            await show(trigger_id=body["trigger_id"], view=draw.view(form))
        except SlackApiError as error:
            reason = _reason(error)
            return None if reason == USED else reason
        except NETWORK as error:
            if last:
                return _reason(error)
        else:
            return None
    return None


async def _published(client: AsyncWebClient, user: str, card: Card) -> None:
    try:
        await client.views_publish(user_id=user, view=draw.home(card))
    except (SlackApiError, *NETWORK) as error:
        log.warning("views.publish refused: %s", _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return said(error) or "no answer of Slack's"
    return type(error).__name__


def _who(body: Body) -> Account:
    return Account("slack", str(body.get("user_id") or body["user"]["id"]))


def _card(fault: Exception, where: str, words: Words) -> Card:
    """Log the fault, without the payload, and give it a number for the person."""
    number = secrets.token_hex(4)
    if not isinstance(fault, UnusableError):
        log.error("fault %s in a %s", number, where, exc_info=fault)
        return common.fault(number, words)
    log.error("fault %s in a %s: %s", number, where, fault)
    key = "storage.not_saved_form" if where == "form" else "storage.not_saved"
    return common.says(words, key, number=number)
