"""What a PDF of typst says, read without any library: fonts, their code tables, text drawn."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_ROW = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
# Balanced parentheses stand in a string as they are.
_STRING = rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*\)"
_STRINGS = re.compile(_STRING, re.DOTALL)
_DRAWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|(\[(?:" + _STRING + rb"|[^\](])*\])TJ|(" + _STRING + rb")Tj|(EMC)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, one line for each marked piece of content."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    tables = {
        number: _code_table(_stream(objects[int(unicode[1])]))
        for number, body in objects.items()
        if b"/Type/Font" in body and (unicode := re.search(rb"/ToUnicode (\d+) 0 R", body))
    }
    pages = []
    for number in _page_numbers(objects):
        page = objects[number]
        fonts = dict(re.findall(rb"/(f\d+) (\d+) 0 R", _resources(page, objects)))
        content = re.search(rb"/Contents (\d+) 0 R", page)
        assert content is not None
        pages.append(_text(_stream(objects[int(content[1])]), fonts, tables))
    return pages


def _page_numbers(objects: dict[int, bytes]) -> list[int]:
    root = next(body for body in objects.values() if re.search(rb"/Type/Pages\b", body))
    kids = re.search(rb"/Kids\s*\[(.*?)\]", root)
    assert kids is not None
    return [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]


def _resources(page: bytes, objects: dict[int, bytes]) -> bytes:
    found = re.search(rb"/Resources (\d+) 0 R", page)
    return objects[int(found[1])] if found else page


def _stream(body: bytes) -> bytes:
    raw = body[body.index(b"stream") + 6 :].lstrip(b"\r\n")
    return zlib.decompressobj().decompress(raw) if b"/FlateDecode" in body else raw


def _code_table(cmap: bytes) -> dict[int, str]:
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _ROW.findall(cmap[cmap.index(b"endcodespacerange") :])
    }


def _text(content: bytes, fonts: dict[bytes, bytes], tables: dict[int, dict[int, str]]) -> str:
    table: dict[int, str] = {}
    pieces = []
    for font, array, string, end in _DRAWN.findall(content):
        if font:
            table = tables[int(fonts[font])]
        elif end:
            pieces.append("\n")
        else:
            for part in _STRINGS.findall(array or string):
                codes = _ESCAPE.sub(_escaped, part[1:-1])
                pieces += [
                    table.get(int.from_bytes(codes[at : at + 2]), "")
                    for at in range(0, len(codes), 2)
                ]
    return re.sub(r"\n+", "\n", "".join(pieces))


def _escaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign.isdigit():
        return bytes([int(sign, 8)])
    return _LETTERS.get(sign, sign)
