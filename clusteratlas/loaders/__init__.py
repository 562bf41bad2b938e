"""Loaders: one frozen source object per public file, raw file in, tidy table out."""
