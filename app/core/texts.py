"""Texts that every database can hold."""


def plain_text(text: str) -> str:
    """Return a text without NUL and without half characters; all else stays as it is.

    Parameters
    ----------
    text : str
        Anything that came in: from a form, from JSON, from a file.

    Returns
    -------
    str
        The text without NUL, with U+FFFD where half of a surrogate pair stood; a pair that
        came in as two halves becomes the character that it stands for.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")


def typed_text(text: str) -> str:
    r"""Return what somebody typed into a form, as it is stored.

    Parameters
    ----------
    text : str
        As the browser sent it, with ``\r\n`` between its lines.

    Returns
    -------
    str
        Plain text with ``\n`` between its lines and no white space around it.
    """
    return plain_text(text).replace("\r\n", "\n").strip()
