package demo

import "strings"

// pasLookups are the codes of the old PAS, one domain a line.
func pasLookups() map[string]string {
	return map[string]string{
		"NHSSTAT":  "01=Number present and verified|02=Number present but not traced|03=Trace required|=No number",
		"SEX":      "1=Male|2=Female|9=Not specified",
		"DIAGSTAT": "A=Active|R=Resolved|E=Entered in error",
		"REFSRC":   "GP=General practitioner|SELF=Self referral|AE=Emergency department|SW=Social care|INT=Internal",
		"REFSTAT":  "O=Open|C=Closed|R=Rejected",
		"CONTYPE":  "F=Face to face|T=Telephone|V=Video|H=Home visit",
		"OUTCOME":  "ATT=Attended|DNA=Did not attend|CAN=Cancelled",
		"APPTSTAT": "BK=Booked|AT=Attended|DN=Did not attend|CN=Cancelled",
		"ADMETH":   "11=Elective, waiting list|21=Emergency, via emergency department|28=Emergency, other|81=Transfer",
		"DISDEST":  "19=Usual place of residence|51=Other hospital ward|54=Care home|79=Died|=Not discharged",
		"LEGAL":    "INF=Informal|S2=Section 2, admission for assessment|S3=Section 3, admission for treatment|S136=Section 136",
		"ALERT":    "SH=Risk of self-harm|VIOL=Risk of violence|CLOZ=Clozapine|LITH=Lithium|WAND=Risk of wandering|FALLS=Risk of falls|SAFEG=Safeguarding|OTH=Other",
		"ROLE":     "COORD=Care coordinator|CONS=Consultant psychiatrist|CPN=Community psychiatric nurse|PSY=Clinical psychologist|AMHP=Approved mental health professional",
		"RXSTAT":   "C=Current|S=Stopped|E=Entered in error",
		"DOCTYPE":  "LETTER=Clinical letter|DISCH=Discharge summary|RISK=Risk assessment|CPA=Care programme approach review",
	}
}

// pasReference are the rows of the tables that are not about patients.
func pasReference() map[string][]row {
	rows := map[string][]row{
		"teams": {
			{"team_code": "CMHT1", "team_name": "Community Mental Health Team (Harrowmere)", "phone": "01632 960321"},
			{"team_code": "EIP", "team_name": "Early Intervention in Psychosis", "phone": "01632 960322"},
			{"team_code": "OPMH", "team_name": "Older People's Mental Health", "phone": "01632 960323"},
			{"team_code": "TALK", "team_name": "Talking Therapies", "phone": "01632 960324"},
			{"team_code": "CRHT", "team_name": "Crisis Resolution and Home Treatment", "phone": "01632 960325"},
		},
		"wards": {
			{"ward_code": "LARK", "ward_name": "Larkfield Ward (acute)", "site": "Larkfield House", "phone": "01632 960331"},
			{"ward_code": "ELM", "ward_name": "Elm Ward (older people)", "site": "Larkfield House", "phone": "01632 960332"},
		},
	}
	for _, domain := range sortedKeys(pasLookups()) {
		for pair := range strings.SplitSeq(pasLookups()[domain], "|") {
			code, words, _ := strings.Cut(pair, "=")
			rows["lookups"] = append(rows["lookups"], row{"domain": domain, "code": code, "description": words})
		}
	}
	for code := 'A'; code <= 'Z'; code++ {
		if words := ethnicCategory(string(code)); words != "" {
			rows["lookups"] = append(rows["lookups"], row{"domain": "ETHNIC", "code": string(code), "description": words})
		}
	}
	for _, c := range staff() {
		if c.ods == mentalHealthTrust().ods {
			rows["clinicians"] = append(rows["clinicians"], row{"clin_code": c.id, "surname": c.family, "forename": c.given, "title": c.title,
				"role_code": pasRole(c.specialty), "reg_no": c.registration, "phone": c.phone})
		}
	}
	return rows
}

func pasRole(specialty string) string {
	return map[string]string{"psychiatry": "CONS", "cpn": "CPN", "psychologist": "PSY", "social-worker": "AMHP"}[specialty]
}
