"""From linkages to sets of definitions: derived, reviewed, resampled, named, scored."""
