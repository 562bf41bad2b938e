"""Questions about trade: whom a cluster buys from and sells to, and what a region lacks."""
