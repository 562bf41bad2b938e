// Whether the register of all universities and colleges is in the atlas.
MATCH (g:Register {key: 'ipeds'})
RETURN count(g) AS registers
