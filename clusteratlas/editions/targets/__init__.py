"""What can be computed: an edition, one set, a sweep, linkages, the traded check."""
