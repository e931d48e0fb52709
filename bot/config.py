"""Settings from the environment and .env: the only place that reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from bot import env_file, policy_file
from bot.env_file import SettingsError
from prompts.render import LOCALES
from review.policy import Policy

__all__ = ["DingTalkSettings", "Settings", "SettingsError", "SlackSettings", "from_environment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """How to reach Slack: Socket Mode with an app token, or HTTP with a signing secret."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(repr=False)
    signing_secret: str | None = field(repr=False)
    http_bind: tuple[str, int] | None
    api_url: str
    hr_channel: str | None
    praise_channel: str | None = None

    @property
    def hr_place(self) -> str | None:
        """Where HR's messages stand."""
        return self.hr_channel


@dataclass(frozen=True, slots=True, kw_only=True)
class DingTalkSettings:
    """How to reach DingTalk: an app of the company's own, in Stream mode."""

    client_id: str
    client_secret: str = field(repr=False)
    robot_code: str
    api_url: str
    oapi_url: str
    form_template: str | None = None
    monthly_calls: int = 5_000
    """That the organisation has; the standard edition's unless it is set. 0: it is not known."""
    entries: tuple[str, ...] = ("interview", "talk", "todo")
    """What is kept of people's own in DingTalk, beside messages; each costs calls of the month."""
    hr_channel: str | None = None
    hr_webhook: str | None = field(default=None, repr=False)
    """Address of a webhook robot in HR's group; the access token stands in it."""
    hr_webhook_secret: str | None = field(default=None, repr=False)
    praise_channel: str | None = None

    @property
    def hr_place(self) -> str | None:
        """HR's group; where only its webhook robot is known, a name that stands for it."""
        return self.hr_channel or ("webhook" if self.hr_webhook else None)

    @property
    def groups(self) -> frozenset[str]:
        """The conversations that are of several people."""
        return frozenset(one for one in (self.hr_place, self.praise_channel) if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that is set from outside."""

    database_url: str
    policy: Policy
    locale: str = "zh-CN"
    time_zone: str = "Asia/Shanghai"
    hr_admins: tuple[str, ...] = ()
    http_bind: tuple[str, int] = ("127.0.0.1", 8080)
    log_level: str = "INFO"
    log_format: str = "text"
    data_key: str | None = field(default=None, repr=False)
    slack: SlackSettings | None = None
    dingtalk: DingTalkSettings | None = None


DEFAULT_DATABASE = "sqlite:///data/nosurprise.db"
SLACK_API = "https://slack.com/api/"
ENTRIES = {"interviews": "interview", "one_on_ones": "talk", "todos": "todo"}
"""What may be kept of people's own in DingTalk: as it is set, and as it is known here."""
DINGTALK_API = "https://api.dingtalk.com/"
DINGTALK_OAPI = "https://oapi.dingtalk.com/"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
HIGHEST_PORT = 65535


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings of this process: the environment first, then .env.

    Raises SettingsError, which bears the language to say it in; None where that is not known.
    """
    given = written() if environment is None else _stripped(environment)
    locale = _one_of(given, "LOCALE", LOCALES, "zh-CN")
    try:
        return _settings(given, locale)
    except SettingsError as fault:
        fault.locale = locale
        raise


def _settings(given: Mapping[str, str], locale: str) -> Settings:
    return Settings(
        database_url=_database(given.get("DATABASE_URL", DEFAULT_DATABASE)),
        policy=_policy(given.get("POLICY_FILE")),
        locale=locale,
        time_zone=_zone(given.get("TIME_ZONE", "Asia/Shanghai")),
        hr_admins=_list(given.get("HR_ADMINS", "")),
        http_bind=_bind("HTTP_BIND", given.get("HTTP_BIND", "127.0.0.1:8080")),
        log_level=_one_of(given, "LOG_LEVEL", LEVELS, "INFO"),
        log_format=_one_of(given, "LOG_FORMAT", ("text", "json"), "text"),
        data_key=given.get("DATA_KEY"),
        slack=_slack(given),
        dingtalk=_dingtalk(given),
    )


def written() -> dict[str, str]:
    """What is set, as it is written: the environment first, then .env. Raises SettingsError."""
    try:
        return _stripped(in_file() | dict(os.environ))
    except SettingsError as fault:
        spoken = os.environ.get("LOCALE", "").strip()
        fault.locale = _match(spoken, LOCALES) if spoken else None
        raise


def language() -> str:
    """The language that is set, even where other settings are wrong."""
    try:
        return _one_of(written(), "LOCALE", LOCALES, "zh-CN")
    except SettingsError as fault:
        return fault.locale or "zh-CN"


def _stripped(environment: Mapping[str, str]) -> dict[str, str]:
    return {key: value.strip() for key, value in environment.items() if value.strip()}


def in_file() -> dict[str, str]:
    """What stands in .env; no file is no setting. Raises SettingsError."""
    return env_file.read(Path(".env"))


def _slack(given: Mapping[str, str]) -> SlackSettings | None:
    token = given.get("SLACK_BOT_TOKEN")
    app_token, secret = given.get("SLACK_APP_TOKEN"), given.get("SLACK_SIGNING_SECRET")
    if token is None:
        if app_token or secret:
            raise SettingsError("settings.no_bot_token")
        return None
    _starts(token, "SLACK_BOT_TOKEN", "xoxb-")
    if app_token is not None:
        _starts(app_token, "SLACK_APP_TOKEN", "xapp-")
    bind = given.get("SLACK_HTTP_BIND")
    if app_token is None and not (secret and bind):
        raise SettingsError("settings.no_way_in")
    if bind is not None and secret is None:
        raise SettingsError("settings.no_signing_secret")
    http = bool(secret and bind)
    return SlackSettings(
        bot_token=token,
        app_token=None if http else app_token,
        signing_secret=secret if http else None,
        http_bind=_bind("SLACK_HTTP_BIND", bind) if http and bind else None,
        api_url=_url(given, "SLACK_API_URL", SLACK_API),
        hr_channel=given.get("SLACK_HR_CHANNEL"),
        praise_channel=given.get("SLACK_PRAISE_CHANNEL"),
    )


def _dingtalk(given: Mapping[str, str]) -> DingTalkSettings | None:
    """The robot's code is the app's id, unless it is set: so it is for an app's own robot."""
    client_id, secret = given.get("DINGTALK_CLIENT_ID"), given.get("DINGTALK_CLIENT_SECRET")
    if client_id is None and secret is None:
        return None
    if client_id is None or secret is None:
        raise SettingsError("settings.half_dingtalk")
    return DingTalkSettings(
        client_id=client_id,
        client_secret=secret,
        robot_code=given.get("DINGTALK_ROBOT_CODE", client_id),
        api_url=_url(given, "DINGTALK_API_URL", DINGTALK_API),
        oapi_url=_url(given, "DINGTALK_OAPI_URL", DINGTALK_OAPI),
        form_template=given.get("DINGTALK_FORM_TEMPLATE"),
        monthly_calls=_count(given, "DINGTALK_MONTHLY_CALLS", 5_000),
        entries=_entries(given),
        hr_channel=given.get("DINGTALK_HR_CHANNEL"),
        hr_webhook=_webhook(given),
        hr_webhook_secret=given.get("DINGTALK_HR_WEBHOOK_SECRET"),
        praise_channel=given.get("DINGTALK_PRAISE_CHANNEL"),
    )


def _webhook(given: Mapping[str, str]) -> str | None:
    """No fault of it names what is written there: whoever knows it can write in HR's group."""
    url, secret = given.get("DINGTALK_HR_WEBHOOK"), given.get("DINGTALK_HR_WEBHOOK_SECRET")
    if url is None and secret is not None:
        raise SettingsError("settings.half_webhook")
    if url is not None and not re.match(r"https?://[^\s?]+\?access_token=[^\s&]+$", url):
        raise SettingsError("settings.webhook")
    return url


def _entries(given: Mapping[str, str]) -> tuple[str, ...]:
    """Some of them with commas between; or all, or none."""
    value = given.get("DINGTALK_ENTRIES", "all").casefold()
    if value in {"all", "none"}:
        return tuple(ENTRIES.values()) if value == "all" else ()
    names = [one.strip() for one in value.split(",")]
    if not set(names) <= ENTRIES.keys():
        choices = ("all", "none", *ENTRIES)
        raise SettingsError(
            "settings.choice", name="DINGTALK_ENTRIES", value=value, choices=choices
        )
    return tuple(known for name, known in ENTRIES.items() if name in names)


def _starts(value: str, name: str, prefix: str) -> None:
    if not value.startswith(prefix):
        raise SettingsError("settings.prefix", name=name, prefix=prefix)


def _database(url: str) -> str:
    for driver in ("sqlite:///", "sqlite+aiosqlite:///"):
        file = url.removeprefix(driver)
        if file not in {url, "", ":memory:"}:
            return f"sqlite+aiosqlite:///{file}"
    scheme, _, rest = url.partition("://")
    if scheme not in {"postgres", "postgresql", "postgresql+psycopg"} or "/" not in rest:
        raise SettingsError("storage.bad_address")
    return f"postgresql+psycopg://{rest}"


def _policy(path: str | None) -> Policy:
    if path is None:
        default = Path("policy.toml")
        return _read(default) if default.exists() else Policy()
    if not Path(path).exists():
        raise SettingsError("settings.no_policy_file", file=path)
    return _read(Path(path))


def _read(path: Path) -> Policy:
    try:
        return policy_file.read(path)
    except policy_file.PolicyFileError as fault:
        raise SettingsError(fault.key, **fault.facts) from fault


def _one_of(given: Mapping[str, str], name: str, choices: tuple[str, ...], default: str) -> str:
    value = given.get(name, default)
    found = _match(value, choices)
    if found is None:
        raise SettingsError("settings.choice", name=name, value=value, choices=choices)
    return found


def _match(value: str, choices: tuple[str, ...]) -> str | None:
    return next((one for one in choices if one.casefold() == value.casefold()), None)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise SettingsError("settings.zone", value=name)
    return ZoneInfo(name).key


def _bind(name: str, value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise SettingsError("settings.bind", name=name, value=value)
    return host.removeprefix("[").removesuffix("]"), int(port)


def _count(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, str(default))
    if not value.isascii() or not value.isdecimal():
        raise SettingsError("settings.count", name=name, value=value)
    return int(value)


def _url(given: Mapping[str, str], name: str, default: str) -> str:
    value = given.get(name, default)
    if not value.startswith(("https://", "http://")):
        raise SettingsError("settings.url", name=name, value=value, like=default)
    return value.rstrip("/") + "/"


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())
