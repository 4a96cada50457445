"""The extractor as a component: learns the tables of training data, comes back from disk, leaves payloads alone."""

import functools
import tempfile
import time
from pathlib import Path

from bench.entities import lookups
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rumbo_engine.extractor import SpanishEntityExtractor

TABLES = [
    {"name": "state:JAL", "elements": ["jalisco"]},
    {"name": "need:childcare", "elements": ["guarderia"]},
    {"name": "cuidar", "elements": ["cuidar", "jalisco"]},
]


@functools.cache
def data():
    return TrainingData([Message({"text": "hola", "intent": "greet"})], lookup_tables=TABLES)


def heard(extractor, text, **more):
    message = Message({"text": text, **more})
    extractor.process([message])
    return message


def check_extractor_trains_and_loads_through_rasa_storage():
    with tempfile.TemporaryDirectory() as folder:
        storage, resource = LocalModelStorage(Path(folder)), Resource("extractor")
        trained = SpanishEntityExtractor.create({}, storage, resource, None)
        trained.train(data())
        loaded = SpanishEntityExtractor.load({}, storage, resource, None)
        for extractor in (trained, loaded):
            found = heard(extractor, "busco guardería en Jalisco, tengo 34").get("entities")
            assert [(e["entity"], e["value"]) for e in found] == [
                ("need", "childcare"),
                ("state", "JAL"),
                ("age", "34"),
            ]


def check_an_entity_says_where_it_stands_and_who_found_it():
    extractor = SpanishEntityExtractor(None, Resource("x"), lookups())
    (found,) = heard(extractor, "en Jalisco").as_dict_nlu()["entities"]
    where = {"start": 3, "end": 10, "entity": "state", "value": "JAL", "confidence": 1.0}
    assert found == where | {"extractor": "SpanishEntityExtractor"}
    assert "entities" in heard(extractor, "en Jalisco").as_dict(only_output_properties=True)


def check_entities_of_a_payload_and_of_others_stay():
    extractor = SpanishEntityExtractor(None, Resource("x"), lookups())
    assert heard(extractor, '/answer{"v": "jalisco"}').get("entities") is None
    assert [e["entity"] for e in heard(extractor, "jalisco", entities=[{"entity": "q"}]).get("entities")] == [
        "q",
        "state",
    ]


def check_extractor_takes_under_two_milliseconds():
    extractor = SpanishEntityExtractor(None, Resource("x"), lookups())
    text = "hola tengo 34 años y vivo en Ecatepec, busco trabajo de costurera y guardería para el lunes"
    start = time.process_time()
    for _ in range(200):
        heard(extractor, text)
    assert (time.process_time() - start) / 200 < 0.002
