"""Where a learner is in an interview, and what is asked next. Every step changes the rows and returns what to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.content.library import Bubble
from bot.content.models import Interview, Question, QuestionKind
from bot.guidance import answers, journey, wording
from bot.guidance.days import today
from bot.guidance.facts import Person
from bot.guidance.pathways import listed
from bot.guidance.records import RECORDS, Kept
from bot.guidance.tables import Answer, Run, RunStatus
from bot.messages.tables import Message

MANY_TRIES = 3
"""After so many answers that did not fit, a question may be skipped."""


class Course:
    """One learner's way through the interview that is open, if one is."""

    def __init__(self, person: Person, message_id: int) -> None:
        self.person = person
        self.message_id = message_id
        self.run = journey.open_run(person.session, person.learner.id)
        if self.run and self.run.interview not in person.content.interviews:
            self.run.status, self.run = RunStatus.DONE, None  # an editor took the whole block away

    @property
    def is_open(self) -> bool:
        return self.run is not None

    @property
    def is_running(self) -> bool:
        return self.run is not None and self.run.status is RunStatus.ACTIVE

    @property
    def interview(self) -> Interview:
        assert self.run is not None
        return self.person.content.interviews[self.run.interview]

    @property
    def run_picks(self) -> list[str]:
        return self.run.picks if self.run else []

    @property
    def question(self) -> Question | None:
        """The question that is open; None when there is none or an editor took it away."""
        if not self.is_running or self.run is None:
            return None
        return next((q for q in self.path() if q.id == self.run.asked), None)

    def path(self) -> list[Question]:
        """The questions that apply, given her answers. An answer to one that no longer applies counts for nothing."""
        given = self._given()
        known: dict[str, Any] = {"pathway": self.person.learner.pathway, "age_band": self.person.learner.age_band}
        known["state"] = self.person.learner.state
        applies = []
        for question in self.interview.questions:
            if _applies(question, known):
                applies.append(question)
                if question.id in given:
                    known[question.id] = given[question.id]
        return applies

    def _given(self) -> dict[str, Any]:
        assert self.run is not None
        rows = self.person.session.execute(select(Answer.question, Answer.value).where(Answer.run_id == self.run.id))
        return dict(rows.tuples().all())

    def text_of_message(self, message_id: int | None = None) -> str:
        """What she wrote in a message of hers; empty when it is not hers."""
        message = self.person.session.get(Message, message_id or self.message_id)
        mine = message is not None and message.learner_id == self.person.learner.id
        return self.person.sealer.unseal(message.sealed) if message and mine else ""

    def start(self, interview: Interview) -> list[Bubble]:
        """Begin a block, or take it up where she left it; one that was going on is kept for later."""
        if self.is_running:
            self.pause()
        if left := journey.paused(self.person.session, self.person.learner.id, interview.id):
            self.run = left
            return self.resume()
        at = self.person.at
        self.run = Run(
            learner_id=self.person.learner.id,
            interview=interview.id,
            status=RunStatus.ACTIVE,
            tries=0,
            picks=[],
            started_at=at,
            changed_at=at,
        )
        self.person.session.add(self.run)
        self.person.session.flush()
        intro = [Bubble(self.person.fill(text), content_id=interview.id) for text in interview.intro]
        minutes = max(
            journey.minutes_left(self.person.session, self.person.content, self.person.learner.id), interview.minutes
        )
        begin = self.person.say("block_start", title=interview.title, minutes=interview.minutes, minutes_left=minutes)
        return [*intro, *begin, *self.ask()]

    def resume(self) -> list[Bubble]:
        assert self.run is not None
        self.run.status = RunStatus.ACTIVE
        return self.ask(lead="resumed")

    def pause(self) -> None:
        if self.run:
            self.run.status, self.run.changed_at = RunStatus.PAUSED, self.person.at

    def ask(self, lead: str = "", lead_text: str = "", mine: bool = False, skip: bool = False) -> list[Bubble]:
        """The open question, or the next one, or the end. `lead` names a message said first, `lead_text` is one."""
        assert self.run is not None
        said = self.person.say(lead) if lead else [Bubble(self.person.fill(lead_text))] if lead_text else []
        given, path = self._given(), self.path()
        question = next((q for q in path if q.id == self.run.asked), None)
        question = question or next((q for q in path if q.id not in given), None)
        if question is None:
            return [*said, *self._finish()]
        self.run.asked = question.id
        taps = wording.buttons(self.person.content, question, self.run)
        ways_out = wording.ways_out(
            self.person.content, question, self.message_id if mine else None, skip or self._tired(question)
        )
        texts = [self.person.fill(text) for text in question.text]
        content_id = f"{self.run.interview}.{question.id}"
        bubbles = [Bubble(text, content_id=content_id) for text in texts]
        return [*said, *bubbles[:-1], Bubble(texts[-1], (*taps, *ways_out)[:10], content_id)]

    def _tired(self, question: Question) -> bool:
        assert self.run is not None
        return self.run.tries >= 2 and self.may_skip(question)

    def may_skip(self, question: Question) -> bool:
        """Consent is the one thing that cannot be left open."""
        tried = self.run is not None and self.run.tries >= MANY_TRIES
        return question.skippable or (tried and question.saves != "consent")

    def tried(self) -> None:
        """One more time that the open question was not answered."""
        if self.run:
            self.run.tries += 1

    def misread(self, question: Question) -> list[Bubble]:
        """An answer that does not fit: explained once, then offered as choices, then free to skip."""
        assert self.run is not None
        self.run.tries += 1
        return self.ask(lead_text=question.hint if self.run.tries == 1 else "")

    def pick(self, question: Question, value: list[str]) -> list[Bubble]:
        """One more tick in a question with many answers."""
        assert self.run is not None
        self.run.picks = [*self.run.picks, *(v for v in value if v not in self.run.picks)]
        if len(self.run.picks) == len(question.options):
            return self.record(question, list(self.run.picks), "")
        return wording.picked(self.person.content, question, self.run)

    def record(self, question: Question, value: Any, words: str) -> list[Bubble]:
        """Keep an answer and what it is kept as, then go on."""
        assert self.run is not None
        if question.kind is QuestionKind.MULTI and value:
            value = wording.together(question, [*self.run.picks, *value])
        again = self._save(question, value, wording.in_words(question, value, words, self.person.content))
        self.run.tries, self.run.picks, self.run.changed_at = 0, [], self.person.at
        if again:
            return self.ask()
        self.run.asked = None
        return self._ended(question, value) or self.ask()

    def _ended(self, question: Question, value: Any) -> list[Bubble]:
        """The last words, when this answer ends the block; else nothing."""
        assert self.run is not None
        ends = next((o.ends for o in question.options if o.id == value and o.ends), "")
        if not ends:
            return []
        self.run.status, self.run.asked = RunStatus.DONE, None
        return [Bubble(self.person.fill(ends), content_id=f"{self.run.interview}.{question.id}")]

    def _save(self, question: Question, value: Any, words: str) -> bool:
        assert self.run is not None
        free = question.kind is QuestionKind.TEXT and value is not None
        self.person.session.merge(
            Answer(
                run_id=self.run.id,
                question=question.id,
                learner_id=self.person.learner.id,
                wave="start",
                value=None if free else value,
                words=self.person.sealer.seal(words) if free else None,
                message_id=self.message_id,
                at=self.person.at,
            )
        )
        self.person.session.flush()
        self.person.changed()
        again = False
        if question.saves and value is not None:
            again = RECORDS[question.saves](self.person, Kept(question, value, words, self.message_id))
            self.person.changed()
        return again

    def change(self, asked: str, value: str) -> list[Bubble]:
        """A button further up in the chat: that answer changes, the open question stays."""
        question = {q.id: q for q in self.interview.questions}.get(asked)
        if question and question.kind is not QuestionKind.MULTI and asked in self._given():
            parsed = answers.parse(question, value, today(self.person.at), self.person.content.states)
            if parsed is not None:
                self._save(question, parsed, wording.in_words(question, parsed, value, self.person.content))
                return self._ended(question, parsed) or self.ask(lead="changed")
        return self.ask()

    def back(self, question: Question) -> list[Bubble]:
        """One question back, to be answered anew."""
        assert self.run is not None
        path = [q.id for q in self.path()]
        place = path.index(question.id)
        self.run.asked, self.run.tries, self.run.picks = path[max(place - 1, 0)], 0, []
        return self.ask(lead="went_back" if place else "at_first")

    def switch(self, question: Question, interview: Interview) -> Bubble:
        """Free words that sound like another block: asked, never assumed."""
        content = self.person.content
        yes = (content.words("button_yes_switch"), journey.start(interview.id))
        no = (content.words("button_no_switch"), wording.mine(question, self.message_id))
        return Bubble(content.words("switch", title=interview.title), (yes, no), "switch")

    def _finish(self) -> list[Bubble]:
        """The block is done; the next one begins at once, so that nobody has to ask for it."""
        assert self.run is not None
        interview = self.interview
        self.run.status, self.run.asked, self.run.changed_at = RunStatus.DONE, None, self.person.at
        self.person.session.flush()
        said = [Bubble(self.person.fill(text), content_id=interview.id) for text in interview.end]
        done = journey.finished(self.person.session, self.person.learner.id)
        following = self.person.content.interviews.get(interview.then or "")
        if following and following.id not in done:
            return [*said, *self.start(following)]
        buttons = wording.closing(self.person.content)
        return [*said[:-1], Bubble(said[-1].text, buttons, said[-1].content_id)]


def _applies(question: Question, known: Mapping[str, Any]) -> bool:
    return all(set(listed(known.get(key))) & set(values) for key, values in question.ask_if.items())
