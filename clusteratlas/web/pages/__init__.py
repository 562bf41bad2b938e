"""Pages by what they are about, each a router over the site."""
