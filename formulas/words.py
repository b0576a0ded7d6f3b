"""A way through the words of a text, one after the other."""

from typing import NoReturn

from catalogue import DECIMAL_POINT
from formulas.refusals import OPERAND, misplaced
from formulas.spelling import Token, tokens

RELATIONS = ("<", "<=", ">", ">=", "==", "!=", "and", "or")


class Words:
    """The words of one text and the place of the next."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.place = text, tokens(text), 0

    @property
    def next(self) -> Token:
        """The word that comes next; raises what is wrong with it, if it is none."""
        token = self.tokens[self.place]
        if token.error:
            raise token.error
        return token

    def take(self, *kinds: str) -> Token | None:
        """The next word, if it is of one of these kinds."""
        token = self.next
        if token.kind not in kinds:
            return None
        self.place += 1
        return token

    def follows(self, *kinds: str) -> bool:
        """Whether the next words are of these kinds."""
        return tuple(token.kind for token in self.tokens[self.place : self.place + len(kinds)]) == kinds

    def refuse(self, allowed: str) -> NoReturn:
        """Says that the next word does not fit, and what would."""
        token = self.next
        found, at = f"“{self.word(token)}” does not fit here", token.at
        if token.kind == "end":
            found, at = "the formula ends too early", len(self.text.rstrip())
        elif token.kind in (*RELATIONS, "{", "}") and allowed == OPERAND:
            found = f"“{self.word(token)}” is not allowed here"
        elif token.kind == ",":
            allowed += f"; {DECIMAL_POINT}"
        raise misplaced(found, allowed, at)

    def word(self, token: Token) -> str:
        """A word as it was typed, for messages."""
        return self.text[token.at : token.at + max(len(token.text), 1)] if token.kind != "end" else ""
