"""Texts that cells share, kept out of memory."""

import tempfile
from array import array

from ancrage.kit.tabular.errors import DamagedFile

_MEMORY_BYTES = 1024 * 1024
_REMEMBERED_TEXTS = 4096
_REMEMBERED_CHARACTERS = 200


class SharedTexts:
    """The texts that cells point to by number, out of memory beyond one megabyte."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES)  # noqa: SIM115 - closed by close()
        self._ends = array("Q", [0])
        self._remembered: dict[int, str] = {}

    def append(self, text: str) -> None:
        content = text.encode("utf-8", "surrogatepass")
        self._file.write(content)
        self._ends.append(self._ends[-1] + len(content))

    def __getitem__(self, index: int) -> str:
        known = self._remembered.get(index)
        if known is not None:
            return known
        if not 0 <= index < len(self._ends) - 1:
            raise DamagedFile
        start, end = self._ends[index], self._ends[index + 1]
        self._file.seek(start)
        text = self._file.read(end - start).decode("utf-8", "surrogatepass")
        if len(self._remembered) < _REMEMBERED_TEXTS and len(text) < _REMEMBERED_CHARACTERS:
            self._remembered[index] = text
        return text

    def close(self) -> None:
        self._file.close()
