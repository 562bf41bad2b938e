"""Legal forms and abbreviations, as registers of organizations write them."""

from __future__ import annotations

_LEGAL = """
ab ag bv co comp company corp corpn corpon corporate corporation cos gmbh inc incorp incorporate
incorporated incorporation incorpora corpor corporatio limite kg kgaa lc lcc limited llc llcc lllp
llp lp ltd ltda mfgco nv oy oyj partnership pc plc pllc pte pty sa sarl scp se spa srl ulc
"""
LEGAL_FORMS = frozenset(_LEGAL.split())
"""Words that say the form of a company; they are dropped at the end of a name."""

_SHORT = """
academy: acad
administration administrative admin: admin
advanced adv advncd: adv
agricultural agriculture agri ag: agri
aluminum aluminium alum: alum
america amer americas american: american
associates associate association assn assoc assocs asso ass'n: assn
authority auth: auth
automotive automobile auto: auto
aviation avn: aviation
aerospace aero aerosp: aero
biological biologicals biologics biol: biol
biotechnology biotechnologies biotech biotec: biotech
brothers bros: bros
building bldg: bldg
business businesses: business
center centers centre ctr cntr cent cen: center
central cntrl: central
chemical chemicals chemicl chem chems: chem
children childrens: children
clinical clinic clin: clinic
college coll colg: college
commercial coml comml: coml
commission comm'n: commission
communication communications comms commun: commun
community cmnty cmty commty: community
components component: component
compressor compr: compressor
computer computers computing: computer
construction const constr: constr
consultants consultant consulting: consult
container containers cntnr: container
cooperative coop co-op: coop
county cnty: county
department dept departments: dept
development developments devel dev devl: dev
devices device: device
diagnostics diagnostic diag: diag
distribution distributing distributor distributors distr: distr
district dist: dist
division div: div
education educational educ: educ
electric electrical elec elect elctrc: elec
electronic electronics elecs electrn: electron
energy energies engy: energy
engineering engineers engineer engrg engr eng engg engnrng engring: eng
enterprises enterprise entps ents enter entrprs: entpr
environmental environment envir envrnmtl environ env envtl: env
equipment equip eqpt: equip
facility facilities fac: facility
fabricating fabrication fabricators fabricator fab: fab
federal fed: fed
fertilizer feritlizer fert: fertilizer
financial finance finl fin: fin
foundation fdn found fndn foundtn: fdn
foundry foundries fndry: foundry
general genl gnrl: general
generating generation generator gener gen: gen
government govt gov: govt
group grp groupe: group
headquarters hdqrs hq hqs: hq
health hlth: health
holding holdings hldg hldgs: holding
hospital hospitals hosp hospitl hsptl: hosp
independent indep: indep
industry industries industrial inds ind indus indust indl indstrs: ind
information info: info
institute institutes institution inst instit: inst
instrument instruments instr instrs instrumentation: instr
insurance ins insur: insurance
integrated integ: integrated
international intl internatl internat intnl int'l: intl
investment investments inv invest: invest
junior jr: jr
laboratory laboratories lab labs laboratorys labratories laboratorie: lab
landfill lf: landfill
machine machines machinery mach: mach
maintenance maint: maint
management mgmt mgt managment mangement: mgmt
manufacturing manufacturers manufacturer mfg mfgs mfr mfrs manufac manuf manufact manufctrng: mfg
marketing mktg: mktg
materials material matls matl mtls: matl
mechanical mech: mech
medical medicine medic med medicl: med
medicines: med
memorial mem meml: meml
metropolitan metro: metro
mount mt: mt
mountain mtn: mtn
municipal mun munic: muni
national natl nat nat'l nation: natl
east: e
north: n
nutrition nutritional: nutrition
operations operation operating opns oper ops opers operatio operatns: oper
organization organizations org: org
packaging packing pkg pckg: pkg
partners partner ptnrs: partner
petroleum petro petrol: petro
pharmaceutical pharmaceuticals pharmaceutcials pharma pharms pharm pharmaceutica pharmaceut: pharm
pharmacy pharmacies: pharmacy
photonics photonic: photonic
pipeline pipelines: pipeline
plant plants plt plnt: plant
plastic plastics plas: plastic
power pwr powr: power
polytechnic polytech poly: polytech
prep preparatory: prep
printing prntg: printing
processing process proc: process
production productions products product prods prod prdcts: prod
professional prof: prof
properties property props: property
recycling recyc: recycling
refinery refining refineries refy refng ref refry: refining
regional reg: reg
rehabilitation rehab: rehab
research rsch resch resrch: research
resources resource res resrcs: resource
saint sainte ste: st
school schools sch: school
science sciences scientific sci scis: sci
semiconductor semiconductors semi semicon: semicon
service services svc svcs serv servs srvcs srvc: svc
society soc: soc
software sftwr softwr: software
solutions solution solns solutns: solution
south: s
specialty specialties speciality spec: specialty
station stations stn sta: station
studies: study
supply supplies supp: supply
surgical surgery surg: surg
system systems sys syst systs: system
technical tech techl techn: tech
technology technologies technol technolgy techs technologys technolog tec: tech
terminal term trml tml: terminal
therapeutic therapeutics therap thera: thera
transmission trans: transmission
transportation transport transp: transport
treatment trtmt: treatment
university universities univ unversity universty univers u: univ
utility utilities util utils: util
veterans vets: veterans
veterinary vet: vet
wastewater ww: wastewater
west: w
workshop wrkshp: workshop
works wks: works
"""

ABBREVIATIONS = {
    word: line.partition(":")[2].strip()
    for line in _SHORT.strip().splitlines()
    for word in line.partition(":")[0].replace("'", "").split()
}
"""Word -> how the normal form writes it; several words may share one (laboratory, labs: lab)."""
