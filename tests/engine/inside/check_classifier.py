"""The classifier: learns, ranks, falls back and comes back from disk."""

import functools
import random
import tempfile
from pathlib import Path

import numpy as np
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rumbo_engine import model as intent_model
from rumbo_engine.classifier import SpanishIntentClassifier
from rumbo_engine.lookups import Lookups

LEXICON = Lookups({"trabajo": ["trabajo", "empleo", "chamba", "vacantes"], "dinero": ["pagar", "cuesta"]})
PHRASES = {
    "greet": ["hola", "buenas tardes", "qué tal", "buenos días", "hola buenas"],
    "search_jobs": ["busco trabajo", "necesito empleo", "hay vacantes", "quiero trabajar", "busco chamba ya"],
    "delete_my_data": ["borra mis datos", "elimina mi información", "quiero que borren todo", "borrar mi cuenta"],
    "ask_cost": ["cuánto cuesta", "es gratis", "tengo que pagar", "qué precio tiene"],
}


@functools.cache
def examples():
    """The phrases with the small variations people make."""
    dice, pairs = random.Random(1), []
    for intent, phrases in PHRASES.items():
        for phrase in phrases:
            pairs += [(phrase, intent), (f"{phrase} porfa", intent), (f"oye {phrase}", intent)]
    dice.shuffle(pairs)
    return [text for text, _ in pairs], [intent for _, intent in pairs]


@functools.cache
def learned():
    return intent_model.learn(*examples(), LEXICON)


def classified(text, **config):
    settings = {**SpanishIntentClassifier.get_default_config(), **config}
    message = Message({"text": text})
    SpanishIntentClassifier(settings, None, Resource("x"), learned()).process([message])
    return message.data


def check_classifier_learns_and_reads_chat_spelling():
    typed = {"HOLAAAA": "greet", "bsco trabajoo": "search_jobs", "kiero q borren todo": "delete_my_data"}
    for text, intent in typed.items():
        assert learned().rank(text, 1)[0][0] == intent, text


def check_ranking_is_ordered_probable_and_cut():
    ranking = learned().rank("busco trabajo", 3)
    chances = [chance for _, chance in ranking]
    assert len(ranking) == 3 and chances == sorted(chances, reverse=True) and 0.5 < sum(chances) <= 1.0001
    assert abs(sum(chance for _, chance in learned().rank("busco trabajo", 99)) - 1) < 1e-3


def check_sure_message_has_its_intent_and_runners_up():
    data = classified("busco trabajo", ranking=2)
    assert data["intent"]["name"] == "search_jobs" and data["intent"] == data["intent_ranking"][0]
    assert len(data["intent_ranking"]) == 2


def check_unsure_message_falls_back_and_keeps_the_real_runners_up():
    for config in ({"threshold": 0.9999}, {"threshold": 0.0, "ambiguity": 0.9999}):
        data = classified("busco trabajo", **config)
        assert data["intent"] == {"name": "nlu_fallback", "confidence": config["threshold"]}
        names = [entry["name"] for entry in data["intent_ranking"]]
        assert names[:2] == ["nlu_fallback", "search_jobs"] and len(names) == 5


def check_unknown_or_empty_text_falls_back_alone():
    for text in ("ж", "", "???"):
        data = classified(text)
        assert data["intent"]["name"] == "nlu_fallback"


def check_payloads_are_left_to_rasa():
    assert "intent" not in classified("/greet")


def check_component_trains_and_loads_through_rasa_storage():
    messages = [Message({"text": text, "intent": intent}) for text, intent in zip(*examples(), strict=True)]
    config = SpanishIntentClassifier.get_default_config()
    with tempfile.TemporaryDirectory() as folder:
        storage, resource = LocalModelStorage(Path(folder)), Resource("classifier")
        trained = SpanishIntentClassifier.create(config, storage, resource, None)
        trained.train(TrainingData(messages))
        loaded = SpanishIntentClassifier.load(config, storage, resource, None)
        assert not list(Path(folder).rglob("*.pkl"))
        for text in ("busco trabajo", "es gratis?", "algo distinto"):
            one, other = trained._model.rank(text, 4), loaded._model.rank(text, 4)
            assert [name for name, _ in one] == [name for name, _ in other]
            assert np.allclose([c for _, c in one], [c for _, c in other], atol=2e-3)


def check_quick_sums_equal_scikit_learn():
    from scipy.sparse import hstack
    from sklearn.svm import LinearSVC

    texts, intents = examples()
    vectorizers = intent_model._vectorizers(len(texts), LEXICON)
    voices = list(intent_model._BLOCKS.values())
    table = hstack([loud * v.fit_transform(texts) for loud, v in zip(voices, vectorizers, strict=True)]).tocsr()
    machine = LinearSVC(C=1.0, random_state=0).fit(table, intents)
    news = ["busco empleo gratis", "hola hola hola", "borra mi cuenta ya"]
    shown = [loud * v.transform(news) for loud, v in zip(voices, vectorizers, strict=True)]
    scores = machine.decision_function(hstack(shown).tocsr())
    for text, row in zip(news, scores, strict=True):
        chances = intent_model._softmax(row * learned().temperature)
        ours = dict(learned().rank(text, 9))
        assert np.allclose([ours[name] for name in machine.classes_], chances, atol=1e-4), text


def check_two_intents_and_too_few_examples_work():
    two = intent_model.learn(["hola", "adiós"], ["greet", "goodbye"], LEXICON)
    assert two.rank("hola", 1)[0][0] == "greet" and two.rank("adios", 1)[0][0] == "goodbye"
    try:
        intent_model.learn(["hola"], ["greet"], LEXICON)
    except ValueError as error:
        assert "two intents" in str(error)
    else:
        raise AssertionError("one intent is no choice")
