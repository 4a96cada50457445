"""Walks a scripted learner through a running Rumbo and checks every turn as she would live it."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot.db import now
from bot.guidance.tables import Answer, Commitment, PathwayChoice, Run, RunStatus
from bot.messages.tables import Message
from tests.flows.running import Running
from tests.flows.scripts import Script, questions, wrong_forms
from tests.flows.talking import BOT_SECRET, Talk, Telegram, _numbers

MOST_BUBBLES, LONGEST, MOST_TURNS = 3, 600, 90
READY = "Listo"
STILL_HERE = "Sigo aquí."
UNFILLED = re.compile(r"\{\w*\}|\[\[|\]\]|\bNone\b|, [!.]|\bde $")
MEDIA = {
    "voice": {"voice": {"file_id": "v1", "file_unique_id": "v1", "duration": 3, "mime_type": "audio/ogg"}},
    "sticker": {
        "sticker": {
            "file_id": "s1",
            "file_unique_id": "s1",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    },
}


class Walk:
    """One learner on her way. `log` is what was said; `open` are the ids that the open question may have."""

    def __init__(self, running: Running, script: Script, talk: Talk, before: Callable[[str], None] | None = None):
        self.running, self.script, self.talk, self.before = running, script, talk, before
        self.asked_by, self.wrong = questions(), wrong_forms(script.gender)
        self.log: list[str] = []
        self.turns = 0
        self.turns_to_plan = 0
        self.open: list[str] = []
        self.answered: set[str] = set()
        self.reasked: Counter[str] = Counter()

    def go(self) -> Walk:
        self._turn(lambda: self.talk.says("hola"))
        while self.open:
            assert self.turns < MOST_TURNS, self.told("no end")
            self._question()
        return self

    def _question(self) -> None:
        """Answer the question that is open, as the script says; what it does not know is tapped or skipped."""
        asked = list(self.open)
        known = next((q for q in asked if q in self.script.answers), asked[0])
        if self.before:
            self.before(known)
        steps = self.script.turns(known) or [f"> {self.talk.offered[0]}" if self.talk.offered else "saltar"]
        self.script.answers.pop(known, None)
        for step in steps:
            if isinstance(step, dict):
                self._aside(step, asked)
                continue
            self._say(str(step))
            if self.open == asked:
                self.reasked[known] += 1
                assert self.reasked[known] <= 1, self.told(f"{known} asked again and again")
        if not self.open and READY in self.talk.offered:
            self._say(f"> {READY}")
        if self.open != asked and not isinstance(steps[-1], dict):
            self.answered.update(asked)

    def _say(self, words: str) -> None:
        tap = words.removeprefix("> ")
        said = (lambda: self.talk.taps(tap)) if tap != words else (lambda: self.talk.says(words))
        self.log.append(f"- {words}")
        heard = self._turn(said)
        again = [q for q in self.open if q in self.answered]
        assert not again, self.told(f"{again} asked twice: {heard}")

    def _aside(self, step: dict[str, Any], asked: list[str]) -> None:
        """What is no answer: the question waits, and is open again at the end of it."""
        self.answered -= set(step.get("again", ()))
        self.script.answers |= step.get("then", {})
        self.log.append(f"- {step}")
        acts: dict[str, Callable[[], str]] = {"weeks": self._weeks, "link": self._link}
        does = step.get("does")
        if does in MEDIA:
            heard = self._turn(lambda: self.talk._turn(lambda: self._media(str(does))))
        elif does:
            heard = self._turn(acts[does])
        else:
            heard = self._turn(lambda: self.talk.says(step["says"]))
        assert step.get("hears", "") in heard, self.told(f"heard {heard!r}")
        if not self.open:
            go_on = "Seguir" if "Seguir" in self.talk.offered else ""
            self._turn(lambda: self.talk.taps(go_on) if go_on else self.talk.says("seguir"))
        assert self.open == asked or step.get("again") or step.get("moves"), self.told("the question got lost")

    def _turn(self, act: Callable[[], str]) -> str:
        """One turn, and everything that must be true of every turn."""
        before, of = len(self.talk.fetch()[0]), self.talk
        heard = act()
        self.turns += 1
        fresh = self.talk.read[before if of is self.talk else -1 :]
        bubbles = [sent for sent in fresh if not sent.text.startswith(STILL_HERE)]
        self.log += [f"  {sent.text} {[title for title, _ in sent.choices]}" for sent in bubbles]
        assert bubbles, self.told("no answer came")
        assert len(bubbles) <= MOST_BUBBLES, self.told(f"{len(bubbles)} bubbles")
        for sent in bubbles:
            assert len(sent.text) <= LONGEST, self.told(f"{len(sent.text)} characters")
            assert not UNFILLED.search(sent.text), self.told("a placeholder was left")
        self.open = self._question_in(bubbles[-1].text) or ([] if self.talk.offered else self._waiting())
        assert self.open or self.talk.offered, self.told("a dead end")
        self._check_gender(heard)
        if not self.turns_to_plan and self._plan():
            self.turns_to_plan = self.turns
        return heard

    def _question_in(self, text: str) -> list[str]:
        found = [asked for asked in self.asked_by if asked in text]
        return self.asked_by[max(found, key=len)] if found else []

    def _waiting(self) -> list[str]:
        """The question that is still open while something else was said: the same list as when it was asked."""
        with self.running.house.db.read() as session:
            mine = select(Run.asked).where(Run.learner_id == self.talk.learner, Run.status == RunStatus.ACTIVE)
            asked = session.scalars(mine.limit(1)).first()
        return next((ids for ids in self.asked_by.values() if asked in ids), [])

    def _check_gender(self, heard: str) -> None:
        """Once she has said how she wants to be spoken to."""
        if "genero" in self.answered:
            words = {word for word in self.wrong if re.search(rf"\b{re.escape(word)}\b", heard.casefold())}
            assert not words, self.told(f"spoken to with {words}")

    def _plan(self) -> bool:
        with self.running.house.db.read() as session:
            mine = select(Commitment.id).where(Commitment.learner_id == self.talk.learner)
            return session.scalars(mine.limit(1)).first() is not None

    def stored(self) -> tuple[list[str], list[Commitment]]:
        """The pathways she chose, in order, and what she will do."""
        with self.running.house.db.read() as session:
            mine = self.talk.learner
            chosen = select(PathwayChoice.chosen).where(PathwayChoice.learner_id == mine).order_by(PathwayChoice.id)
            return list(session.scalars(chosen)), list(
                session.scalars(select(Commitment).where(Commitment.learner_id == mine))
            )

    def _media(self, kind: str) -> None:
        """A voice note or a sticker on Telegram."""
        assert isinstance(self.talk, Telegram)
        person, chat = {"id": self.talk.id, "is_bot": False, "first_name": "X"}, {"id": self.talk.id, "type": "private"}
        message = {"message_id": next(_numbers), "date": int(time.time()), "chat": chat, "from": person} | MEDIA[kind]
        body = json.dumps({"update_id": next(_numbers), "message": message})
        headers = {"X-Telegram-Bot-Api-Secret-Token": BOT_SECRET, "Content-Type": "application/json"}
        self.running.http.post("/webhooks/telegram", content=body, headers=headers).raise_for_status()

    def _weeks(self) -> str:
        """Everything of hers is moved three weeks back; then she says hello."""
        with self.running.house.db.write() as session:
            ago = timedelta(weeks=3)
            mine = self.talk.learner
            for row in session.scalars(select(Run).where(Run.learner_id == mine)):
                row.started_at, row.changed_at = row.started_at - ago, row.changed_at - ago
            session.execute(update(Answer).where(Answer.learner_id == mine).values(at=now() - ago))
            session.execute(update(Message).where(Message.learner_id == mine).values(created_at=now() - ago))
        return self.talk.says("hola, ya regresé")

    def _link(self) -> str:
        """She goes on with the same thread on another channel."""
        self.talk.says("pausa")
        self.talk.says("menú")
        code = next(word for word in self.talk.taps("Usar otro canal").split() if word.startswith("RUMBO-"))
        other = self.running.telegram() if self.talk.channel != "telegram" else self.running.whatsapp()
        other.says("hola")
        other.says(code)
        self.talk = other
        return other.taps("Seguir")

    def told(self, what: str) -> str:
        return f"{self.script.who}: {what}\n" + "\n".join(self.log[-40:])
