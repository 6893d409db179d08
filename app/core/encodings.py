"""Which encoding a table of names came in: UTF-8, Windows-1251 or Windows-1252, or no guess.

Spreadsheet programs still write the encoding of their country. Cyrillic and Western text look
different as bytes: Cyrillic words are runs of high bytes in which а, о, и and і are frequent,
Western ones have single accented letters among plain ones. What looks like neither is refused
rather than guessed: a wrong guess would spoil names for good.
"""

UTF8 = "utf-8"
CYRILLIC = "windows-1251"
WESTERN = "windows-1252"

# Frequent vowels make about a quarter of the letters of Slavic text; other scripts read as
# Windows-1251 show few of them (Greek: 2 %).
_VOWELS = frozenset("аоиіАОИІ")
_VOWEL_SHARE_MIN = 0.12
_CYRILLIC_LETTERS = frozenset(
    "абвгґдеёєжзийіїклмнопрстуўфхцчшщъыьэюяАБВГҐДЕЁЄЖЗИЙІЇКЛМНОПРСТУЎФХЦЧШЩЪЫЬЭЮЯ"
)
_WESTERN_LETTERS = frozenset("àâäáåæçèéêëìíîïñòóôöøœùúûüÿßÀÂÄÁÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØŒÙÚÛÜŸ")
_MARKS = frozenset("\xa0«»“”„‘’‚–—…•€§©®°№·")


class UndecidedEncoding(ValueError):
    """The bytes are no UTF-8, and nothing says clearly what else they are."""


def decode_table(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Decode a table of names.

    Parameters
    ----------
    data : bytes
        The file.
    encoding : str, optional
        The encoding to use instead of finding it.

    Returns
    -------
    text : str
        Without a byte order mark.
    encoding : str
        What was used.

    Raises
    ------
    UndecidedEncoding
        If the encoding cannot be told, is unknown, or does not fit the bytes.
    """
    if encoding is not None:
        return _decode_as(data, encoding), encoding
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decode_as(data, "utf-16"), "utf-16"
    if b"\x00" in data:
        raise UndecidedEncoding("the file holds zero bytes: it is no text table")
    try:
        return data.decode("utf-8-sig"), UTF8
    except UnicodeDecodeError as error:
        first_bad = error
    cyrillic = _reads_as_cyrillic(data)
    western = _reads_as_western(data)
    if cyrillic != western:
        chosen = CYRILLIC if cyrillic else WESTERN
        return _decode_as(data, chosen), chosen
    line = data.count(b"\n", 0, first_bad.start) + 1
    raise UndecidedEncoding(
        f"line {line} is not UTF-8, and the text is neither clearly Windows-1251 nor Windows-1252; "
        "save the table as UTF-8, or name its encoding"
    )


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise UndecidedEncoding(f"there is no encoding named {encoding!r}") from None
    except UnicodeError as error:
        place = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise UndecidedEncoding(f"line {place} is not {encoding}") from None


def _high_text(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return "".join(c if ord(c) > 127 else " " for c in text)


def _reads_as_cyrillic(data: bytes) -> bool:
    high = _high_text(data, CYRILLIC)
    if high is None:
        return False
    letters = [c for c in high if c != " " and c not in _MARKS]
    if not letters or not set(letters) <= _CYRILLIC_LETTERS:
        return False
    if sum(c in _VOWELS for c in letters) / len(letters) < _VOWEL_SHARE_MIN:
        return False
    words = [word for word in high.split() if word[0] in _CYRILLIC_LETTERS]
    # Words of several letters; capitals stand first or everywhere, not in the middle.
    whole = [w for w in words if len(w) > 2 and (w[1:].islower() or w.isupper())]
    return len(whole) * 2 > len(words)


def _reads_as_western(data: bytes) -> bool:
    high = _high_text(data, WESTERN)
    if high is None:
        return False
    letters = [c for c in high if c != " " and c not in _MARKS]
    if not set(letters) <= _WESTERN_LETTERS:
        return False
    runs = [run for run in high.split() if run[0] in _WESTERN_LETTERS]
    return sum(len(run) > 2 for run in runs) == 0
