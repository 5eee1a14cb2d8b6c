"""What a person reads of a web page, whatever its tags leave unsaid."""

from __future__ import annotations

import pytest

from lod.history.page import is_page, page_text


@pytest.mark.parametrize(
    "page",
    [
        "\ufeff<!doctype html><p>Trade grew.",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD" "x">\n<html>',
        "<!-- a > b -->\n<!-- c --><HTML>",
        "<main><p>x",
    ],
)
def test_a_page_is_known_by_how_it_begins(page: str) -> None:
    assert is_page(page)
    assert not is_page(f"It says: {page}")


PAGES = {
    # Tags that HTML lets one leave out.
    "<p hidden>x<p>y<p>z": ["y", "z"],
    "<div><p hidden>x</div>y": ["y"],
    "<ul><li hidden>a<li>b</ul>c": ["b", "c"],
    "<ul><li hidden><ul><li>a</ul><li>b</ul>c": ["b", "c"],
    "<table><tr hidden><td>1<tr><td>2<td>3</table>y": ["2\t3", "y"],
    "<table><tr><td hidden>1<td>2<tr><td>3</table>": ["2", "3"],
    "<head><title>T</title><body>y": ["y"],
    "<title>T</title><p>y": ["y"],
    "<p>One<div>Two</div>three": ["One", "Two", "three"],
    # What is no text, and divides what is beside it.
    "<main>Trade grew.<figure>a map</figure>Exports fell.</main>": ["Trade grew.", "Exports fell."],
    "<p>a<nav>n<p>m</p></nav>b": ["a", "b"],
    "<p>a<script>if (a < b) {}</script>b<style>p {}</style>": ["ab"],
    "<p>a <span hidden>x <b>y</b></span>b</p>": ["a b"],
    "<nav><div></nav>t</div>": ["t"],
    # Pages of one form, and pages that show several articles.
    "<form><main><p>x<form>c</form></main></form>": ["x"],
    "<article>a</article><article>b</article>": ["a", "b"],
    "<main><article>a</article>b</main>": ["a"],
    "<article hidden>a</article><p>b": ["b"],
    "<form><p>x</form>": [],
}


@pytest.mark.parametrize(("page", "blocks"), PAGES.items(), ids=list(PAGES))
def test_what_a_person_reads(page: str, blocks: list[str]) -> None:
    assert page_text(page) == "".join(["\n\n".join(blocks), "\n" * bool(blocks)])


def test_a_page_of_many_tags_is_read_in_one_go() -> None:
    """Ten thousand elements that nobody ends, and blocks after them."""
    many = 10_000
    page = f"<p><button>{'<b>' * many}{'<p></p></i>' * many}</button>x"
    assert page_text(page) == "x\n"
