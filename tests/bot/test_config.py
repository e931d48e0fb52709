"""Settings: what is missing or senseless is named; no secret is shown."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.config import (
    DingTalkSettings,
    Settings,
    SettingsError,
    SlackSettings,
    from_environment,
    language,
)
from bot.faults import fault_in, in_both
from prompts.render import LOCALES, Words
from review.policy import Policy

BOT, APP = "xoxb-local-bot", "xapp-local-app"
SOCKET = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
HTTP = {
    "SLACK_BOT_TOKEN": BOT,
    "SLACK_SIGNING_SECRET": "hush",
    "SLACK_HTTP_BIND": "[::1]:3000",
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def _quiet_after() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level


def test_settings_of_nothing() -> None:
    assert from_environment({}) == Settings(
        database_url="sqlite+aiosqlite:///data/nosurprise.db", policy=Policy()
    )


def test_settings_of_everything(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("[sheet]\nconduct_weight = 10\n", encoding="utf-8")
    found = from_environment(
        HTTP
        | {
            "DATABASE_URL": "sqlite+aiosqlite:////x/y.db",
            "POLICY_FILE": "ours.toml",
            "LOCALE": "EN",
            "TIME_ZONE": "Europe/Berlin",
            "SLACK_HR_CHANNEL": "#hr",
            "SLACK_API_URL": "http://127.0.0.1:9/api",
            "HR_ADMINS": "a, b,",
            "HTTP_BIND": "0.0.0.0:80",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "json",
            "DATA_KEY": " key ",
        }
    )
    assert found.policy.sheet.conduct_weight == 10
    assert found == Settings(
        database_url="sqlite+aiosqlite:////x/y.db",
        policy=found.policy,
        locale="en",
        time_zone="Europe/Berlin",
        hr_admins=("a", "b"),
        http_bind=("0.0.0.0", 80),  # noqa: S104
        log_level="DEBUG",
        log_format="json",
        data_key="key",
        slack=SlackSettings(
            bot_token=BOT,
            app_token=None,
            signing_secret="hush",
            http_bind=("::1", 3000),
            api_url="http://127.0.0.1:9/api/",
            hr_channel="#hr",
        ),
    )


SENSELESS = {
    "DATABASE_URL=mysql://u:hush@h/d": "DATABASE_URL should look like sqlite:///",
    "DATABASE_URL=sqlite:///": "DATABASE_URL should look like sqlite:///",
    "DATABASE_URL=sqlite:///:memory:": "DATABASE_URL should look like sqlite:///",
    "POLICY_FILE=none.toml": "POLICY_FILE: there is no file none.toml",
    "LOCALE=fr": "LOCALE is “fr”; it should be one of zh-CN, en.",
    "TIME_ZONE=Mars": "TIME_ZONE is “Mars”; it should be one such as Asia/Shanghai",
    "HTTP_BIND=8080": "HTTP_BIND is “8080”; it should look like 127.0.0.1:8080",
    "HTTP_BIND=a:65536": "HTTP_BIND is “a:65536”; it should look like 127.0.0.1:8080",
    "HTTP_BIND=a:²": "HTTP_BIND is “a:²”; it should look like 127.0.0.1:8080",
    "LOG_LEVEL=LOUD": "LOG_LEVEL is “LOUD”; it should be one of DEBUG, INFO",
    "LOG_FORMAT=xml": "LOG_FORMAT is “xml”; it should be one of text, json",
    "SLACK_BOT_TOKEN=hush": "SLACK_BOT_TOKEN should begin with xoxb-",
    "SLACK_APP_TOKEN=hush": "SLACK_APP_TOKEN should begin with xapp-",
    "SLACK_BOT_TOKEN=": "SLACK_BOT_TOKEN is missing. It looks like xoxb-",
    "SLACK_APP_TOKEN=": "Slack needs SLACK_APP_TOKEN (xapp-…, Socket Mode)",
    "SLACK_HTTP_BIND=:1": "SLACK_HTTP_BIND is set without SLACK_SIGNING_SECRET",
    "DINGTALK_CLIENT_ID=ding1": "DingTalk needs DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET",
    "DINGTALK_CLIENT_SECRET=hush": "DingTalk needs DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET",
    "SLACK_API_URL=slack.com": "SLACK_API_URL is “slack.com”; it should look like https://",
}


@pytest.mark.parametrize("given", SENSELESS)
def test_a_senseless_setting_is_named_with_what_it_should_look_like(given: str) -> None:
    name, _, value = given.partition("=")
    with pytest.raises(SettingsError) as refused:
        from_environment(SOCKET | {"LOCALE": "en", name: value})
    said = {locale: fault_in(refused.value, Words(locale)) for locale in LOCALES}
    assert said["en"].startswith(SENSELESS[given])
    assert name in said["zh-CN"]
    assert re.search(r"[一-鿿]", said["zh-CN"])
    assert "hush" not in str(refused.value) + "".join(said.values())
    assert refused.value.locale == (None if name == "LOCALE" else "en")


DINGTALK = {"DINGTALK_CLIENT_ID": "ding1", "DINGTALK_CLIENT_SECRET": "hush"}


def test_settings_of_dingtalk_alone() -> None:
    assert from_environment(DINGTALK).dingtalk == DingTalkSettings(
        client_id="ding1",
        client_secret="hush",
        robot_code="ding1",
        api_url="https://api.dingtalk.com/",
        oapi_url="https://oapi.dingtalk.com/",
    )


def test_settings_of_everything_of_dingtalk() -> None:
    other = {
        "DINGTALK_ROBOT_CODE": "robot1",
        "DINGTALK_FORM_TEMPLATE": "t.schema",
        "DINGTALK_ENTRIES": "todos, interviews",
        "DINGTALK_HR_CHANNEL": "cidHR==",
        "DINGTALK_PRAISE_CHANNEL": "cidP==",
        "DINGTALK_MONTHLY_CALLS": "500000",
        "DINGTALK_HR_WEBHOOK": "https://oapi.dingtalk.com/robot/send?access_token=hush",
        "DINGTALK_HR_WEBHOOK_SECRET": "SEChush",
        "DINGTALK_API_URL": "http://127.0.0.1:9/api",
        "DINGTALK_OAPI_URL": "http://127.0.0.1:9/oapi/",
    }
    assert from_environment(DINGTALK | other).dingtalk == DingTalkSettings(
        client_id="ding1",
        client_secret="hush",
        robot_code="robot1",
        form_template="t.schema",
        entries=("interview", "todo"),
        hr_channel="cidHR==",
        praise_channel="cidP==",
        monthly_calls=500_000,
        hr_webhook="https://oapi.dingtalk.com/robot/send?access_token=hush",
        hr_webhook_secret="SEChush",
        api_url="http://127.0.0.1:9/api/",
        oapi_url="http://127.0.0.1:9/oapi/",
    )


def test_what_is_kept_in_dingtalk_is_chosen_by_name() -> None:
    for given, kept in {"None": (), "ALL": ("interview", "talk", "todo")}.items():
        found = from_environment(DINGTALK | {"DINGTALK_ENTRIES": given}).dingtalk
        assert found is not None
        assert found.entries == kept
    with pytest.raises(SettingsError, match=r"settings\.choice name=DINGTALK_ENTRIES"):
        from_environment(DINGTALK | {"LOCALE": "en", "DINGTALK_ENTRIES": "todos,tasks"})


@pytest.mark.parametrize("name", ["DINGTALK_API_URL", "DINGTALK_OAPI_URL"])
def test_an_address_of_dingtalk_that_is_none_is_named(name: str) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment(DINGTALK | {"LOCALE": "en", name: "dingtalk"})
    said = fault_in(refused.value, Words("en"))
    assert said.startswith(f"{name} is “dingtalk”; it should look like https://")
    assert ".dingtalk.com/" in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"DINGTALK_MONTHLY_CALLS": "五千"}, "DINGTALK_MONTHLY_CALLS is “五千”; it should be a"),
        ({"DINGTALK_MONTHLY_CALLS": "-1"}, "DINGTALK_MONTHLY_CALLS is “-1”; it should be a"),
        ({"DINGTALK_HR_WEBHOOK_SECRET": "SEChush"}, "DINGTALK_HR_WEBHOOK_SECRET is set without"),
        ({"DINGTALK_HR_WEBHOOK": "hush"}, "DINGTALK_HR_WEBHOOK should be the whole address"),
        ({"DINGTALK_HR_WEBHOOK": "https://x.y/z?hush=1"}, "DINGTALK_HR_WEBHOOK should be the"),
    ],
)
def test_what_is_wrong_with_calls_and_webhook_is_said_without_the_secret(
    given: dict[str, str], said: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment(DINGTALK | {"LOCALE": "en"} | given)
    told = {locale: fault_in(refused.value, Words(locale)) for locale in LOCALES}
    assert told["en"].startswith(said)
    assert not [text for text in told.values() if "hush" in text]


def test_hrs_group_may_be_known_by_its_webhook_alone() -> None:
    url = "https://oapi.dingtalk.com/robot/send?access_token=hush"
    found = from_environment(DINGTALK | {"DINGTALK_HR_WEBHOOK": url}).dingtalk
    assert found is not None
    assert (found.hr_place, found.groups) == ("webhook", frozenset({"webhook"}))


def test_a_secret_shows_in_no_settings() -> None:
    hook = {
        "DINGTALK_HR_WEBHOOK": "https://oapi.dingtalk.com/robot/send?access_token=hush",
        "DINGTALK_HR_WEBHOOK_SECRET": "SEChush",
    }
    shown = repr(from_environment(HTTP | DINGTALK | hook | {"DATA_KEY": "hush"}))
    shown += repr(from_environment(SOCKET))
    assert not [secret for secret in (BOT, APP, "hush") if secret in shown]


def test_dotenv_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_bytes("\ufeffLOCALE=en\nTIME_ZONE=UTC\n".encode())
    monkeypatch.delenv("LOCALE", raising=False)
    monkeypatch.setenv("TIME_ZONE", "Europe/Berlin")
    found = from_environment()
    assert (found.locale, found.time_zone) == ("en", "Europe/Berlin")


def test_dotenv_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("HR_ADMINS=王".encode("gb18030"))
    with pytest.raises(SettingsError) as refused:
        from_environment()
    assert in_both(refused.value) == (
        ".env 不是 UTF-8 编码，请用 UTF-8 另存。 / .env is not written in UTF-8; save it so."
    )


BROKEN = {
    "LOCALE=en\nSLACK_BOT_TOKEN xoxb-hush\n": "line 2 is no setting.",
    'LOCALE=en\n\n  \nHR_ADMINS="a\n': "line 4 is no setting.",
    "# words\nHR_ADMINS\nLOCALE=en\n": "line 2 is no setting.",
    "LOCALE=en\nDATABASE_URL=sqlite:///a\0b.db\n": "line 2 holds a byte that is no text (NUL).",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_line_of_dotenv_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("LOCALE", "zh-CN")
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        from_environment()
    assert refused.value.locale == "zh-CN"
    said = fault_in(refused.value, Words("en"))
    assert said.startswith(f".env, {BROKEN[text]}")
    assert "hush" not in said + str(refused.value)


@pytest.mark.parametrize(
    ("line", "name"), [('HR_ADMINS="a,b"', "a,b"), ("HR_ADMINS='a b'", "a b"), ("HR_ADMINS=", "")]
)
def test_quotes_round_a_value_are_not_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, name: str
) -> None:
    monkeypatch.delenv("HR_ADMINS", raising=False)
    (tmp_path / ".env").write_text(f"export LOCALE='en'  # words\n{line}\n", encoding="utf-8")
    assert ",".join(from_environment().hr_admins) == name


def test_a_folder_in_place_of_dotenv_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOCALE", raising=False)
    (tmp_path / ".env").mkdir()
    with pytest.raises(SettingsError) as refused:
        from_environment()
    assert refused.value.locale is None
    assert in_both(refused.value) == (
        "无法读取 .env：这是一个目录。 / .env can't be read: Is a directory."
    )
    assert language() == "zh-CN"


def test_a_faulty_policy_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("\n[sheet]\nconduct_weight = 'x'\n", encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        from_environment({"LOCALE": "en"})
    assert refused.value.locale == "en"
    assert in_both(refused.value) == (
        "policy.toml：第 3 行：conduct_weight：'x' 应是整数 / "
        "policy.toml: line 3: conduct_weight: 'x' should be a whole number"
    )


@pytest.mark.usefixtures("_quiet_after")
@pytest.mark.parametrize("style", ["text", "json"])
def test_no_token_is_logged(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("DEBUG", style)
    try:
        raise RuntimeError(f"token={BOT}")  # noqa: TRY301
    except RuntimeError:
        logging.getLogger("x").exception("%s at wss://x/?ticket=a-b", APP)
    said = capsys.readouterr().err
    assert "xapp-…" in said
    assert "xoxb-…" in said
    assert "ticket=…" in said
    assert not [secret for secret in (BOT, APP, "a-b") if secret in said]
    if style == "json":
        assert json.loads(said)["level"] == "ERROR"


@pytest.mark.usefixtures("_quiet_after")
def test_other_peoples_loggers_are_quiet_even_at_debug() -> None:
    logs.set_up("DEBUG", "text")
    loud = [name for name in logs.QUIET if logging.getLogger(name).isEnabledFor(logging.INFO)]
    assert loud == []
