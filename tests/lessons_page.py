"""The lessons alone, for the tests without a browser."""

from ui.course import lessons_page

lessons_page()
