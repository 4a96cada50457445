"""Where a learner is in an interview, and what is asked next. Every step changes the rows and returns what to say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.content.library import Bubble
from bot.content.models import KNOWN_BEFOREHAND, Interview, Question, QuestionKind
from bot.guidance import answers, asking, counting, ending, journey, keeping, telling, way, wording
from bot.guidance.days import today
from bot.guidance.facts import Person
from bot.guidance.kept import Kept
from bot.guidance.tables import Answer, Run, RunStatus
from bot.guidance.vague import is_vague
from bot.messages.tables import Message

TICKED = (QuestionKind.MULTI, QuestionKind.BEST_WORST)
"""One tap is not yet an answer to these."""
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
        person.run = self.run

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
        """The questions that apply, given her answers."""
        assert self.run is not None
        known = {name: getattr(self.person.learner, name) for name in KNOWN_BEFOREHAND - counting.KNOWN - {"wave"}}
        given = self._given()
        asked = self.run.asked if self.run.mending else None
        known |= {"wave": self.run.wave} | counting.known(self.person, self.interview, asked)
        return way.path(self.interview, given, known, asking.left_out(self.person, self.interview, given))

    def _given(self) -> dict[str, Any]:
        assert self.run is not None
        mine = self.person.session.scalars(select(Answer).where(Answer.run_id == self.run.id))
        return {a.question: way.OWN if a.words else a.value for a in mine}

    def text_of_message(self, message_id: int | None = None) -> str:
        """What she wrote in a message of hers; empty when it is not hers."""
        message = self.person.session.get(Message, message_id or self.message_id)
        mine = message is not None and message.learner_id == self.person.learner.id
        return self.person.sealer.unseal(message.sealed) if message and mine else ""

    def start(self, interview: Interview, about: int | None = None) -> list[Bubble]:
        """Begin a block, or take it up where she left it; one that was going on is kept for later."""
        if self.is_running:
            self.pause()
        left = journey.paused(self.person.session, self.person.learner.id, interview.id)
        if left and about in (None, left.about):
            self._take(left)
            return self.resume()
        self._take(journey.begin(self.person.session, self.person.learner.id, interview, about, self.person.at))
        if not self.path():
            return self.ask()  # everything was told before
        intro = [Bubble(self.person.fill(text), content_id=interview.id) for text in interview.intro]
        return [*intro, *self._begin(interview), *self.ask()]

    def _take(self, run: Run) -> None:
        self.run = self.person.run = run

    def _begin(self, interview: Interview) -> list[Bubble]:
        """How long it takes, unless it is over in a moment."""
        if interview.about_one:
            return []
        total = journey.minutes_left(self.person.session, self.person.content, self.person.learner.id)
        left = max(total, interview.minutes)
        return self.person.say("block_start", title=interview.title, minutes=interview.minutes, minutes_left=left)

    def resume(self) -> list[Bubble]:
        assert self.run is not None
        self.run.status = RunStatus.ACTIVE
        return self.ask(lead="resumed")

    def mend(self, question: str) -> list[Bubble]:
        """Ask one question of a block that is done once more; its answer takes the place of the one of then."""
        found = journey.latest_with(self.person.session, self.person.learner.id, question)
        if found is None or found.interview not in self.person.content.interviews:
            return self.person.say("nothing_open")
        if self.is_running:
            self.pause()
        self._take(found)
        found.status, found.mending, found.asked, found.tries, found.picks = RunStatus.ACTIVE, True, question, 0, []
        return self.ask()

    def pause(self) -> None:
        if self.run:
            self.run.status, self.run.changed_at = RunStatus.PAUSED, self.person.at

    def ask(self, lead: str = "", lead_text: str = "", mine: bool = False, skip: bool = False) -> list[Bubble]:
        """The open question, or the next one, or the end. `lead` names a message said first, `lead_text` is one."""
        assert self.run is not None
        said = self._lead(lead) if lead else [Bubble(self.person.fill(lead_text))] if lead_text else []
        given, path = self._given(), self.path()
        question = next((q for q in path if q.id == self.run.asked), None)
        fresh = question is None
        question = question or next((q for q in path if q.id not in given), None)
        if question is None:
            return [*said, *self._finish()]
        self.run.asked = question.id
        if fresh and way.section_begins(path, question):
            said += self._lead(lead="section", title=question.section)
        skips = skip or self._tired(question)
        ways_out = wording.ways_out(self.person.content, question, self.message_id if mine else None, skips)
        return [*said, *wording.bubbles(self.person, question, self.run, ways_out)]

    def _lead(self, lead: str, **more: object) -> list[Bubble]:
        return self.person.say(lead, minutes_left=way.minutes(self.interview, self._given()), **more)

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
        """One more tick in a question with many answers, or the first of best and worst."""
        assert self.run is not None
        self.run.picks = [*self.run.picks, *(v for v in value if v not in self.run.picks)]
        best = question.kind is QuestionKind.BEST_WORST
        if len(self.run.picks) == (answers.BEST_AND_WORST if best else len(question.options)):
            return self.record(question, list(self.run.picks), "")
        return (wording.least if best else wording.picked)(self.person.content, question, self.run)

    def record(self, question: Question, value: Any, words: str) -> list[Bubble]:
        """Keep an answer and what it is kept as, then go on. A vague one is helped once to become concrete."""
        assert self.run is not None
        if question.concrete and question.id not in self.run.helped and is_vague(question, value):
            self.run.helped = [*self.run.helped, question.id]
            return self.ask(lead_text=question.concrete)
        if question.kind is QuestionKind.MULTI and value:
            value = wording.together(question, [*self.run.picks, *value])
        again = keeping.keep(self.person, self.run, question, value, words, self.message_id)
        self.run.tries, self.run.picks, self.run.changed_at = 0, [], self.person.at
        if again:
            return self.ask()
        self.run.asked = None
        told = telling.tell(self.person, Kept(question, value, words, self.message_id, words))
        return [*told, *(self._ended(question, value) or self.ask())]

    def _ended(self, question: Question, value: Any) -> list[Bubble]:
        """The last words, or another block, when this answer ends the block; else nothing."""
        assert self.run is not None
        chosen = next((o for o in question.options if o.id == value and (o.ends or o.then)), None)
        if chosen is None:
            return []
        self.run.status, self.run.asked = RunStatus.DONE, None
        keeping.close(self.person, self.run)
        if chosen.then in self.person.content.interviews:
            return self.start(self.person.content.interviews[chosen.then])
        buttons = wording.after(self.person, self.run.interview)
        return [Bubble(self.person.fill(chosen.ends), buttons, f"{self.run.interview}.{question.id}")]

    def change(self, asked: str, value: str) -> list[Bubble]:
        """A button further up in the chat: that answer changes, the open question stays."""
        assert self.run is not None
        question = {q.id: q for q in self.interview.questions}.get(asked)
        if question and question.kind not in TICKED and asked in self._given():
            parsed = answers.parse(question, value, today(self.person.at), self.person.content.states)
            if parsed is not None:
                keeping.keep(self.person, self.run, question, parsed, value, self.message_id)
                return self._ended(question, parsed) or self.ask(lead="changed")
        return self.ask()

    def back(self, question: Question) -> list[Bubble]:
        """One question back, to be answered anew."""
        assert self.run is not None
        path = [q.id for q in self.path()]
        place = path.index(question.id)
        self.run.asked, self.run.tries, self.run.picks = path[max(place - 1, 0)], 0, []
        return self.ask(lead="went_back" if place else "at_first")

    def switch(self, question: Question, title: str, payload: str) -> Bubble:
        """Free words that sound like another block or a page: asked, never assumed."""
        content = self.person.content
        yes = (content.words("button_yes_switch"), payload)
        no = (content.words("button_no_switch"), wording.mine(question, self.message_id))
        return Bubble(content.words("switch", title=title), (yes, no), "switch")

    def _finish(self) -> list[Bubble]:
        """The block is done; the next one begins at once, so that nobody has to ask for it."""
        assert self.run is not None
        interview, run = self.interview, self.run
        run.status, run.asked, run.changed_at = RunStatus.DONE, None, self.person.at
        self.person.session.flush()
        if run.mending:
            run.mending = False
            return ending.mended(self.person, interview, self.message_id)
        keeping.close(self.person, run)
        said = ending.last_words(self.person, interview, self.message_id)
        done = journey.finished(self.person.session, self.person.learner.id)
        following = self.person.content.interviews.get(interview.then or "")
        if following and following.id not in done:
            return [*said, *self.start(following)]
        buttons = said[-1].buttons or wording.after(self.person, interview.id)
        return [*said[:-1], replace(said[-1], buttons=buttons)]
