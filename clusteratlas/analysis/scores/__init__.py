"""How good a set is, how alike two are, and how firmly each industry belongs to one."""
