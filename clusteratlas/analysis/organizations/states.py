"""States as names of organizations say them."""

from __future__ import annotations

from clusteratlas.analysis.organizations.names import normal_form

_STATES = """
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut;
DE Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois;
IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; ME Maine; MD Maryland;
MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi; MO Missouri; MT Montana;
NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York;
NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania;
RI Rhode Island; SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont;
VA Virginia; WA Washington; WV West Virginia; WI Wisconsin; WY Wyoming; PR Puerto Rico
"""

STATE_WORDS = {
    state.split()[0]: normal_form(f"x {state}").removeprefix("x ")
    for state in " ".join(_STATES.split()).split("; ")
}
"""Postal abbreviation of a state -> that and its name, in their normal forms."""
