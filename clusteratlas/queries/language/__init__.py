"""What a question and an answer are."""
