"""Tables of a user's own, in any of the forms that spreadsheets and programs write."""
