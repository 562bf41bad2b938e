"""Tables of any size: measured by SQL, and made up for a trial."""
