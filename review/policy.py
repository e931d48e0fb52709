"""Every number of the scheme, as one frozen value; a company's policy.toml overrides any."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction

from review.wording import Wording

Score = Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rating scale."""

    score: Score
    band: str
    name: Wording


def _step(score: str, band: str, zh: str, en: str) -> Step:
    return Step(Fraction(score), band, {"zh-CN": zh, "en": en})


SCALE = (
    _step("5", "top", "杰出", "Outstanding"),
    _step("4.5", "top", "持续一贯地超出期望", "Consistently exceeds expectations"),
    _step("4", "top", "超出期望", "Exceeds expectations"),
    _step("3.75", "upper", "部分超出期望", "Partly exceeds expectations"),
    _step("3.5", "middle", "符合期望", "Meets expectations"),
    _step("3.25", "lower", "需要提高", "Needs to improve"),
    _step("3", "lower", "需要改进", "Needs to change"),
    _step("2.5", "lower", "不合格", "Unacceptable"),
)
"""The scheme's eight steps, best first."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """How goals and values make a rating (the scheme: 70/30 with a values gate)."""

    performance_weight: Fraction = Fraction(7, 10)
    values_weight: Fraction = Fraction(3, 10)
    values_curve: tuple[tuple[Fraction, Fraction], ...] = (
        (Fraction(0), Fraction("2.5")),
        (Fraction(2), Fraction(3)),
        (Fraction("2.5"), Fraction("3.5")),
        (Fraction(3), Fraction(4)),
        (Fraction(4), Fraction("4.5")),
        (Fraction(5), Fraction(5)),
    )
    """Places of V on the rating scale, joined by straight lines (ours)."""
    gate_mean_below: Fraction = Fraction(2)
    gate_mean_below_with_reports: Fraction = Fraction("2.5")
    gate_any_below: Fraction = Fraction(1)
    gate_rating: Score = Fraction("2.5")
    care_rating_from: Score = Fraction(4)
    care_value_below: Fraction = Fraction(2)
    """A rating from care_rating_from on asks that no value is below care_value_below (ours)."""
    value_case_below: Fraction = Fraction("2.5")
    value_case_from: Fraction = Fraction(3)
    rating_case_from: Score = Fraction(4)
    rating_case_to: Score = Fraction("3.25")
    gap: Fraction = Fraction("0.5")
    """A gap of this much between self and manager score is marked for the interview."""
    trend_slope: Fraction = Fraction("0.1")
    trend_bonus: Fraction = Fraction("0.25")


@dataclass(frozen=True, slots=True)
class Quota:
    """A share that the ratings from `lowest` to `highest` should keep (None: open end)."""

    key: str
    lowest: Score | None = None
    highest: Score | None = None
    at_most: Fraction | None = None
    at_least: Fraction | None = None
    warns: bool = True
    """False: information only."""
    on: bool = True


QUOTAS = (
    Quota("top", lowest=Fraction(4), at_most=Fraction(20, 100)),
    Quota("upper", lowest=Fraction("3.75"), at_most=Fraction(35, 100)),
    Quota("lower", highest=Fraction("3.25"), at_least=Fraction(15, 100)),
    Quota(
        "middle",
        lowest=Fraction("3.5"),
        highest=Fraction("3.5"),
        at_most=Fraction(60, 100),
        at_least=Fraction(40, 100),
        warns=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Distribution:
    """The forced distribution, which warns."""

    quotas: tuple[Quota, ...] = QUOTAS
    smallest_group: int = 5
    settled_share: Fraction = Fraction(80, 100)
    """Until this share of a group is rated, a breach is a note and says "so far"."""
    notable_below: Fraction = Fraction(10, 100)
    false_discovery_rate: Fraction = Fraction(10, 100)
    count_on: str = "rating"
    """"rating": overall ratings; "performance": K's nearest step."""
    enforce: bool = False
    board_rows: int = 20


@dataclass(frozen=True, slots=True)
class MatrixLines:
    """Where performance and values are low, middle and high (values lines ours)."""

    performance_low_to: Score = Fraction("3.25")
    performance_high_from: Score = Fraction("3.75")
    values_low_below: Fraction = Fraction("2.5")
    values_high_from: Fraction = Fraction(3)
    manager_animals: bool = False
    """Whether a manager's picture has the scheme's animals, too; else plain labels (the scheme)."""


@dataclass(frozen=True, slots=True)
class SheetRules:
    """What a sheet of goals must and should keep."""

    conduct_weight: int = 20
    """Weight of "how it was done"; 0 switches the row off (ours)."""
    total_weight: int = 100
    late_after: Fraction = Fraction(1, 3)
    """A sheet set after this share of the period is late."""
    text_limit: int = 3000


