// Lists that organizations were taken from.
MATCH (g:Register)
RETURN g.key AS key,
       g.title AS title,
       g.holds AS holds,
       g.lacks AS lacks,
       g.year AS year,
       g.records AS records,
       g.placed AS placed,
       g.classified AS classified,
       g.organizations AS organizations,
       g.source AS source
ORDER BY key
