"""Questions of how a region performs through time, and what is around its clusters."""
