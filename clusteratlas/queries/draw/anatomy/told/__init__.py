"""An anatomy in words."""
