"""What a query may not ask for, however it is written; and what only looks like it."""

from __future__ import annotations

import random
import socket
import threading

import pyoxigraph
import pytest

from lod.errors import LodError, QueryError, QueryRefusedError
from lod.query.checked import check_query
from lod.query.process import WorkerProcess
from lod.query.store import QueryStore, run_query

# A port to which pyoxigraph refuses to connect, with an error that tells that it wanted to.
NOWHERE = "http://127.0.0.1:1/"

REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT*{service<http://127.0.0.1:1/>{?s ?p ?o}}",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?service SERVICE ?service { } }",
    "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:1/> { } } } }",
    "# a comment\nSELECT * { # another\n SERVICE # a third\n <http://127.0.0.1:1/> { } }",
    r"SELECT * { \u0053ERVICE <http://127.0.0.1:1/> { } }",
    r"SELECT * { SERV\U00000049CE <http://127.0.0.1:1/> { } }",
    r"SELECT * { ?s ?p 'a\u005Cu0027' SERVICE <http://127.0.0.1:1/> { } }",
    'SELECT * { ?s ?p "it\'s" SERVICE <http://127.0.0.1:1/> { } } # "\'',
    "SELECT * { ?s ?p '''it's ''' SERVICE <http://127.0.0.1:1/> { } } # '''",
    'SELECT * { ?s ?p """a"b""c""" SERVICE <http://127.0.0.1:1/> { } }',
    "SELECT * { ?s ?p <http://example.org/#> SERVICE <http://127.0.0.1:1/> { } }",
    "SELECT * { FILTER(?x<?y)SERVICE<http://127.0.0.1:1/>{}}",
    "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }",
    "DESCRIBE <http://example.org/> FROM <http://127.0.0.1:1/>",
    "CONSTRUCT { ?s ?p ?o } FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/>",
    "INSERT DATA { <http://a.example/> <http://a.example/> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX ex: <http://a.example/> CLEAR ALL",
    "WITH <http://a.example/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DROP GRAPH <http://a.example/>",
    "CREATE GRAPH <http://a.example/>",
    "COPY <http://a.example/> TO <http://b.example/>",
]

# The engine would read the first of each as SERVICE or FROM, if it got the text as it stands.
SMUGGLED = [
    "PREFIX SERVICEe: <http://x/> PREFIX e: <http://127.0.0.1:1/> SELECT * {SERVICEe:a{}}",
    "PREFIX SERVICE: <http://x/> PREFIX : <http://127.0.0.1:1/> SELECT * {SERVICE:a{}}",
    "PREFIX e: <http://a:> SELECT * {?s ?p e:SERVICE<http://127.0.0.1:1/>{}}",
    "PREFIX e: <http://x/> SELECT * {?s ?p e:a.b.SERVICE<http://127.0.0.1:1/>{}}",
    "PREFIX tSERVICE: <http://x/> SELECT * {?s ?p trueSERVICE<http://127.0.0.1:1/>{}}",
    "SELECT * {FILTER(1<2)SERVICE#>\n<http://127.0.0.1:1/>{}}",
    "SELECT*{FILTER(1<'>')SERVICE<http://127.0.0.1:1/>{}FILTER(1<'>')}",
    'SELECT*{FILTER(1<2#>"""\n)SERVICE<http://127.0.0.1:1/>{}#"""\n}',
    "PREFIX e: <http://x/> PREFIX ASKFROMe: <http://x/> ASKFROMe:g{}",
    "PREFIX e: <http://x/> SELECT(1<2 AS?x)FROM#>\ne:g{}",
    "SELECT * {?s ?p 1SERVICE<http://127.0.0.1:1/>{}}",
]

ALLOWED = [
    'SELECT * { ?s ?p "SERVICE <http://127.0.0.1:1/> {}" }',
    "SELECT * { ?s ?p '''FROM <a> \"LOAD\" ''' }",
    "ASK { ?s ?p ?o } # SERVICE <http://127.0.0.1:1/> {}",
    "# INSERT DATA\nASK { ?s ?p ?o }",
    "SELECT * { ?s <http://a.example/SERVICE#FROM> ?o }",
    "PREFIX ex: <http://a.example/> SELECT * { ex:SERVICE ex:from ex:LOAD }",
    "PREFIX ex: <http://a.example/> SELECT * { ex:a.b.SERVICE ex:p ?o }",
    "PREFIX service: <http://a.example/> SELECT * { service:a service:b ?from }",
    "PREFIX insert: <http://a.example/> SELECT ?insert { insert:a insert:b ?insert }",
    "SELECT ?SERVICE $from { ?SERVICE ?p $from }",
    "SELECT * { _:SERVICE ?p _:from }",
    'SELECT * { ?s ?p "x"@service }',
    r'SELECT * { ?s ?p "\u0053ERVICE" }',
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 2) }",
    "SELECT * { ?s ?p ?o FILTER(?o<?s||?o>?p) }",
    "SELECT * { GRAPH <https://data.example.org/x/reported/p> { ?s ?p ?o } }",
    "PREFIX x: <http://a.example/(a)'#> SELECT * { ?s x:y ?o }",
    r"SELECT * { \u003Fs ?p ?o }",
]


