"""One message within one interview: whether it answers, asks for something, or goes elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.content.library import Bubble, Content
from bot.content.models import Interview, Question, QuestionKind
from bot.guidance import answers, journey, scams, starting, wishes
from bot.guidance.course import TICKED, Course
from bot.guidance.days import today
from bot.guidance.pages.here import lives_there
from bot.guidance.pages.learning import half_way
from bot.guidance.pages.registry import TOPICS, show

LEAVING = frozenset({"menu", "opt_out", "delete_my_data", "restart", "goodbye", "link_channel"})
"""These end the block for now; it is kept and offered again."""


BROWSED = frozenset({"see", *TOPICS})
"""These lead to pages with buttons of their own: the block waits until she has looked, but for a question with looks of
its own, which returns under each page."""


class Verdict(StrEnum):
    """What a message was to the interview, and so what Rasa does next."""

    ASK = "ask"
    """It goes on: the next question is among the replies."""
    DONE = "done"
    """It is over, or paused."""
    PASS = "pass"  # noqa: S105 -- a verdict
    """Another topic answers first; then the question returns."""
    LEAVE = "leave"
    """It is left, and another topic answers."""


@dataclass(frozen=True)
class Said:
    """One message. `tapped`: a choice of ours, never doubted. `opening`: a rule started the interview with it."""

    text: str
    intent: str = ""
    confidence: float = 0.0
    values: dict[str, Any] = field(default_factory=dict)
    tapped: bool = False
    opening: bool = False


@dataclass
class Outcome:
    verdict: Verdict
    replies: list[Bubble] = field(default_factory=list)


@dataclass
class Conversation:
    """One message within one interview: whether it answers, asks for something, or goes elsewhere."""

    course: Course

    @property
    def content(self) -> Content:
        return self.course.person.content

    def hear(self, said: Said) -> Outcome:
        course = self.course
        question = course.question
        if said.intent == "answer" and said.tapped and question is None and course.is_open:
            course.resume()  # a button under a question she had left takes her back to it
            question = course.question
        value = self.value_of(question, said.text) if question else None
        certain = said.opening or said.tapped
        wish = said.intent if certain or (question and self.is_request(question, said, value)) else ""
        if wish == "answer" and question:
            return self._tapped(question, said.values)
        if wish:
            return self._request(wish, question, said)
        if not question:
            return self._without_question()
        if value is None:
            return self._ask(course.misread(question))
        return self._take(question, value, said.text)

    def again(self) -> Outcome:
        question = self.course.question
        if not self.course.is_running or question is None:
            return Outcome(Verdict.DONE)
        mine = question.kind is QuestionKind.TEXT and self.value_of(question, self.course.text_of_message())
        return self._ask(self.course.ask(mine=bool(mine)))

    def value_of(self, question: Question, text: str) -> Any:
        return answers.parse(question, text, today(self.course.person.at), self.content.states)

    def is_request(self, question: Question, said: Said, value: Any) -> bool:
        """Did she ask for something instead of answering? What is nothing but an answer never is a request."""
        if answers.is_exact(question, said.text, self.content.states):
            return False
        return wishes.is_request(question, said.text, said.intent, said.confidence, value)

    def _request(self, wish: str, question: Question | None, said: Said) -> Outcome:
        if wish == "resume":
            return self._resume()
        if question and (there := lives_there(question, said.values, self.content)):
            return self._ask(self.course.record(question, *there))
        if wish == "start_interview" and said.values.get("q"):
            return self._ask(self.course.mend(str(said.values["q"])))
        if wish == "start_interview":
            return self._start(str(said.values.get("interview")), question, said)
        if found := self._started_by(wish):
            return self._start(found.id, question, said)
        if question is None:
            return Outcome(Verdict.LEAVE)
        if handler := OWN.get(wish):
            return handler(self, question)
        passes = self.course.interview.passes
        closed = bool(passes) and wish not in passes
        browses = wish in BROWSED and not closed and not question.looks
        if browses and question.kind is QuestionKind.TEXT and not said.tapped:
            return Outcome(Verdict.ASK, [self.course.switch(question, self.content.intents[wish], f"/{wish}")])
        if wish in LEAVING or browses:
            self.course.pause()
            return Outcome(Verdict.LEAVE)
        return self._ask(self.course.ask(lead="needed")) if closed else Outcome(Verdict.PASS)

    def _started_by(self, wish: str) -> Interview | None:
        """The block a wish starts: of several, the first on her way that she has not been through."""
        person = self.course.person
        found = [
            self.content.interviews[b] for b in journey.blocks(self.content) if wish in self.content.interviews[b].start
        ]
        found += [i for i in self.content.interviews.values() if wish in i.start and i not in found]
        done = journey.finished(person.session, person.learner.id)
        return next((i for i in found if i.id not in done), found[-1] if found else None)

    def _start(self, wanted: str, question: Question | None, said: Said) -> Outcome:
        interview = self.content.interviews.get(wanted)
        if interview is None:
            titles = ((i.title[:24], journey.start(i.id)) for i in self.content.interviews.values())
            return Outcome(Verdict.DONE, [Bubble(self.content.words("choose_interview"), tuple(titles))])
        gated = question and self.course.interview.passes
        if gated and wanted != journey.FIRST:
            return self._ask(self.course.ask(lead="needed"))
        asked = question if question and (question.kind is QuestionKind.TEXT or interview.page) else None
        if asked and not (said.tapped or said.opening):
            return Outcome(Verdict.ASK, [self.course.switch(asked, interview.title, journey.start(interview.id))])
        person = self.course.person
        if said.intent != "start_interview" and starting.has_result(person, interview):
            self.course.pause()
            return Outcome(Verdict.DONE, show(person, interview.page, "", self.course.message_id))
        about, _, answer = str(said.values.get("v") or "").partition(":")
        which, refusal = starting.which(person, interview.id, about)
        if refusal:
            return Outcome(Verdict.DONE, refusal)
        replies = self.course.start(starting.followed(person, interview, which), which)
        return self._hear_at_once(answer or (said.text if interview.hears else ""), replies)

    def _hear_at_once(self, words: str, replies: list[Bubble]) -> Outcome:
        """The tap or the words that started a block may answer its first question."""
        question = self.course.question
        if not words or words.startswith("/") or question is None or question.id != self.course.path()[0].id:
            return self._ask(replies)
        if question.verbatim:
            return (
                self._take(question, words, words) if scams.is_told(self.course.person, words) else self._ask(replies)
            )
        option = answers.option_in(question.options, words)
        return self._take(question, option.id, words) if option else self._ask(replies)

    def _resume(self) -> Outcome:
        if self.course.is_open:
            return self._ask(self.course.resume())
        upcoming = journey.upcoming(self.course.person.session, self.content, self.course.person.learner.id)
        if upcoming:
            return self._ask(self.course.start(self.content.interviews[upcoming[0]]))
        person = self.course.person
        return Outcome(Verdict.DONE, half_way(person) or person.say("nothing_open"))

    def _without_question(self) -> Outcome:
        """Nothing is open, or an editor took the open question away: then the next one is asked."""
        return self._ask(self.course.ask()) if self.course.is_running else Outcome(Verdict.LEAVE)

    def _ask(self, replies: list[Bubble]) -> Outcome:
        """The course says by its state whether the interview goes on."""
        return Outcome(Verdict.ASK if self.course.is_running else Verdict.DONE, replies)

    def _take(self, question: Question, value: Any, words: str) -> Outcome:
        if question.kind in TICKED and not answers.is_whole(question, value):
            return self._ask(self.course.pick(question, value))
        return self._ask(self.course.record(question, value, words))

    def _tapped(self, question: Question, values: dict[str, Any]) -> Outcome:
        """A button under a question: of this one, or of an earlier one further up in the chat."""
        asked, value = values.get("q"), values.get("v")
        if values.get("m"):
            value = self.course.text_of_message(int(values["m"]))  # "that was my answer": her words of then
        if asked not in (None, question.id):
            return self._ask(self.course.change(str(asked), str(value)))
        if question.kind is QuestionKind.MULTI and value == DONE:
            return self._ask(self.course.record(question, list(self.course.run_picks), ""))
        parsed = self.value_of(question, str(value))
        return self._ask(self.course.ask()) if parsed is None else self._take(question, parsed, str(value))

    def _why(self, question: Question) -> Outcome:
        return self._ask(self.course.ask(lead_text=question.why))

    def _explain(self, question: Question) -> Outcome:
        self.course.tried()
        return self._ask(self.course.ask(lead_text=question.hint, skip=question.skippable))

    def _repeat(self, question: Question) -> Outcome:
        return self._ask(self.course.ask())

    def _back(self, question: Question) -> Outcome:
        return self._ask(self.course.back(question))

    def _skip(self, question: Question) -> Outcome:
        if self.course.may_skip(question):
            return self._ask(self.course.record(question, None, ""))
        self.course.tried()
        return self._ask(self.course.ask(lead="needed"))

    def _pause(self, question: Question) -> Outcome:
        self.course.pause()
        return Outcome(Verdict.DONE, self.course.person.say("paused"))


DONE = "_done"
"""The value of "Listo" under a question with many answers."""

OWN = {
    "ask_why": Conversation._why,
    "dont_know": Conversation._explain,
    "dont_understand": Conversation._explain,
    "repeat": Conversation._repeat,
    "go_back": Conversation._back,
    "skip_question": Conversation._skip,
    "pause": Conversation._pause,
}
"""Requests the interview serves itself."""
