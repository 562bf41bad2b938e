"""Registers of universities, hospitals and research institutes."""
