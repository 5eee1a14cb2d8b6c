#!/usr/bin/env bash
# Version: dom-anchor-text-quote 4.0.2 (npm; Node.js 20).
# Behaviour: a TextQuoteSelector whose words no longer stand in the text is anchored on words that are
#   like them: another number, another unit, the opposite. What is given back is a position as for
#   the exact words, with no word or score that tells the two apart; who needs the words compares them.
# Seen on 2026-11-30 (exact | text | anchored on):
#   grew by 3 percent | Trade grew by 8 percent in 2024 | grew by 8 percent
#   28 billion dollars | They spent 28 million dollars. | 28 million dollars
#   does not support | The council does now support it | does now support
#   grew by 3 percent | The bridge opened in May. | null
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dom-anchor-text-quote@4.0.2 >/dev/null
cat >anchor.js <<'JS'
const anchor = require("dom-anchor-text-quote");
for (const [exact, text] of [
  ["grew by 3 percent", "Trade grew by 8 percent in 2024"],
  ["28 billion dollars", "They spent 28 million dollars."],
  ["does not support", "The council does now support it"],
  ["grew by 3 percent", "The bridge opened in May."],
]) {
  const place = anchor.toTextPosition({ textContent: text }, { exact });
  console.log(`${exact} | ${text} | ${place && text.slice(place.start, place.end)}`);
}
JS
seen=$(node anchor.js)
expected='grew by 3 percent | Trade grew by 8 percent in 2024 | grew by 8 percent
28 billion dollars | They spent 28 million dollars. | 28 million dollars
does not support | The council does now support it | does now support
grew by 3 percent | The bridge opened in May. | null'
echo "$seen"
[ "$seen" = "$expected" ]
