"""Loaders of who does which work: the Occupational Employment and Wage Statistics since 2019."""
