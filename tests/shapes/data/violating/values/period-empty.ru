# A period with neither value nor words.
# expect: PeriodResolved <claim/branch/period> - Violation

DELETE WHERE { <claim/branch/period> lod:wording ?old }
