"""Sheets and columns of the data summary spreadsheet of the Greenhouse Gas Reporting Program."""

from __future__ import annotations

SHEETS = {
    "Direct Emitters": "Total reported direct emissions",
    "Onshore Oil & Gas Prod.": "Total reported emissions from Onshore Oil & Gas Production",
    "Gathering & Boosting": "Total reported emissions from Gathering & Boosting",
    "Transmission Pipelines": "Total reported direct emissions from Transmission Pipelines",
    "LDC - Direct Emissions": "Total reported direct emissions from Local Distribution Companies",
    "SF6 from Elec. Equip.": "Total reported direct emissions from Electrical Equipment Use",
    "Suppliers": None,
    "CO2 Injection": None,
    "Geologic Sequestration of CO2": None,
}
"""Sheets of the summary, and the column of each that holds what the facility itself emits."""
PLACE = ("City", "State", "Zip Code", "Address", "County", "Latitude", "Longitude")
FACTS = (
    "Facility Id",
    "FRS Id",
    "Facility Name",
    "Primary NAICS Code",
    "Industry Type (subparts)",
    "Industry Type (sectors)",
)
READ = frozenset(
    {*FACTS, *PLACE, *(f"Reported {c}" for c in PLACE), *filter(None, SHEETS.values())}
) - {"Industry Type (subparts)"}
IGNORED = frozenset(
    {
        "Industry Type (subparts)",
        "Basin",
        "State where Emissions Occur",
        "CO2 emissions (non-biogenic)",
        "Methane (CH4) emissions",
        "Nitrous Oxide (N2O) emissions",
        "HFC emissions",
        "PFC emissions",
        "SF6 emissions",
        "NF3 emissions",
        "Other Fully Fluorinated GHG emissions",
        "HFE emissions",
        "Very Short-lived Compounds emissions",
        "Other GHGs (metric tons CO2e)",
        "Biogenic CO2 emissions (metric tons)",
        "Stationary Combustion",
        "Electricity Generation",
        "Adipic Acid Production",
        "Aluminum Production",
        "Ammonia Manufacturing",
        "Cement Production",
        "Electronics Manufacture",
        "Ferroalloy Production",
        "Fluorinated GHG Production",
        "Glass Production",
        "HCFC\u201322 Production from HFC\u201323 Destruction",
        "Hydrogen Production",
        "Iron and Steel Production",
        "Lead Production",
        "Lime Production",
        "Magnesium Production",
        "Miscellaneous Use of Carbonates",
        "Nitric Acid Production",
        "Petroleum and Natural Gas Systems \u2013 Offshore Production",
        "Petroleum and Natural Gas Systems \u2013 Processing",
        "Petroleum and Natural Gas Systems \u2013 Transmission/Compression",
        "Petroleum and Natural Gas Systems \u2013 Underground Storage",
        "Petroleum and Natural Gas Systems \u2013 LNG Storage",
        "Petroleum and Natural Gas Systems \u2013 LNG Import/Export",
        "Petrochemical Production",
        "Petroleum Refining",
        "Phosphoric Acid Production",
        "Pulp and Paper Manufacturing",
        "Silicon Carbide Production",
        "Soda Ash Manufacturing",
        "Titanium Dioxide Production",
        "Underground Coal Mines",
        "Zinc Production",
        "Municipal Landfills",
        "Industrial Wastewater Treatment",
        "Manufacture of Electric Transmission and Distribution Equipment",
        "Industrial Waste Landfills",
        "Is some CO2 collected on-site and used to manufacture other products and therefore not "
        "emitted from the affected manufacturing process unit(s)? (as reported under Subpart G or "
        "S)",
        "Is some CO2 reported as emissions from the affected manufacturing process unit(s) under "
        "Subpart AA, G or P collected and transferred off-site or injected (as reported under "
        "Subpart PP)?",
        "Does the facility employ continuous emissions monitoring?",
        "GHG Quantity Associated with Coal-based liquid fuel production",
        "GHG Quantity Associated with Petroleum Products Produced",
        "GHG Quantity Associated with Petroleum Products Imported",
        "GHG Quantity Associated with Petroleum Products Exported",
        "GHG Quantity Associated with Natural Gas Supply",
        "GHG Quantity Associated with Natural Gas Liquids Supply",
        "GHG Quantity Associated with CO2 Supply",
        "Quantity of CO2 Received for Injection",
        "Total Mass of CO2 Sequestered",
    }
)
