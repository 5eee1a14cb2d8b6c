"""Text in XML 1.0 files that a site has for machines."""

from __future__ import annotations

import re

# XML 1.0, section 2.2: what is no Char, and so has no way into a file at all.
_NO_CHAR = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def xml_text(text: str) -> str:
    r"""A text for an element or an attribute; what XML cannot hold is shown as U+FFFD.

    >>> xml_text("a < b & ]]> \0")
    'a &lt; b &amp; ]]&gt; \ufffd'
    """
    return _NO_CHAR.sub("\ufffd", text).translate(_MARKUP)
