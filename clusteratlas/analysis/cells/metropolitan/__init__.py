"""Metropolitan areas: which counties they have, and what their figures say of these."""
