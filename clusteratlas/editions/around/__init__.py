"""What is around the clusters of regions: indicators, and occupations where they are."""
