"""What is kept in people's own calendars and to-do lists, on a chat that has both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from pairs_world import pairs
from talking import signed
from text_chat import TextChat
from times_world import TUESDAY, WEDNESDAY, offer, talk, value
from world import Home, home, opened

from handlers.answers import Done
from handlers.ports import NotDrawnError, NotSent, Outcome, Parcel, Removed, Sent
from prompts.card import Appointment, Card, Task
