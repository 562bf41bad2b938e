"""What a question and an answer are, apart from any question: how one is declared and checked."""
