"""What stands on people's screens: a stack of modals each, and a Home tab."""

from __future__ import annotations

from itertools import count

from sandbox.changes import Changes
from sandbox.slack.errors import SlackError
from sandbox.slack.limits import PUSHED_VIEWS
from sandbox.slack.model import Json, OpenView
from sandbox.slack.values import initial_values


class Views:
    """Opens, changes and closes views; each change gives the view a new hash."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.ids = count(1)
        self.stacks: dict[str, list[OpenView]] = {}
        self.homes: dict[str, OpenView] = {}

    def top(self, user: str) -> OpenView | None:
        """Return the modal that the person sees, or None."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def find(self, view_id: str | None, external_id: str | None = None) -> OpenView:
        """Return the open view (or Home tab) of that id or external id.

        Raises: SlackError not_found.
        """
        for view in self._all():
            if (view_id and view.id == view_id) or (
                external_id and view.external_id == external_id
            ):
                return view
        raise SlackError("not_found")

    def open(self, user: str, view: Json) -> OpenView:
        """Show a modal, instead of whatever modal was there."""
        self._refuse_double(view)
        shown = self._new(user, view)
        self.stacks[user] = [shown]
        self._changes.tell("view", user=user)
        return shown

    def push(self, user: str, view: Json) -> OpenView:
        """Lay a modal on top of the one that is open.

        Raises: SlackError push_limit_reached above three; not_found when none is open.
        Source: Slack docs, surfaces/modals.
        """
        self._refuse_double(view)
        stack = self.stacks.get(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= PUSHED_VIEWS:
            raise SlackError("push_limit_reached")
        shown = self._new(user, view)
        shown.root_id, shown.previous_id = stack[0].id, stack[-1].id
        stack.append(shown)
        self._changes.tell("view", user=user)
        return shown

    def update(self, shown: OpenView, view: Json, expected_hash: str | None = None) -> OpenView:
        """Replace a view's content; typed values stay where the ids stay.

        Raises: SlackError hash_conflict when `expected_hash` is not the view's hash.
        Source: Slack docs, reference/methods/views.update.
        """
        if expected_hash and expected_hash != shown.hash:
            raise SlackError("hash_conflict")
        self._refuse_double(view, but=shown)
        shown.view = view
        shown.hash = self._hash()
        shown.external_id = str(view.get("external_id", ""))
        shown.values = initial_values(view["blocks"], kept=shown.values)
        shown.errors = {}
        self._changes.tell("home" if view["type"] == "home" else "view", user=shown.user)
        return shown

    def publish(self, user: str, view: Json, expected_hash: str | None = None) -> OpenView:
        """Put a view on the person's Home tab.

        Raises: SlackError hash_conflict.
        """
        shown = self.homes.get(user)
        if shown is not None:
            return self.update(shown, view, expected_hash)
        self.homes[user] = self._new(user, view)
        self._changes.tell("home", user=user)
        return self.homes[user]

    def close(self, shown: OpenView) -> None:
        """Take one modal away; the one below it shows again."""
        stack = self.stacks.get(shown.user, [])
        if shown in stack:
            stack.remove(shown)
        self._changes.tell("view", user=shown.user)

    def clear(self, user: str) -> None:
        """Take all of a person's modals away."""
        self.stacks[user] = []
        self._changes.tell("view", user=user)

    def _new(self, user: str, view: Json) -> OpenView:
        view_id = f"V{next(self.ids):08d}"
        shown = OpenView(view_id, user, view, self._hash(), view_id)
        shown.external_id = str(view.get("external_id", ""))
        shown.values = initial_values(view["blocks"])
        return shown

    def _hash(self) -> str:
        return f"{next(self.ids)}.hash"

    def _all(self) -> list[OpenView]:
        modals = [view for stack in self.stacks.values() for view in stack]
        return [*modals, *self.homes.values()]

    def _refuse_double(self, view: Json, but: OpenView | None = None) -> None:
        """Refuse an external_id that another open view bears (Slack: duplicate_external_id)."""
        wanted = view.get("external_id")
        if wanted and any(v.external_id == wanted for v in self._all() if v is not but):
            raise SlackError("duplicate_external_id")
