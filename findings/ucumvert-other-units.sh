#!/usr/bin/env bash
# Version: ucumvert 0.3.2 with pint 0.25.3 (Python 3.11), @lhncbc/ucum-lhc 7.1.10 (npm; Node.js 20).
# Behaviour: some codes of UCUM become another unit of pint, without an error: a cubic foot is a hundredth
#   of a foot (pint reads "cft" as centi-foot), and a cubic yard a centiyard; the minute and second of an
#   angle are those of a clock; the Calorie of food labels is a thousandth of itself; the British rod,
#   chain and link are a twelfth. Three of these are of another dimension, of which only a conversion
#   tells. Most other codes come out right, so that a trial with metres or pounds shows nothing.
#   Specification: The Unified Code for Units of Measure 2.2, ucum-essence.xml, which ucumvert carries:
#   [cft_i] is 1 [ft_i]3, [cyd_i] 1 [yd_i]3, ' 1/60 deg, '' 1/60 ', [Cal] 1 kcal_th, [rd_br] 16.5 [ft_br].
# Seen on 2026-11-30 (code | ucumvert | ucum-lhc):
#   [ft_i] | 0.3048 meter | 0.3048 m
#   [cft_i] | 0.003048 meter | 0.0283168 m3
#   [cyd_i] | 0.009144 meter | 0.764555 m3
#   ' | 60 second | 0.000290888 rad
#   '' | 1 second | 0.00000484814 rad
#   [Cal] | 4.184 kilogram * meter ** 2 / second ** 2 | 4184 J
#   [rd_br] | 0.419101 meter | 5.0292 m
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'ucumvert==0.3.2' 'pint==0.25.3'
npm install --silent --no-audit --no-fund @lhncbc/ucum-lhc@7.1.10 >/dev/null
cat >codes.json <<'JSON'
[
  ["[ft_i]", "m"],
  ["[cft_i]", "m3"],
  ["[cyd_i]", "m3"],
  ["'", "rad"],
  ["''", "rad"],
  ["[Cal]", "J"],
  ["[rd_br]", "m"]
]
JSON
cat >run.cjs <<'JS'
const { UcumLhcUtils } = require("@lhncbc/ucum-lhc");
const utils = UcumLhcUtils.getInstance();
for (const [code, unit] of require("./codes.json")) {
  const { toVal } = utils.convertUnitTo(code, 1, unit);
  console.log(`${Number(toVal.toPrecision(6))} ${unit}`);
}
JS
cat >run.py <<'PY'
import json
from pathlib import Path

from ucumvert import PintUcumRegistry

registry = PintUcumRegistry()
for code, _ in json.loads(Path("codes.json").read_text()):
    quantity = registry.from_ucum(code).to_base_units()
    print(code, f"{quantity.magnitude:.6g} {quantity.units}", sep=" | ")
PY
"$folder/venv/bin/python" run.py >first
node run.cjs >second
seen=$(paste -d '|' first second | sed 's/|\([^|]*\)$/ | \1/')
expected="[ft_i] | 0.3048 meter | 0.3048 m
[cft_i] | 0.003048 meter | 0.0283168 m3
[cyd_i] | 0.009144 meter | 0.764555 m3
' | 60 second | 0.000290888 rad
'' | 1 second | 0.00000484814 rad
[Cal] | 4.184 kilogram * meter ** 2 / second ** 2 | 4184 J
[rd_br] | 0.419101 meter | 5.0292 m"
echo "$seen"
[ "$seen" = "$expected" ]
