"""Questions about clusters: members, links, occupations, subclusters, comparisons."""
