# A group that is a member of its member.
# expect: Entity <entity/harbor-masters> path Violation
# expect: Entity <entity/ships> path Violation

INSERT DATA {
  <entity/harbor-masters> schema:member <entity/ships> .
  <entity/ships> schema:member <entity/harbor-masters> }