@pytest.mark.parametrize("query", REFUSED)
def test_is_refused(store: QueryStore, query: str) -> None:
    with pytest.raises(QueryRefusedError, match=r"line \d+, column \d+") as caught:
        run_query(store, query)
    assert caught.value.hint


@pytest.mark.parametrize("query", SMUGGLED)
def test_is_not_smuggled_past_the_check(query: str) -> None:
    assert not _reaches_out(query)


@pytest.mark.parametrize("query", ALLOWED)
def test_is_allowed(store: QueryStore, query: str) -> None:
    run_query(store, query)


def test_words_in_texts_are_found_as_texts(store: QueryStore) -> None:
    query = r"""SELECT ?s { ?s schema:note "SERVICE, \"FROM\"\tand\nLOAD <b> & more" }"""
    assert len(run_query(store, query)) == 1


def test_names_with_such_words_mean_what_they_say(store: QueryStore) -> None:
    query = "PREFIX service.from: <https://schema.org/> ASK { ?s service.from:size 7 }"
    assert run_query(store, query).boolean


def _reaches_out(query: str) -> bool:
    """Whether the engine would ask a server, or load a graph, given what the check lets pass."""
    data = pyoxigraph.Store()
    graph = pyoxigraph.NamedNode("http://x/g")
    node = pyoxigraph.NamedNode("http://x/found")
    data.add(pyoxigraph.Quad(node, node, node, graph))
    try:
        text = check_query(query).text
        result = data.query(text, base_iri=NOWHERE)
        # Only FROM puts the named graph into the default graph here.
        return not isinstance(result, pyoxigraph.QueryBoolean) and "found" in str(list(result))
    except (QueryError, SyntaxError, RuntimeError):
        return False
    except OSError:  # the port is none that it connects to
        return True


FRAGMENTS = (
    *("SERVICE", "SERVICE ", "SERVICE<http://127.0.0.1:1/>{}", "SERVICEe:x{}", "SERVICE:x{}"),
    *("FROM<http://x/g>", "FROMe:g", "<", ">", "<2", "1<2", ")", "(", "{", "}", "'", '"', "'''"),
    *('"""', "#", "\n", "#>\n", "'>'", "FILTER(", "?s", "?p ?o", ".", ";", "e:x", "e:", "e:a.b."),
    *(":x", "true", "1", "2.", "_:b.", "@en", "^^", "<<", "<http://x/a>", "a ", r"\u0053ERVICE"),
    *(r"\u0027", "SELECT*", "BIND(1 AS?z)", "OPTIONAL{", "UNION{", "[]", " ", "trueSERVICE:x"),
    *("XSERVICE", "\\", "é", "×", "//", "http:", "&&", "<a#b>", "<a'b>"),
)
FRAMES = (
    "SELECT*{?s ?p ?o %s}",
    "SELECT*{FILTER(1<2%s)%s}",
    "SELECT*%s{?s ?p ?o}",
    "SELECT*{?s ?p %sSERVICE%se:x{}%s}",
    "SELECT*{FILTER(1<%sSERVICE%s<http://127.0.0.1:1/>{}%s}",
    "SELECT(1<2 AS?x)%sFROM%se:g%s{?s ?p ?o}",
    'SELECT*{?s ?p "%sSERVICE%s<http://127.0.0.1:1/>{}%s"}',
)
PREFIXES = (
    *("PREFIX e:<http://127.0.0.1:1/>", "PREFIX :<http://127.0.0.1:1/>", "PREFIX e:<http://a:>"),
    *(
        "PREFIX SERVICEe:<http://a:>",
        "PREFIX SERVICE:<http://127.0.0.1:1/>",
        "PREFIX e:<http://x/>",
    ),
)


def test_no_mixture_of_fragments_reaches_out() -> None:
    chance = random.Random(20241127)  # noqa: S311 - the same mixtures every time
    for _ in range(4000):
        query = chance.choice(FRAMES)
        while "%s" in query:
            middle = "".join(chance.choices(FRAGMENTS, k=chance.choice((0, 1, 1, 2, 3))))
            query = query.replace("%s", middle, 1)
        query = "".join(chance.sample(PREFIXES, chance.randint(0, 3))) + query
        assert not _reaches_out(query), query


def test_the_worker_itself_has_no_network() -> None:
    """Even a query that was not looked at cannot connect to a server that is there."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.2)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        worker = WorkerProcess()
        query = f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"
        try:
            worker.send("query", query, {}, None, (5, 1, 1000, None))
            while (answer := worker.receive())[0] == "select":
                pass
        finally:
            worker.close()
        with pytest.raises(TimeoutError):
            server.accept()
    assert answer[0] == "failed"


def test_queries_of_several_threads_do_not_mix(store: QueryStore) -> None:
    answers: dict[int, object] = {}

    def ask(number: int) -> None:
        try:
            answers[number] = run_query(store, f"SELECT ({number} AS ?n) {{}}").rows[0][0]
        except LodError as error:
            answers[number] = error

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: str(term) for number, term in answers.items()} == {
        number: str(number) for number in range(8)
    }
