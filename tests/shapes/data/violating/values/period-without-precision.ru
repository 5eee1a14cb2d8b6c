# A value without a precision.
# expect: PeriodResolved <claim/trade-2023/period> - Violation

DELETE WHERE { <claim/trade-2023/period> lod:precision ?old }
