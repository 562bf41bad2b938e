"""How good a set is, how alike two are, and where each industry stands in one."""
