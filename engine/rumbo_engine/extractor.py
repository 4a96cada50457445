"""What is named in a message, as a component of Rasa's pipeline: `entities.py` does the work."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_CONFIDENCE,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rumbo_engine.entities import find
from rumbo_engine.lookups import Lookups, of_entities
from rumbo_engine.spans import Span


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpanishEntityExtractor(GraphComponent):
    """config.yml: `pipeline: [{name: rumbo_engine.extractor.SpanishEntityExtractor}, …]`.

    Learns the lookup tables whose names have a colon ("state:JAL"): kind and value of what their phrases name.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource, lookups: Lookups | None = None) -> None:
        self._storage = model_storage
        self._resource = resource
        self._lookups = lookups

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpanishEntityExtractor:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpanishEntityExtractor:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Lookups.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        tables = {table["name"]: table["elements"] for table in training_data.lookup_tables}
        sentences = [example.get(TEXT) for example in training_data.intent_examples if example.get(TEXT)]
        self._lookups = of_entities(tables, sentences)
        with self._storage.write_to(self._resource) as folder:
            self._lookups.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if self._lookups and not text.startswith("/"):  # what a payload carries is read by Rasa itself
                found = [_entity(span) for span in find(text, self._lookups)]
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _entity(span: Span) -> dict[str, Any]:
    start, end, kind, value = span
    return {
        ENTITY_ATTRIBUTE_START: start,
        ENTITY_ATTRIBUTE_END: end,
        ENTITY_ATTRIBUTE_TYPE: kind,
        ENTITY_ATTRIBUTE_VALUE: value,
        ENTITY_ATTRIBUTE_CONFIDENCE: 1.0,
        EXTRACTOR: SpanishEntityExtractor.__name__,
    }
