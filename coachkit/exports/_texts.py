"""Texts on their way into a file's own format."""


def xml_text(text: str) -> str:
    r"""A text without the few signs that XML cannot hold.

    Examples
    --------
    >>> xml_text("a\x00b\ud800c\uffff")
    'abc'
    """
    return "".join(filter(_in_xml, text))


def _in_xml(sign: str) -> bool:
    return (
        sign in "\t\n"
        or " " <= sign < "\ud800"
        or "\ue000" <= sign < "\ufffe"
        or ord(sign) > 0xFFFF
    )
