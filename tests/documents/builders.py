"""Words as learners write them, and sheets full of them."""

from __future__ import annotations

from io import BytesIO

from hypothesis import strategies as st
from PIL import Image

from bot.documents.shapes import Look, Part, Row, Sheet

SPANISH = "áéíóúñüÁÉÍÓÚÑÜ¿¡“”«»—–…·°½"
LONG = ("¿Qué quiero? Terminar la secundaria y después la preparatoria «abierta», ¡sí se puede! Mi mamá cuida. " * 4)[
    :400
]
words = st.text(st.sampled_from("abc xyz ñá ¿!,.🙂中\n\u0301" + SPANISH), max_size=400) | st.text(max_size=400)
parts = st.builds(Part, words, st.lists(words, max_size=4).map(tuple))
rows = st.builds(Row, st.lists(parts, min_size=1, max_size=3).map(tuple), st.sampled_from(Look))
sheets = st.builds(Sheet, words, words, st.lists(rows, max_size=6).map(tuple), words)


def image(png: bytes) -> Image.Image:
    """The picture as it is opened; raises when it is none."""
    opened = Image.open(BytesIO(png))
    opened.load()
    assert opened.format == "PNG"
    return opened


def pages(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF")
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ")
