"""The Spanish intent classifier as a component of Rasa's pipeline: `model.py` does the work."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rumbo_engine.lookups import Lookups
from rumbo_engine.model import IntentModel, learn


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SpanishIntentClassifier(GraphComponent):
    """config.yml: `pipeline: [{name: rumbo_engine.classifier.SpanishIntentClassifier}]`, alone.

    Falls back to `nlu_fallback` when the likeliest intent is under `threshold` or less than `ambiguity` ahead
    of the next; the ranking behind it keeps the real ones, from which the bot can offer "did you mean".
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.3, "ambiguity": 0.05, "ranking": 5, "strength": 1.0}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpanishIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpanishIntentClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        texts, intents = [e.get(TEXT) for e in examples], [e.get(INTENT) for e in examples]
        self._model = learn(texts, intents, lexicon(training_data.lookup_tables), self._config["strength"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith("/"):  # "/intent" is read by Rasa itself, at the end of its pipeline
                self._classify(message, text)
        return messages

    def _classify(self, message: Message, text: str) -> None:
        found = self._model.rank(text, self._config["ranking"]) if self._model else []
        ranking = [_entry(name, chance) for name, chance in found]
        if self._is_unsure([chance for _, chance in found]):
            ranking.insert(0, _entry(DEFAULT_NLU_FALLBACK_INTENT_NAME, self._config["threshold"]))
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)

    def _is_unsure(self, chances: list[float]) -> bool:
        if not chances or chances[0] < self._config["threshold"]:
            return True
        return len(chances) > 1 and chances[0] - chances[1] < self._config["ambiguity"]


def lexicon(tables: list[dict[str, Any]]) -> Lookups:
    """The groups of words that mean the same: the tables without a colon in their name; the others are entities."""
    return Lookups({table["name"]: table["elements"] for table in tables if ":" not in table["name"]})


def _entry(name: str, chance: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: round(chance, 4)}
