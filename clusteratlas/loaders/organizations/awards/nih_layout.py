"""Columns of the yearly project files of NIH ExPORTER."""

from __future__ import annotations

WANTED = frozenset(
    [
        "APPLICATION_ID",
        "ORG_CITY",
        "ORG_COUNTRY",
        "ORG_DUNS",
        "ORG_NAME",
        "ORG_STATE",
        "ORG_ZIPCODE",
        "SUBPROJECT_ID",
        "TOTAL_COST",
    ]
)
PERSONS = frozenset({"PI_IDS", "PI_NAMEs", "PI_NAMES", "PROGRAM_OFFICER_NAME"})
"""Columns about named persons, which are never read."""
IGNORED = PERSONS | frozenset(
    [
        "ACTIVITY",
        "ADMINISTERING_IC",
        "APPLICATION_TYPE",
        "ARRA_FUNDED",
        "ASSISTANCE_LISTING_NUMBER",
        "AWARD_NOTICE_DATE",
        "BUDGET_START",
        "BUDGET_END",
        "CFDA_CODE",
        "CORE_PROJECT_NUM",
        "DIRECT_COST_AMT",
        "ED_INST_TYPE",
        "FOA_NUMBER",
        "FULL_PROJECT_NUM",
        "FUNDING_ICs",
        "FUNDING_MECHANISM",
        "FY",
        "IC_NAME",
        "INDIRECT_COST_AMT",
        "NIH_SPENDING_CATS",
        "OPPORTUNITY NUMBER",
        "ORG_DEPT",
        "ORG_DISTRICT",
        "ORG_FIPS",
        "ORG_IPF_CODE",
        "ORG_UEI",
        "PHR",
        "PROJECT_END",
        "PROJECT_START",
        "PROJECT_TERMS",
        "PROJECT_TITLE",
        "SERIAL_NUMBER",
        "STUDY_SECTION",
        "STUDY_SECTION_NAME",
        "SUFFIX",
        "SUPPORT_YEAR",
        "TOTAL_COST_SUB_PROJECT",
    ]
)
