"""What is asked, in which order; nothing is written before the last answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import DINGTALK_API, DINGTALK_OAPI, SLACK_API
from bot.faults import fault_in
from bot.init import checks, policy
from bot.init.ask import Ask
from bot.init.checks import SlackDesk, WrongError
from bot.init.dingtalk import DingTalkDesk
from bot.policy_file import PolicyFileError, parse
from prompts.render import LOCALES, Words
from review.policy import Policy

SOCKET, HTTP = "1", "2"
PLATFORMS: Mapping[str, frozenset[str]] = {
    "1": frozenset({"slack"}),
    "2": frozenset({"dingtalk"}),
    "3": frozenset({"slack", "dingtalk"}),
}


@dataclass(slots=True)
class Answers:
    """What is to be written."""

    settings: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    """Settings that contradict the answers, such as HTTP's where Socket Mode was chosen."""
    policy: str | None = None
    """The policy file's new text; None: it stays as it is."""


@dataclass(slots=True)
class Interview:
    """Asks; `options` were given on the command line, `there` stands in the environment or .env."""

    ask: Ask
    options: Mapping[str, str]
    there: Mapping[str, str]
    offline: bool
    platforms: frozenset[str] = frozenset()
    """Where the bot is to be; none: to be asked, or what is there says it."""
    words: Words = field(init=False)
    answers: Answers = field(default_factory=Answers)

    def __post_init__(self) -> None:
        """Speak the language that is set, until another is chosen."""
        self.words = Words(self.options.get("LOCALE") or self.there.get("LOCALE") or "zh-CN")

    def run(self, policy_path: Path) -> Answers:
        """Every question.

        Where nobody can be asked, raises WrongError for an answer that is wanting or wrong.
        """
        self._language()
        self._where()
        self._wanting()
        self.ask.say(self._words("start"))
        if "slack" in self.platforms:
            self._slack()
        if "dingtalk" in self.platforms:
            self._dingtalk()
        self._keep("TIME_ZONE", "zone", checks.zone, default="Asia/Shanghai")
        self._keep("HR_ADMINS", "admins", checks.people, default="")
        self._policy(policy_path)
        return self.answers

    def _language(self) -> None:
        known = self.options.get("LOCALE")
        if known is None:
            numbers = [str(number) for number in range(1, len(LOCALES) + 1)]
            default = numbers[LOCALES.index(self.words.locale)]
            both = " / ".join(Words(locale).plain("init.language") for locale in LOCALES)
            known = LOCALES[int(self.ask.choose(both, numbers, default)) - 1]
        self.answers.settings["LOCALE"] = known
        self.words = Words(known)

    def _where(self) -> None:
        """On which platforms."""
        if self.platforms:
            return
        have = self.options.keys() | self.there.keys()
        ding = any(name.startswith("DINGTALK_") for name in have)
        slack = any(name.startswith("SLACK_") for name in have - {"SLACK_API_URL"})
        likely = ("3" if slack else "2") if ding else "1"
        self.platforms = PLATFORMS[
            self.ask.choose(self._words("platform"), list(PLATFORMS), likely)
        ]

    def _wanting(self) -> None:
        """Where nobody can be asked, all that is wanting is named at once."""
        have = self.options.keys() | self.there.keys()
        names: set[str] = set()
        if "slack" in self.platforms:
            way_in = "SLACK_SIGNING_SECRET" if "SLACK_HTTP_BIND" in have else "SLACK_APP_TOKEN"
            names |= {"SLACK_BOT_TOKEN", way_in}
        if "dingtalk" in self.platforms:
            names |= {"DINGTALK_CLIENT_ID", "DINGTALK_CLIENT_SECRET"}
        wanting = sorted(names - have)
        if wanting and not self.ask.asks:
            raise WrongError("no_terminal", names=", ".join(wanting))

    def _slack(self) -> None:
        desk = SlackDesk(self._url("SLACK_API_URL", SLACK_API), offline=self.offline)
        self._keep("SLACK_BOT_TOKEN", "bot_token", desk.bot_token, secret=True)
        self._hear(desk)
        if self._mode() == SOCKET:
            self._keep("SLACK_APP_TOKEN", "app_token", desk.app_token, secret=True)
            self.answers.gone |= {"SLACK_HTTP_BIND"} & self.there.keys()
        else:
            self._keep("SLACK_SIGNING_SECRET", "signing_secret", desk.signing_secret, secret=True)
            self._keep("SLACK_HTTP_BIND", "bind", checks.bind, default="0.0.0.0:3000")
        self._keep("SLACK_HR_CHANNEL", "channel", desk.channel, default="hr")
        if "SLACK_PRAISE_CHANNEL" in self.options:
            self._keep("SLACK_PRAISE_CHANNEL", "praise_channel", desk.praise_channel)
        self._hear(desk)

    def _dingtalk(self) -> None:
        desk = DingTalkDesk(
            self._url("DINGTALK_API_URL", DINGTALK_API),
            self._url("DINGTALK_OAPI_URL", DINGTALK_OAPI),
            offline=self.offline,
        )
        self._log_in(desk)
        self._hear(desk)
        keep = self._keep
        keep("DINGTALK_ROBOT_CODE", "dingtalk_robot", desk.robot, default=desk.id)
        keep("DINGTALK_HR_CHANNEL", "dingtalk_group", desk.group, default="")
        self._hear(desk)
        keep("DINGTALK_FORM_TEMPLATE", "dingtalk_template", desk.template, default="")
        self._hear(desk)
        if self.answers.settings["DINGTALK_ROBOT_CODE"] == desk.id:
            self._leave_out("DINGTALK_ROBOT_CODE")
        for name in ("DINGTALK_HR_CHANNEL", "DINGTALK_FORM_TEMPLATE"):
            if not self.answers.settings[name]:
                self._leave_out(name)

    def _log_in(self, desk: DingTalkDesk) -> None:
        """Id and secret are right or wrong together, so both are asked for again."""
        while True:
            self._keep("DINGTALK_CLIENT_ID", "dingtalk_id", desk.client_id)
            self._keep("DINGTALK_CLIENT_SECRET", "dingtalk_secret", desk.client_secret, secret=True)
            try:
                desk.log_in()
            except WrongError as wrong:
                if not self.ask.asks:
                    raise
                self._refuse(wrong)
                if wrong.may_pass and self.ask.yes(self._words("go_on"), default=False):
                    return
            else:
                return

    def _leave_out(self, name: str) -> None:
        """It need not be set."""
        del self.answers.settings[name]
        self.answers.gone |= {name} & self.there.keys()

    def _url(self, name: str, default: str) -> str:
        return self.there.get(name, default).rstrip("/") + "/"

    def _mode(self) -> str:
        if "SLACK_HTTP_BIND" in self.options:
            return HTTP
        likely = HTTP if "SLACK_HTTP_BIND" in self.there else SOCKET
        return self.ask.choose(self._words("mode"), [SOCKET, HTTP], likely)

    def _hear(self, desk: SlackDesk | DingTalkDesk) -> None:
        """What is to be said of answers that were taken."""
        for key, facts in desk.notes:
            self.ask.say(self.words.plain(key, **facts))
        desk.notes.clear()

    def _keep(
        self,
        name: str,
        key: str,
        check: Callable[[str], str],
        *,
        default: str | None = None,
        secret: bool = False,
    ) -> None:
        """Ask until the answer is right; Enter takes what is there, or tries the same again."""
        here = self.there.get(name, default)
        answer = self.options.get(name)
        if answer is None:
            answer = self._asked(key, here, secret=secret)
        while True:
            try:
                self.answers.settings[name] = check(answer)
            except WrongError as wrong:
                if not self.ask.asks:
                    raise
                self._refuse(wrong)
                if wrong.may_pass and self.ask.yes(self._words("go_on"), default=False):
                    self.answers.settings[name] = answer.lstrip("#")
                    return
                answer = self._asked(key, answer if wrong.may_pass else here, secret=secret)
            else:
                return

    def _asked(self, key: str, here: str | None, *, secret: bool) -> str:
        if not secret:
            return self.ask.text(self._words(key), here)
        kept = f" {self._words('keep')}" if here else ""
        return self.ask.secret(self._words(key) + kept) or here or ""

    def _policy(self, path: Path) -> None:
        """The main numbers, on the policy that is there or the one that comes with the program."""
        new = not path.exists()
        text = policy.template() if new else path.read_text(encoding="utf-8-sig")
        try:
            rules = parse(text)
        except PolicyFileError as fault:
            self.ask.say(fault_in(fault, self.words))
            return
        if self.ask.yes(self._words("policy"), default=False):
            self.answers.policy = self._numbers(text, rules)
        elif new:
            self.answers.policy = text

    def _numbers(self, text: str, rules: Policy) -> str:
        """Every number, then all of them as a whole; what does not fit together is asked again."""
        while True:
            changed = text
            for number in policy.NUMBERS:
                changed = self._number(number, changed, rules)
            try:
                parse(changed)
            except PolicyFileError as fault:
                self.ask.say(fault_in(fault, self.words))
            else:
                return changed

    def _number(self, number: policy.Number, text: str, rules: Policy) -> str:
        here = policy.now(number, rules)
        if here is None:
            return text
        while True:
            answer = self.ask.text(self._words(number.key), here)
            try:
                literal = number.written(answer)
            except WrongError as wrong:
                self._refuse(wrong)
            else:
                return text if answer == here else policy.put(text, number, literal, rules)

    def _refuse(self, wrong: WrongError) -> None:
        self.ask.say(f"✗ {self.words.plain(wrong.key, **wrong.facts)}")

    def _words(self, key: str) -> str:
        return self.words.plain(f"init.{key}")
