"""The questions that the atlas answers: one declared object and one .cypher file each."""
