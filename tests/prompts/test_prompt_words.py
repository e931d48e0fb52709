"""Words: what people wrote comes through as text, whatever it looks like."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from prompts.card import Span, plain
from prompts.render import LOCALES, Words
from prompts.screens.common import refusal
from prompts.screens.left_out import why
from review import (
    errors,
    errors_calibration,
    errors_cascade,
    errors_check_in,
    errors_erasing,
    errors_feedback,
    errors_goals,
    errors_in_out,
    errors_interview,
    errors_one_on_one,
    errors_praise,
    errors_progress,
    errors_signing,
    errors_year,
)
from review.errors import ReviewError
from review.needs import NeedKind
from review.policy import Policy
from review.stages import Desk, Move, Stage

locales = st.sampled_from(LOCALES)
AROUND = {"zh-CN": ("“", "”不是可选的答案。"), "en": ("“", "” is no answer here.")}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), locales)
@example("<b>x</b> &amp; &lt; {{ 7*7 }} {% block x %}", "en")
@example("<!channel> <@U1> <script>*bold*</script> <!-- ", "zh-CN")
@example("&#60;b&#62; &copy &notin; ]]> <![CDATA[x]]> </b>", "en")
def test_peoples_words_come_through_unchanged(typed: str, locale: str) -> None:
    before, after = AROUND[locale]
    whole = Words(locale)("refused.unknown_level", text=typed)
    assert whole == (Span(before + typed + after),)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda typed: typed == typed.strip()), locales)
def test_a_name_in_bold_is_bold_and_unchanged(typed: str, locale: str) -> None:
    spans = Words(locale)("team_list.rated", person=typed, rating="3.5", calibrated=False)
    assert spans == (Span("✅ "), Span(typed, bold=True), Span(" · 3.5"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_joined_names_are_unchanged(people: list[str]) -> None:
    said = plain(Words("en")("reminders.self_late", cycle="2026Q3", people=people))
    start = "2026Q3: no self-review yet from "
    assert said == start + ", ".join(people) + "; please have a word."


def test_a_missing_fact_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        Words("en")("self_review.invited", cycle="2026Q3")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("en")("self_review.no_such_text")


def test_an_unknown_language_is_read_in_english() -> None:
    assert Words("fr").locale == "en"


def test_days_are_said_as_people_say_them() -> None:
    monday = date(2026, 11, 23)
    assert {locale: Words(locale).day(monday) for locale in LOCALES} == {
        "zh-CN": "11月23日（周一）",
        "en": "Mon 23 Nov",
    }


REFUSALS: tuple[ReviewError, ...] = (
    ReviewError(),
    errors.NotYourTurn("rate", "self_review", "manager"),
    errors.NotEntitled("manager"),
    errors.UnknownReview(),
    errors.AlreadySent("submit_self", "manager_review"),
    errors.AlreadySigned("hr"),
    errors.StaleReview(1, 2),
    errors.Excluded("on_leave"),
    errors.MissingScore("g1"),
    errors.MissingLevel("teamwork", 2),
    errors.MissingCase("overall"),
    errors.MissingReason("gate"),
    errors.MissingComment(),
    errors.MissingGateWord(),
    errors.RatingGated("2.5", "3.5"),
    errors.NoGate(),
    errors.UnknownScore("<b>", "5, 4.5"),
    errors.UnknownLevel("<b>"),
    errors.UnknownCycleName("<b>", "2026Q3"),
    errors.DeadlinesOutOfOrder("self_due", "manager_due"),
    errors.CycleAlreadyOpen("2026Q3"),
    errors.CycleClosed("2026Q3"),
    errors.NothingToReview(),
    errors.SheetWeights(90),
    errors.MissingStandard("g1"),
    errors.TooLong("overall", 3000, 3001),
    errors.PolicyFault("scale", "order"),
    errors.OutOfPolicy(2),
    errors_feedback.FeedbackToOneself(),
    errors_praise.PraiseToOneself(),
    errors_praise.PraiseSent(),
    errors_praise.PraiseCounted(),
    errors_progress.ProgressOver(),
    errors_progress.UnknownGoal(),
    errors_progress.MissingProgress(),
    errors_check_in.CheckInOver(),
    errors_check_in.CheckInsOff(),
    errors_feedback.PersonGone("<b>"),
    errors_feedback.PersonUnknown("<b>"),
    errors_feedback.NotAColleague(),
    errors_feedback.SeveralPeople("<b>", "Ana, Ann"),
    errors_feedback.FeedbackSent(),
    errors_feedback.AskedLately("Ana, Ann", 14),
    errors_feedback.RequestAnswered("<b>"),
    errors_feedback.AlreadyAnswered(),
    errors_calibration.NoCalibration(),
    errors_calibration.GroupUnknown("<b>"),
    errors_calibration.SessionUnknown(),
    errors_calibration.SessionClosed(),
    errors_calibration.NotInSession(),
    errors_calibration.SameRating("3.5"),
    errors_interview.AppealLate(date(2026, 10, 19)),
    errors_interview.AppealOpen(),
    errors_interview.NoAppeal(),
    errors_interview.DeciderSigned("<b>"),
    errors_interview.DeciderUnknown(),
    errors_interview.DeciderGone("<b>"),
    errors_interview.AppealSameRating(),
    errors_interview.NoInterview(),
    errors_interview.SlotGone(),
    errors_interview.NotYourPairing(),
    errors_interview.PairingOver(),
    errors_interview.NotYourAction(),
    errors_one_on_one.NotYourPair("<b>"),
    errors_one_on_one.NotYourTalk(),
    errors_one_on_one.TalkOver(),
    errors_one_on_one.OneOnOnesOff(),
    errors_goals.GoalsChanged(Move.CONFIRM_GOALS, Stage.GOALS_SUBMITTED),
    errors_goals.GoalsOver(),
    errors_goals.MissingTitle("g1"),
    errors_cascade.DepartmentUnknown("<b>", "CRM"),
    errors_cascade.MissingServes("g1"),
    errors_year.NoQuarters("2026", "<b>"),
    errors_year.NotAYear("2026Q4"),
    errors_in_out.PersonUnclear("reopen"),
    errors_in_out.NoSuchReview("<b>"),
    errors_in_out.RatesThemself("<b>"),
    errors_in_out.AppealDecided(),
    errors_erasing.OnHold("<b>", "e1"),
    errors_erasing.StillDisputed("<b>"),
    errors_erasing.StillReviewed("<b>", "2026Q3"),
    errors_erasing.StillLeads("<b>", 4, "Ana, Ann, Ben"),
    errors_erasing.StillAdmin("<b>"),
    errors_erasing.StillSending("<b>"),
    errors_erasing.AlreadyErased("e1"),
    errors_erasing.NotOnHold("<b>"),
    errors_signing.StandInUnclear(),
    errors_signing.StandInUnknown("<b>"),
    errors_signing.StandInForOneself(),
    errors_signing.StandInLoops("<b>"),
    errors_signing.StandInDates(92),
)


def test_every_refusal_has_words_in_both_languages() -> None:
    assert {type(one) for one in REFUSALS} == {ReviewError, *_below(ReviewError)}
    for locale in LOCALES:
        said = [refusal(error, Words(locale), Policy()).summary for error in REFUSALS]
        assert all(said)
        assert len(set(said)) == len(REFUSALS)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_desk_can_be_named_as_who_can(locale: str) -> None:
    for who in ("person", "manager", "skip_level", "hr", "hr_admin", "decider", "nobody"):
        words = Words(locale)
        assert (
            words.plain(f"desks.{who}") in refusal(errors.NotEntitled(who), words, Policy()).summary
        )


def test_several_desks_are_named_one_by_one() -> None:
    error = errors.NotEntitled("manager, hr_admin")
    assert {locale: refusal(error, Words(locale), Policy()).summary for locale in LOCALES} == {
        "zh-CN": "这一步由上级或HR 管理员来做。",
        "en": "This is for the manager or an HR admin to do.",
    }


def _below(kind: type[ReviewError]) -> set[type[ReviewError]]:
    found = set(kind.__subclasses__())
    return found.union(*(_below(one) for one in found)) if found else found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_stage_desk_and_need_has_words(locale: str) -> None:
    words = Words(locale)
    assert all(words.plain(f"stages.{stage}") for stage in Stage)
    assert all(words.plain(f"desks.{desk}") for desk in Desk)
    for reason in ("hired_late", "left", "on_leave"):
        own, told = (why(reason, Policy(), words, of_another=other) for other in (False, True))
        assert own
        assert told
    facts = {"limit": 3000, "length": 3001}
    assert all(words.plain(f"needs.{kind}", **facts) for kind in NeedKind)


@pytest.mark.parametrize(
    ("locale", "command", "wanted"),
    [
        ("zh-CN", "绩效", "绩效 反馈"),
        ("en", "review", "review feedback"),
        ("en", "/review", "/review"),
    ],
)
def test_commands_are_named_as_they_are_written_where_it_is_read(
    locale: str, command: str, wanted: str
) -> None:
    said = plain(Words(locale, command)("no_surprise.praise", person="/review"))
    assert wanted in said
    assert ("/review" in said.replace("/review", "", 1)) == (command == "/review")
    assert "/review" in said  # what people wrote stays as they wrote it
