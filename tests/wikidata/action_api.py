"""The action API over the entities: envelopes and errors as MediaWiki and Wikibase write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.wikidata.entities import Entities, Entity, page_info, recorded_answers
from tests.wikidata.search_index import fallbacks, search

_ID = re.compile(r"[QP][1-9]\d{0,9}")
_ALL_PROPS = "info|sitelinks|aliases|labels|descriptions|claims|datatype"
_INFO = ("pageid", "ns", "title", "lastrevid", "modified")
_TERMS = ("labels", "descriptions", "aliases")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")

Json = dict[str, Any]


def error(code: str, info: str, **more: Any) -> Json:
    """An error as the API reports it, with HTTP status 200."""
    return {
        "error": {
            "code": code,
            "info": info,
            **more,
            "*": "See the API page for usage.",
        },
        "servedby": "mw1234",
    }


def recorded(params: Mapping[str, str]) -> bytes | None:
    """The recorded answer to exactly this request, or None."""
    if params.get("action") != "wbgetentities" or "languages" in params:
        return None
    ids = tuple(params.get("ids", "").split("|"))
    props = frozenset(params.get("props", _ALL_PROPS).split("|"))
    for answer in recorded_answers():
        if (answer.ids, answer.props) == (ids, props):
            return answer.body
    return None


def respond(entities: Entities, params: Mapping[str, str]) -> Json:
    """The answer to a request."""
    match params.get("action"):
        case "wbgetentities":
            return _get_entities(entities, params)
        case "wbsearchentities":
            return _search_entities(entities, params)
        case "query":
            return _query(entities, params)
        case action:
            return error("badvalue", f'Unrecognized value for parameter "action": {action}.')


def _get_entities(entities: Entities, params: Mapping[str, str]) -> Json:
    ids = [qid for qid in params.get("ids", "").split("|") if qid]
    if not ids:
        return error("param-missing", 'Either provide the Item "ids" or pairs of "sites"')
    if len(ids) > 50:
        return error("toomanyvalues", 'Too many values supplied for parameter "ids".', limit=50)
    for qid in ids:
        if not _ID.fullmatch(qid.upper()) or int(qid[1:]) > 2_147_483_647:
            return error("no-such-entity", f'Could not find an entity with the ID "{qid}".', id=qid)
    found: Json = {}
    for given in ids:
        qid = given.upper()
        target = entities.redirects.get(qid, qid)
        entity = entities.get(target)
        if entity is None:
            found[qid] = {"id": qid, "missing": ""}
            continue
        found[qid] = _view(entity, params)
        if target != qid:
            found[qid]["redirects"] = {"from": qid, "to": target}
    return {"entities": found, "success": 1}


def _view(entity: Entity, params: Mapping[str, str]) -> Json:
    """The parts of an entity that were asked for."""
    props = {prop.partition("/")[0] for prop in params.get("props", _ALL_PROPS).split("|")}
    languages = params["languages"].split("|") if "languages" in params else None
    view: Json = {key: entity[key] for key in _INFO} if "info" in props else {}
    view |= {key: entity[key] for key in ("type", "datatype", "id") if key in entity}
    for key in _TERMS:
        if key in props:
            view[key] = {
                code: value
                for code, value in entity[key].items()
                if languages is None or code in languages
            }
    for key in ("claims", "sitelinks"):
        if key in props and key in entity:
            # PHP does not tell an empty object from an empty list.
            view[key] = entity[key] or []
    return view


def _search_entities(entities: Entities, params: Mapping[str, str]) -> Json:
    for needed in ("search", "language"):
        if not params.get(needed):
            return error("missingparam", f'The "{needed}" parameter must be set.')
    text, language = params["search"], params["language"]
    if not _LANGUAGE.fullmatch(language):
        return error("badvalue", f'Unrecognized value for parameter "language": {language}.')
    limit, start = int(params.get("limit", "7")), int(params.get("continue", "0"))
    names = search(entities, text, language, params.get("type", "item"))
    shown = params.get("uselang", language)
    results = []
    for name in names[start : start + limit]:
        entity = entities.get(name.qid)
        assert entity is not None
        result: Json = {
            "id": name.qid,
            "title": entity["title"],
            "pageid": entity["pageid"],
            "concepturi": f"{entities.base}{name.qid}",
            "repository": "wikidata",
            "url": f"//www.wikidata.org/wiki/{entity['title']}",
            "display": {},
        }
        for part, key in (("label", "labels"), ("description", "descriptions")):
            for code in fallbacks(shown):
                if code in entity[key]:
                    result["display"][part] = entity[key][code]
                    result[part] = entity[key][code]["value"]
                    break
        match = {"type": name.kind, "text": name.text}
        result["match"] = match if name.kind == "entityId" else {**match, "language": name.language}
        if name.kind == "alias":
            result["aliases"] = [name.text]
        results.append(result)
    answer: Json = {"searchinfo": {"search": text}, "search": results, "success": 1}
    if start + limit < len(names):
        answer["search-continue"] = start + limit
    return answer


def _query(entities: Entities, params: Mapping[str, str]) -> Json:
    if params.get("list") == "logevents":
        title = params.get("letitle", "")
        events = []
        if title in entities.deleted:
            when, comment = entities.deleted[title]
            event = {"ns": 0, "title": title, "type": "delete", "action": "delete"}
            events.append({**event, "timestamp": when, "comment": comment})
        return {"batchcomplete": "", "query": {"logevents": events}}
    redirects, pages = [], {}
    for number, title in enumerate(params.get("titles", "").split("|"), 1):
        end = entities.redirects.get(title, title) if "redirects" in params else title
        if end != title:
            redirects.append({"from": title, "to": end})
        if entities.get(end) is None and end not in entities.redirects:
            pages[str(-number)] = {"ns": 0, "title": end, "missing": ""}
        else:
            info = page_info(end)
            pages[str(info["pageid"])] = {key: info[key] for key in ("pageid", "ns", "title")}
    query: Json = {"redirects": redirects} if redirects else {}
    return {"batchcomplete": "", "query": {**query, "pages": pages}}
