"""The portfolio of one custom region, without the edition around it."""
