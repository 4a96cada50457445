"""The words of a PDF of ours: what a reader of the page can select and copy."""

from __future__ import annotations

import base64
import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
SHOWN = re.compile(rb"/(F\S+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
CODE = re.compile(r"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4})>\n")


def words_in(pdf: bytes) -> str:
    """Every text that is drawn, a line each, in the order it is drawn."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    letters = {name: _letters(objects, body) for body in objects.values() for name in _font(body)}
    drawn = [_stream(body) for body in objects.values() if STREAM.search(body) and b"FontFile" not in body]
    return "\n".join(line for page in drawn for line in _lines(page, letters))


def _font(body: bytes) -> list[bytes]:
    return re.findall(rb"/Name /(F\S+)", body) if b"/ToUnicode" in body else []


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """What each byte of a font stands for, as the file says it for readers."""
    reference = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert reference
    said = _stream(objects[int(reference[1])]).decode("latin-1")
    return {int(byte, 16): chr(int(code, 16)) for byte, code in CODE.findall(said)}


def _stream(body: bytes) -> bytes:
    match = STREAM.search(body)
    assert match
    raw = match[1].strip()
    raw = base64.a85decode(raw.removesuffix(b"~>")) if b"ASCII85" in body else raw
    return zlib.decompress(raw) if b"FlateDecode" in body else raw


def _lines(page: bytes, letters: dict[bytes, dict[int, str]]) -> list[str]:
    font: dict[int, str] = {}
    said = []
    for name, text in SHOWN.findall(page):
        if name:
            font = letters.get(name, {})
        else:
            said.append("".join(font.get(byte, chr(byte)) for byte in ESCAPED.sub(_unescaped, text)))
    return said


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8)]) if match[1].isdigit() else {b"n": b"\n", b"r": b"\r"}.get(match[1], match[1])
