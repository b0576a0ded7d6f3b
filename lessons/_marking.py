"""Where the words of the glossary stand in a text."""

import re
from collections.abc import Iterator

from lessons._glossary import GLOSSARY, Term

OF_FORM = {form: term for term in GLOSSARY.values() for form in term.forms}
# A formula, code, a link or a tag, inside which no word is marked; or a word of the glossary that is no part of another.
OTHER = r"\$[^$]*\$|`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>"
FORMS = "|".join(re.escape(form) for form in sorted(OF_FORM, key=len, reverse=True))
PARTS = re.compile(rf"(?:{OTHER})|(?<![\w-])(?P<form>{FORMS})(?![\w-])", re.IGNORECASE)


def marked(text: str) -> Iterator[tuple[str, Term | None]]:
    """`text` in pieces: each term where it first stands, with its declaration, and what lies between them with None."""
    seen: set[str] = set()
    begin = 0
    for match in PARTS.finditer(text):
        term = OF_FORM[match["form"].lower()] if match["form"] else None
        if term is None or term.slug in seen:
            continue
        seen.add(term.slug)
        yield text[begin : match.start()], None
        yield match["form"], term
        begin = match.end()
    yield text[begin:], None
