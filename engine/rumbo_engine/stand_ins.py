"""Stand-ins for packages that Rasa imports but this engine never uses.

Rasa imports TensorFlow, cloud and messenger libraries at start even when no configured component needs them:
2.3 GB on disk, and seconds at every start. One import finder answers for those that are not installed. What it
hands out can be subclassed, decorated with and named in annotations, which is all an import does; using it
raises `NotInstalled`, which names the package. Whatever is installed is not touched (`make engine-full`), but for
scikit-learn while a model is run that does not use it.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Sequence

import yaml

# Only these may be stood in for. What is missing and not here fails as any import fails.
PACKAGES = (
    "aio_pika",
    "aiogram",
    "aiormq",
    "boto3",
    "botocore",
    "fbmessenger",
    "google.auth",
    "google.oauth2",
    "keras",
    "mattermostwrapper",
    "matplotlib",
    "pymongo",
    "rocketchat_API",
    "slack_sdk",
    "structlog_sentry",
    "tensorflow",
    "tensorflow_hub",
    "tensorflow_text",
    "twilio",
    "webexteamssdk",
)
NOT_TO_RUN = ("sklearn",)
"""Installed, because Rasa's own classifiers train with it; 33 MB and most of a second when it is only imported."""
OURS = "rumbo_engine."
_EXCEPTION_ENDINGS = ("Error", "Exception", "Failure")


class NotInstalled(ImportError):
    """Something really used a package that this engine leaves out."""


def _refuse(name: str) -> NotInstalled:
    package = name.partition(".")[0]
    return NotInstalled(
        f"'{name}' was used, but the package '{package}' is not installed in this lean engine. "
        f"Leave out the component that needs it, or install the full engine (make engine-full)."
    )


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


class _Decorator:
    """What a stand-in called with settings gives: it may decorate, and nothing else."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return args[0]
        raise _refuse(self._name)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name) if _is_dunder(name) else _refuse(self._name)


class _Absent(type):
    """The class of stand-in classes: harmless to import, subclass and annotate with, loud when used."""

    absent_name = "?"

    def __getattr__(cls, name: str) -> Any:
        if _is_dunder(name):
            raise AttributeError(name)
        return _absent(f"{cls.absent_name}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.__dict__.get("is_absent") and not kwargs and len(args) == 1 and callable(args[0]):
            return args[0]  # used as a decorator
        if cls.__dict__.get("is_absent") and not args:
            return _Decorator(cls.absent_name)  # @tf.function(reduce_retracing=True)
        raise _refuse(cls.absent_name)

    def __getitem__(cls, item: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:
        return cls

    __ror__ = __or__


def _absent(name: str) -> type:
    """A stand-in class; exceptions stay exceptions, because `except` clauses name them."""
    short = name.rpartition(".")[2]
    if short.endswith(_EXCEPTION_ENDINGS):
        return type(short, (Exception,), {"__module__": name})
    return _Absent(short, (), {"absent_name": name, "is_absent": True})


class _AbsentModule(ModuleType):
    __path__: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        if _is_dunder(name):
            raise AttributeError(name)
        value = _absent(f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds nothing but the packages it was made for, and everything below them."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.packages = tuple(packages)

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if any(fullname == package or fullname.startswith(f"{package}.") for package in self.packages):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: attributes are made when asked for."""


def _is_installed(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:  # the parent of a dotted name is missing
        return False


def install() -> StandInFinder:
    """Stand in for those of PACKAGES that are not installed; calling it twice changes nothing."""
    for finder in sys.meta_path:
        if isinstance(finder, StandInFinder):
            return finder
    finder = StandInFinder([package for package in PACKAGES if not _is_installed(package)])
    sys.meta_path.append(finder)
    return finder


def leave_out(command: str, config: Path = Path("config.yml")) -> bool:
    """To "run" a model made of nothing but our own components, stand in for NOT_TO_RUN as well. True when it did."""
    wanted = command == "run" and is_all_ours(config)
    if wanted:
        sys.meta_path.insert(0, StandInFinder(NOT_TO_RUN))  # first: what is installed would be found before it
    return wanted


def is_all_ours(config: Path) -> bool:
    """Whether every component and policy is one of this package. A file that is not there may name any."""
    if not config.exists():
        return False
    told = yaml.safe_load(config.read_text(encoding="utf-8"))
    parts = [*(told.get("pipeline") or ()), *(told.get("policies") or ())]
    return bool(parts) and all(part["name"].startswith(OURS) for part in parts)