@dataclass(frozen=True, slots=True)
class Membership:
    """Who is left out of a cycle (ours)."""

    least_days: int = 60
    most_leave: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When things are due, in working days after the period's end, and the bot's own hours."""

    self_open: int = 1
    self_due: int = 5
    manager_due: int = 10
    skip_due: int = 13
    hr_due: int = 15
    interview_due: int = 25
    goals_due: int = 10
    """Working days after the period's start."""
    hours_from: time = time(9)
    hours_to: time = time(19)
    remind_before: int = 1
    """Days before a deadline."""
    remind_after: int = 2
    """Working days after a deadline."""
    quiet_dates: tuple[date, ...] = ()
    worked_dates: tuple[tuple[str, date], ...] = ()
    """Country and day: days off that are worked there, where its calendar is not known yet."""
    free_dates: tuple[tuple[str, date], ...] = ()
    """Country and day: working days that are free there instead."""
    countries: tuple[tuple[str, str], ...] = (
        ("Asia/Shanghai", "CN"),
        ("Asia/Urumqi", "CN"),
        ("Asia/Hong_Kong", "HK"),
        ("Europe/Berlin", "DE"),
        ("Europe/London", "GB"),
        ("America/New_York", "US"),
        ("Asia/Singapore", "SG"),
    )
    """Time zone to the country whose public holidays count."""


@dataclass(frozen=True, slots=True)
class NoSurprise:
    """What a person has to have heard before it stands in a review (the scheme)."""

    rating_to: Score = Fraction("3.25")
    value_below: Fraction = Fraction("2.5")
    """A rating up to rating_to, or a value below value_below, has to have been heard before."""
    days_before: int = 14
    """Days before the rating by which a critical word has to have reached the person."""
    praise_from: Score = Fraction(4)
    """From this rating on, a whole period without a good word is pointed out."""
    same_words: Fraction = Fraction(6, 10)
    """Cases that share at least this much of their character 3-grams are near-identical."""
    looks: tuple[int, ...] = (45, 21)
    """Days before the period's end on which managers get an early look; none: ()."""
    nudge_weeks: int = 6
    """Weeks without a word to a report after which their manager is asked; 0: never (ours)."""


@dataclass(frozen=True, slots=True)
class Interviews:
    """The talk about a review and what may follow; days are working days."""

    minutes: int = 60
    late_days: int = 5
    """After its deadline an interview that was not held goes to the skip-level (the scheme)."""
    appeal_days: int = 5
    """After the interview an appeal may be filed for so long; then silence closes (ours)."""
    decide_days: int = 5
    """So long whoever decides an appeal has for it (ours)."""
    actions: int = 3
    """More actions than this are advised against (the scheme)."""
    mentor_weeks: int = 2
    """Weeks after which a pair is asked whether they met; 0: never (the scheme)."""


@dataclass(frozen=True, slots=True)
class OneOnOnes:
    """Talks of each person and their manager, at the pair's own rhythm (the scheme)."""

    weeks: int = 4
    """Between two talks of a pair that has not chosen otherwise."""
    minutes: int = 30
    on: bool = True


@dataclass(frozen=True, slots=True)
class Rewards:
    """What may follow from a year (the scheme names the kind of rule; the numbers are ours)."""

    promotion_ratings: int = 2
    """So many of the last promotion_last quarters need a rating and a V that are high enough."""
    promotion_rating_from: Score = Fraction("3.75")
    promotion_values_from: Fraction = Fraction(3)
    promotion_last: int = 4
    bonus: tuple[tuple[Score, Fraction], ...] = ()
    """A year's rating to the factor of its bonus; a company writes its own."""


@dataclass(frozen=True, slots=True)
class CheckIns:
    """The short weekly check-in, the managers' digest and HR's summary."""

    on: bool = True
    day: str = "last"
    """On which day of each person's week they are asked: "last", or "mon" to "sun" (ours)."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Which optional steps the company has."""

    calibration: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A company's whole policy; the defaults are the scheme's."""

    scale: tuple[Step, ...] = SCALE
    scoring: Scoring = field(default_factory=Scoring)
    distribution: Distribution = field(default_factory=Distribution)
    matrix: MatrixLines = field(default_factory=MatrixLines)
    sheet: SheetRules = field(default_factory=SheetRules)
    membership: Membership = field(default_factory=Membership)
    calendar: Calendar = field(default_factory=Calendar)
    no_surprise: NoSurprise = field(default_factory=NoSurprise)
    interviews: Interviews = field(default_factory=Interviews)
    one_on_one: OneOnOnes = field(default_factory=OneOnOnes)
    rewards: Rewards = field(default_factory=Rewards)
    check_in: CheckIns = field(default_factory=CheckIns)
    flow: Flow = field(default_factory=Flow)
    values: tuple[str, ...] = ("customer_first", "teamwork")
    """Keys of the ladders in use, in the order they are asked."""
