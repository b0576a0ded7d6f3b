"""Where the words of the glossary stand in a text."""

import re
from collections.abc import Iterator

from lessons._glossary import GLOSSARY, Term

OF_FORM = {form: term for term in GLOSSARY.values() for form in term.forms}
# A formula, code, a link, a tag or another word, inside which none is marked; or a word that is no part of another.
OTHER = r"gradient descent|\$[^$]*\$|`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>"
FORMS = "|".join(re.escape(form) for form in sorted(OF_FORM, key=len, reverse=True))
PARTS = re.compile(rf"(?:{OTHER})|(?<![\w-])(?P<form>{FORMS})(?![\w-])", re.IGNORECASE)


def marked(text: str, seen: set[str] | None = None) -> Iterator[tuple[str, Term | None]]:
    """`text` in pieces: each term where it first stands, with its declaration, and what lies between them with None.

    `seen` holds the slugs of the terms that texts before this one had, and is added to.
    """
    seen = set() if seen is None else seen
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
