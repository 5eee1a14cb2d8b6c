"""The forms of tables, and where they stand in the output of a build."""

from __future__ import annotations

from collections.abc import Iterable

from lod.profiles import find_profile

#: The forms of tables.
FORMS = ("csv", "tsv", "xlsx", "parquet")
#: The folder of the tables in the output of a build, with a folder for each form.
TABLES = "tables"


def split(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of output profiles, and forms of tables, each sorted and once.

    Args:
        names: names of both, in any order; those of profiles as `find_profile` takes them.

    Raises:
        FormatError: there is no such format.

    >>> split(["ttl", "parquet", "csv", "turtle"])
    (('turtle',), ('csv', 'parquet'))
    """
    given = set(names)
    forms = given & set(FORMS)
    found = {find_profile(name, FORMS).name for name in given - forms}
    return tuple(sorted(found)), tuple(sorted(forms))
