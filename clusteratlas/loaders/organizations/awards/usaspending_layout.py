"""Columns of USAspending's subaward files, in the older naming (DUNS, FSRS) and the newer (UEI).

Names and pay of officers are listed here only to say that they are never read.
"""

from __future__ import annotations

AWARD = {
    "prime_award_unique_key": "award",
    "subaward_number": "number",
    "subaward_amount": "amount",
    "subaward_action_date": "date",
}
"""Columns about the subaward."""
PARTY = ("name", "address_line_1", "city_name", "state_code", "zip_code", "country_code")
"""What is said of both parties, after ``prime_awardee_`` and ``subawardee_``."""
REPORTS = ("sam", "fsrs")
"""The system that a prime reports to, now and until 2025."""
FILED = ("year", "month", "last_modified_date")
"""What says when a report was filed, after ``subaward_sam_report_`` and its like."""
READ = frozenset(
    {*AWARD, *(f"prime_awardee_{c}" for c in PARTY), *(f"subawardee_{c}" for c in PARTY)}
)
OPTIONAL = frozenset(
    {
        "prime_awardee_uei",
        "prime_awardee_duns",
        "prime_awardee_county_fips_code",
        "subawardee_uei",
        "subawardee_duns",
        "subawardee_dba_name",
        "prime_award_naics_code",
        *(f"subaward_{report}_report_{part}" for report in REPORTS for part in FILED),
    }
)
"""Read where they are there: a file has UEI, DUNS or both; only contracts have a NAICS code."""
OFFICERS = frozenset(
    f"{start}highly_compensated_officer_{n}_{what}"
    for start in ("", "subawardee_", "prime_awardee_")
    for n in range(1, 6)
    for what in ("name", "amount")
)
"""Named persons: never read."""
_AGENCY = frozenset(
    f"prime_award_{verb}_{level}_{what}"
    for verb in ("awarding", "funding")
    for level in ("agency", "sub_agency", "office")
    for what in ("code", "name")
)
_PLACE = frozenset(
    f"{start}_primary_place_of_performance_{what}"
    for start in ("prime_award", "subaward")
    for what in (
        "scope",
        "address_line_1",
        "city_name",
        "county_fips_code",
        "county_name",
        "state_fips_code",
        "state_code",
        "state_name",
        "address_zip_code",
        "zip_code",
        "congressional_district",
        "country_code",
        "country_name",
    )
)
_PARTIES = frozenset(
    f"{start}_{what}"
    for start in ("prime_awardee", "subawardee")
    for what in (
        "parent_uei",
        "parent_duns",
        "parent_name",
        "dba_name",
        "country_name",
        "county_fips_code",
        "county_name",
        "state_fips_code",
        "state_name",
        "congressional_district",
        "foreign_postal_code",
        "business_types",
    )
)
_MONEY = frozenset(
    {
        "prime_award_amount",
        "prime_award_disaster_emergency_fund_codes",
        "prime_award_outlayed_amount_from_COVID-19_supplementals",
        "prime_award_obligated_amount_from_COVID-19_supplementals",
        "prime_award_outlayed_amount_from_IIJA_supplemental",
        "prime_award_obligated_amount_from_IIJA_supplemental",
        "outlayed_amount_from_IIJA_supplemental",
        "obligated_amount_from_IIJA_supplemental",
        "prime_award_total_outlayed_amount",
        "prime_award_treasury_accounts_funding_this_award",
        "prime_award_federal_accounts_funding_this_award",
        "prime_award_object_classes_funding_this_award",
        "prime_award_program_activities_funding_this_award",
    }
)
_OTHER = frozenset(
    {
        "prime_award_piid",
        "prime_award_parent_piid",
        "prime_award_fain",
        "prime_award_base_action_date",
        "prime_award_base_action_date_fiscal_year",
        "prime_award_latest_action_date",
        "prime_award_latest_action_date_fiscal_year",
        "prime_award_period_of_performance_start_date",
        "prime_award_period_of_performance_current_end_date",
        "prime_award_period_of_performance_potential_end_date",
        "prime_award_summary_recipient_cd_original",
        "prime_award_summary_recipient_cd_current",
        "prime_award_summary_place_of_performance_cd_original",
        "prime_award_summary_place_of_performance_cd_current",
        "prime_award_base_transaction_description",
        "prime_award_project_title",
        "prime_award_naics_description",
        "prime_award_national_interest_action_code",
        "prime_award_national_interest_action",
        "prime_award_cfda_number",
        "prime_award_cfda_title",
        "prime_award_cfda_numbers_and_titles",
        "subaward_type",
        "subaward_fsrs_report_id",
        "subaward_sam_report_id",
        "subaward_action_date_fiscal_year",
        "subaward_recipient_cd_original",
        "subaward_recipient_cd_current",
        "subaward_place_of_performance_cd_original",
        "subaward_place_of_performance_cd_current",
        "subaward_description",
        "usaspending_permalink",
    }
)
IGNORED = (OFFICERS | _AGENCY | _PLACE | _PARTIES | _MONEY | _OTHER) - OPTIONAL
