"""A card's values: what they may be, and how they change."""

from __future__ import annotations

from typing import Any, Final

from sandbox.dingtalk.errors import DingTalkError
from sandbox.dingtalk.model import Card

VALUE_BYTES: Final = 1024
FORM_BYTES: Final = 3246
"""What the form of DingTalk's own example takes (open-dingtalk/dingtalk-card-examples)."""


def change(
    card: Card, public: dict[str, str] | None, private: dict[str, dict[str, str]], options: Any
) -> None:
    """Put new values on a card, as an update and the answer to a press do."""
    options = options if isinstance(options, dict) else {}
    if public is not None:
        card.public = card.public | public if options.get("updateCardDataByKey") else public
    for user, values in private.items():
        kept = card.private.get(user, {}) if options.get("updatePrivateDataByKey") else {}
        card.private[user] = kept | values
    card.updates += 1


def param_map(data: Any, form: str = "") -> dict[str, str]:
    """Return a cardParamMap: texts of up to 1 KB each, and of more for the form of that name.

    Raises: DingTalkError.
    """
    values = data.get("cardParamMap") if isinstance(data, dict) else None
    if not isinstance(values, dict):
        raise DingTalkError("param.cardPublicDataEmpty")
    for name, value in values.items():
        if not isinstance(value, str):
            raise DingTalkError("param.cardParamMapInvalid", f"{name} is no string")
        most = FORM_BYTES if name == form else VALUE_BYTES
        if len(value.encode()) > most:
            raise DingTalkError("param.cardParamMapInvalid", f"{name} is over {most} bytes")
    return dict(values)
