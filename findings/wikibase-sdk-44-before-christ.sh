#!/usr/bin/env bash
# Version: wikibase-sdk 11.6.6 (npm; Node.js 20).
# Behaviour: times of Wikidata are made into ISO 8601 dates, by default, as if they were such. Years
#   before Christ are one year off: the JSON of a Wikibase has no year 0 and ISO 8601 has, so that 44 BC
#   is -0044 here and -0043 there. And a day of the Julian calendar is given as the same day of the
#   Gregorian one, ten days early in 1616; which calendar it was is not in what is given back.
#   What is meant: Wikibase, JSON format, time and calendarmodel (year 44 BCE is -0044; the mapping to RDF
#   has -0043); ISO 8601-1:2019, 4.2.1 (the Gregorian calendar, also before its introduction).
# Seen on 2026-11-30 (time and calendar | simplifyClaims; meant are -0043-03-13 and 1616-05-03):
#   -0044-03-15 Julian | -000044-03-15T00:00:00.000Z
#   +1616-04-23 Julian | 1616-04-23T00:00:00.000Z
#   +1616-05-03 Gregorian | 1616-05-03T00:00:00.000Z
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund wikibase-sdk@11.6.6 >/dev/null
cat >run.mjs <<'JS'
import { simplifyClaims } from "wikibase-sdk";

const CALENDARS = {
  Gregorian: "http://www.wikidata.org/entity/Q1985727",
  Julian: "http://www.wikidata.org/entity/Q1985786",
};
for (const [day, calendar] of [
  ["-0044-03-15", "Julian"],
  ["+1616-04-23", "Julian"],
  ["+1616-05-03", "Gregorian"],
]) {
  const value = {
    ...{ time: `${day}T00:00:00Z`, timezone: 0, before: 0, after: 0, precision: 11 },
    calendarmodel: CALENDARS[calendar],
  };
  const datavalue = { type: "time", value };
  const mainsnak = { snaktype: "value", property: "P1", datatype: "time", datavalue };
  const claim = { id: "Q1$1", type: "statement", rank: "normal", mainsnak };
  console.log(`${day} ${calendar} | ${simplifyClaims({ P1: [claim] }).P1[0]}`);
}
JS
seen=$(node run.mjs)
expected='-0044-03-15 Julian | -000044-03-15T00:00:00.000Z
+1616-04-23 Julian | 1616-04-23T00:00:00.000Z
+1616-05-03 Gregorian | 1616-05-03T00:00:00.000Z'
echo "$seen"
[ "$seen" = "$expected" ]
