"""A stopwatch on functions: CPU of the thread, each moment counted for the innermost step only.

A coroutine is timed from one wait to the next, so that what other coroutines do meanwhile is not counted for it. Runs
in both Pythons (3.10 and 3.11) and imports nothing of theirs.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
import threading
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Namer = Callable[..., str]


class Watch:
    """`steps[name]` = [calls, CPU seconds, of them in a database driver, statements]."""

    def __init__(self) -> None:
        self.steps: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
        self.missing: list[str] = []
        self.statements: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        """By text of an SQL statement: how often, and seconds of clock time."""
        self._local = threading.local()

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """One uninterrupted stretch of a step; an outer step's clock stands still meanwhile."""
        stack = self._local.__dict__.setdefault("stack", [])
        begin = time.thread_time()
        if stack:
            self.steps[stack[-1][0]][1] += begin - stack[-1][1]
        stack.append([name, begin])
        try:
            yield
        finally:
            end, (_, since) = time.thread_time(), stack.pop()
            self.steps[name][1] += end - since
            if stack:
                stack[-1][1] = end

    def on(self, place: str, name: str | Namer) -> None:
        """Watch `module:Class.method` or `module:function`; what is not there (any more) goes into `missing`."""
        module, _, path = place.partition(":")
        try:
            holder: Any = importlib.import_module(module)
            *owners, last = path.split(".")
            for owner in owners:
                holder = getattr(holder, owner)
            function = inspect.getattr_static(holder, last)
        except (ImportError, AttributeError):
            self.missing.append(place)
            return
        watched = self._watched(function, name)
        setattr(holder, last, watched)
        if not owners:
            _replace_where_imported(function, watched)

    def _watched(self, function: Any, name: str | Namer) -> Any:
        def called(*args: Any) -> str:
            found = name if isinstance(name, str) else name(*args)
            self.steps[found][0] += 1
            return found

        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def wait(*args: Any, **kwargs: Any) -> Any:
                return await self._stretches(function(*args, **kwargs), called(*args))

            return wait

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            with self.within(called(*args)):
                return function(*args, **kwargs)

        return call

    @types.coroutine
    def _stretches(self, work: Any, name: str) -> Iterator[Any]:
        send, value = work.send, None
        while True:
            try:
                with self.within(name):
                    waits_for = send(value)
            except StopIteration as end:
                return end.value
            try:
                send, value = work.send, (yield waits_for)
            except BaseException as thrown:  # a cancelled task, say: it goes on to the work
                send, value = work.throw, thrown

    def database(self, place: str) -> None:
        """A driver's function: its CPU stays with the step that calls it and is noted there besides."""
        module, _, path = place.partition(":")
        owner, last = path.split(".")
        holder = getattr(importlib.import_module(module), owner)
        function = getattr(holder, last)

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            begin, clock = time.thread_time(), time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                if said := next((a for a in args if isinstance(a, str)), None):
                    self.statements[said][0] += 1
                    self.statements[said][1] += time.perf_counter() - clock
                stack = self._local.__dict__.get("stack")
                step = self.steps[stack[-1][0] if stack else "outside"]
                step[2] += time.thread_time() - begin
                step[3] += 1

        setattr(holder, last, call)


def _replace_where_imported(function: Any, watched: Any) -> None:
    """`from module import function` made other names for it."""
    for module in list(sys.modules.values()):
        for name, value in list(getattr(module, "__dict__", {}).items()):
            if value is function:
                setattr(module, name, watched)
