"""Short public identifiers, safe to read aloud and to type on a phone."""

import re
import unicodedata

# Crockford's base 32 without the letters that look or sound like digits.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
JOIN_CODE_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
_TRANSLITERATION = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ä": "ae", "ö": "oe", "ü": "ue",
        "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie",
        "ж": "zh", "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "iu", "я": "ia",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
        "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
        "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip


def encode(entropy: bytes, length: int, alphabet: str = ALPHABET) -> str:
    """Turn random bytes into an identifier.

    Parameters
    ----------
    entropy : bytes
        Random bytes; at least ``length`` of them, so that the bias stays below 2 %
        (a byte has 256 values, the alphabet about 30).
    length : int
        Number of characters, at least 1.
    alphabet : str
        Characters to choose from.

    Returns
    -------
    str
        ``length`` characters of ``alphabet``.

    Raises
    ------
    ValueError
        If there are fewer bytes than characters.
    """
    if length < 1 or len(entropy) < length:
        raise ValueError("entropy must hold at least one byte for each character")
    number = int.from_bytes(entropy, "big")
    characters = []
    for _ in range(length):
        number, remainder = divmod(number, len(alphabet))
        characters.append(alphabet[remainder])
    return "".join(characters)


def slugify(text: str, *, fallback: str = "item", max_length: int = 60) -> str:
    """Make a readable address part from a name in any script.

    Cyrillic and Greek are transliterated; other scripts that leave nothing fall back.

    Parameters
    ----------
    text : str
        A name.
    fallback : str
        Returned when nothing readable is left.
    max_length : int
        Longest result, in characters.

    Returns
    -------
    str
        Lower-case ASCII letters, digits and single hyphens.
    """
    lowered = unicodedata.normalize("NFC", text.lower()).translate(_TRANSLITERATION)
    stripped = "".join(
        c
        for c in unicodedata.normalize("NFKD", lowered).translate(_TRANSLITERATION)
        if not unicodedata.combining(c)
    )
    slug = re.sub(r"[^a-z0-9]+", "-", stripped).strip("-")[:max_length].strip("-")
    return slug or fallback


def normalise_join_code(text: str) -> str:
    """Return a typed join code without spaces and hyphens, in capitals."""
    return re.sub(r"[\s\-]+", "", text).upper()
