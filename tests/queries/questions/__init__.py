"""Tests of one question each, with its arguments on the tiny atlas (`ASKED`)."""
