"""The page *Lessons*: all of them as pictures, and one at a time: a question, what happens, and what to change."""

from ui.course.page import lessons_page

__all__ = ["lessons_page"]
