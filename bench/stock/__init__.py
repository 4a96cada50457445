"""Stock Rasa 3.6.21 as `rasa init` makes it, with Rumbo's sentences, rules and domain: what Rumbo is measured by."""

TEXT = "Gracias por contarme. Hay varias opciones cerca de ti y podemos verlas con calma. ¿Quieres que sigamos?"
"""What every action and response of it says: 103 characters, as long as an ordinary bubble of Rumbo's."""
