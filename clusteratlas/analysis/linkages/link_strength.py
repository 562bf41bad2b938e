"""Strength of any link of the graph on one scale, so that paths over links of all kinds rank."""

from __future__ import annotations

FEW_JOBS = 500
"""Jobs at which a presence in a region counts half of what its location quotient says."""

MEMBERSHIP = {"core": 0.95, "usual": 0.85, "marginal": 0.7}
"""Strength of a membership by its mark."""

AT_FULL_CONFIDENCE = {
    "TAKES_PART_IN": 0.95,
    "OWNED_BY": 0.95,
    "UNIT_OF": 0.95,
    "SUCCEEDED_BY": 0.9,
    "CLASSIFIED_AS": 0.9,
    "FUNDED_BY": 0.7,
    "PARTNER_OF": 0.7,
}
"""Strength of links of organizations whose confidence is 1."""

OF_PLACES = 0.6
"""Strength of links that only say where something is: PART_OF, SITUATED_IN, ADJACENT_TO."""


def link_strength(link: str, figure: float, second: float = 0.0, detail: str = "") -> float:
    """Strength of a link on one scale, 0 (nothing) to 1 (certain).

    ==============  =========================================================================
    MEMBER_OF       0.95 core, 0.85 usual, 0.7 marginal
    RELATED_TO      z / (z + 1), z the combined relatedness in standard deviations
    LINKED_TO       percentile of the pair / 100
    SUPPLIES        s / (s + 0.1), s the larger of input and output share
    LOCATED_IN      q / (q + 1) * n / (n + 500), q the location quotient, n the jobs: a quotient
                    of a few jobs says little; a tenth less if not a strong cluster
    PRESENT_IN      the same of the industry
    TAKES_PART_IN   0.95 times the confidence; CLASSIFIED_AS 0.9, OWNED_BY and UNIT_OF 0.95,
                    SUCCEEDED_BY 0.9, FUNDED_BY and PARTNER_OF 0.7 times it
    PART_OF         0.6; SITUATED_IN, of an organization, and ADJACENT_TO, too
    ==============  =========================================================================

    The scale ranks paths; it is a convention and no estimate.

    Parameters
    ----------
    link
        Type of the relationship.
    figure
        Its first figure, as the table has it; below 0 counts as 0.
    second
        Jobs, for LOCATED_IN and PRESENT_IN.
    detail
        Mark of a membership; ``strong`` for a strong cluster.

    Returns
    -------
    float
        0..1.
    """
    x = max(figure, 0.0)
    match link:
        case "MEMBER_OF":
            return MEMBERSHIP.get(detail, MEMBERSHIP["usual"])
        case "LINKED_TO":
            return x / 100
        case "SUPPLIES":
            return x / (x + 0.1)
        case "LOCATED_IN" | "PRESENT_IN":
            usual = link == "LOCATED_IN" and detail != "strong"
            return x / (x + 1) * second / (second + FEW_JOBS) * (0.9 if usual else 1.0)
        case "RELATED_TO":
            return x / (x + 1)
        case _:
            return AT_FULL_CONFIDENCE[link] * x if link in AT_FULL_CONFIDENCE else OF_PLACES
