"""Rows as they are written for others: JSON, CSV, Parquet, Markdown and workbooks, to any face."""
