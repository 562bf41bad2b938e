"""From linkages to sets of clusters: functions, recipes, outliers, subclusters, names."""
