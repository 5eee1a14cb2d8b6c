"""Lists that go over several pages: where each page stands, and which others it links to."""

from __future__ import annotations

#: How many publications a page lists, and how many pages before and after it a page links to.
PAGE_SIZE, _NEAR = 100, 3


def page_count(rows: int) -> int:
    """How many pages a list has; an empty one has one.

    >>> page_count(0), page_count(100), page_count(101)
    (1, 1, 2)
    """
    return max(1, -(-rows // PAGE_SIZE))


def near_pages(number: int, last: int) -> list[int]:
    """The pages that one page of a list links to: the first, the last, and those near to it.

    >>> near_pages(10, 90)
    [1, 7, 8, 9, 10, 11, 12, 13, 90]
    """
    near = {1, last, *range(number - _NEAR, number + _NEAR + 1)}
    return [one for one in sorted(near) if 1 <= one <= last]


def list_path(number: int) -> str:
    """The path of a page of the list of publications.

    >>> list_path(1), list_path(2)
    ('index.html', 'publications/2.html')
    """
    return "index.html" if number == 1 else f"publications/{number}.html"


def item_path(qid: str, number: int = 1) -> str:
    """The path of a page of a Wikidata item.

    >>> item_path("Q232"), item_path("Q232", 2)
    ('item/Q232.html', 'item/Q232-2.html')
    """
    return f"item/{qid}.html" if number == 1 else f"item/{qid}-{number}.html"
