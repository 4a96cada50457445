"""`rumbo content check` for what is said around lessons, tips and a shared place: the messages code needs."""

from __future__ import annotations

from typing import get_args

from bot.content.lessons import Subject

SAID = frozenset(
    (
        "button_lesson_begin button_lesson_next button_lesson_on button_lesson_pause button_lesson_resume "
        "button_lesson_skip button_my_lessons greet_lesson lesson_all_done lesson_begun lesson_done lesson_gone "
        "lesson_line lesson_line_done lesson_line_open lesson_module lesson_module_words lesson_next lesson_paused "
        "lesson_skipped lesson_source lesson_tap lesson_then lesson_title lesson_topic lesson_topic_line lesson_try "
        "lessons button_tip_done button_tip_other tip_ask tip_done tip_left tip_none_left tip_not_yet tip_taken "
        "tip_taken_quiet tip_try button_here_no button_here_yes here_ask here_kept here_not"
    ).split()
) | {f"topic_{subject}" for subject in get_args(Subject)}
"""Messages that the pages of lessons, tips and places say (a test keeps this list whole)."""
