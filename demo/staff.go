package demo

// clinician is a professional of one of the organisations.
type clinician struct {
	id                   string // local id in every system that knows them
	title, given, family string
	role, roleCode       string // SDS job role
	specialty            string
	registration         string // GMC, NMC or HCPC number
	ods                  string
	phone                string
	team                 string
}

func (c clinician) name() string { return c.title + " " + c.given + " " + c.family }

// staff are the professionals of the region, the same for every seed. The
// specialty is how histories ask for one.
func staff() []clinician {
	gp, nurse := "General Medical Practitioner", "Nurse"
	return []clinician{
		{"gp-1001", "Dr", "Alisdair", "Penhaligon", gp, "R0260", "gp", "C9100101", "Z99001", "01632 960111", ""},
		{"gp-1002", "Dr", "Sunita", "Ramaswamipur", gp, "R0260", "gp", "C9100102", "Z99001", "01632 960112", ""},
		{"gp-1003", "Sister", "Colette", "Fawkesbury", nurse, "R0620", "practice-nurse", "N9100103", "Z99001", "01632 960113", ""},
		{"gp-2001", "Dr", "Bronwen", "Treharnedy", gp, "R0260", "gp", "C9100201", "Z99002", "01632 960121", ""},
		{"gp-2002", "Dr", "Tobias", "Winterbourne", gp, "R0260", "gp", "C9100202", "Z99002", "01632 960122", ""},
		{"gp-2003", "Mr", "Desmond", "Applegarth", nurse, "R0620", "practice-nurse", "N9100203", "Z99002", "01632 960123", ""},
		{"gp-3001", "Dr", "Olufemi", "Bankolewa", gp, "R0260", "gp", "C9100301", "Z99003", "01632 960131", ""},
		{"gp-3002", "Dr", "Harriet", "Colquitt", gp, "R0260", "gp", "C9100302", "Z99003", "01632 960132", ""},
		{"gp-3003", "Ms", "Ludmila", "Petrovarin", nurse, "R0620", "practice-nurse", "N9100303", "Z99003", "01632 960133", ""},
		{"gp-4001", "Dr", "Fergus", "Macquoid", gp, "R0260", "gp", "C9100401", "Z99004", "01632 960141", ""},
		{"gp-4002", "Dr", "Nadia", "Farouzi", gp, "R0260", "gp", "C9100402", "Z99004", "01632 960142", ""},
		{"gp-4003", "Mrs", "Gwendoline", "Struthers", nurse, "R0620", "practice-nurse", "N9100403", "Z99004", "01632 960143", ""},

		{"hos-01", "Dr", "Marcus", "Thistlewood", "Consultant", "R0050", "respiratory", "C9200001", "RZH", "01632 960211", ""},
		{"hos-02", "Dr", "Ifeoma", "Nwachuku", "Consultant", "R0050", "diabetes", "C9200002", "RZH", "01632 960212", ""},
		{"hos-03", "Dr", "Gilbert", "Ormesby", "Consultant", "R0050", "cardiology", "C9200003", "RZH", "01632 960213", ""},
		{"hos-04", "Dr", "Rosalind", "Eddington", "Consultant", "R0050", "elderly", "C9200004", "RZH", "01632 960214", ""},
		{"hos-05", "Miss", "Henrietta", "Vance-Poole", "Consultant", "R0050", "obstetrics", "C9200005", "RZH", "01632 960215", ""},
		{"hos-06", "Mr", "Jonathan", "Sawbridge", "Consultant", "R0050", "orthopaedics", "C9200006", "RZH", "01632 960216", ""},
		{"hos-07", "Dr", "Leopold", "Zimmermanov", "Consultant", "R0050", "renal", "C9200007", "RZH", "01632 960217", ""},
		{"hos-08", "Dr", "Catrin", "Maddoxley", "Consultant", "R0050", "paediatrics", "C9200008", "RZH", "01632 960218", ""},
		{"hos-09", "Dr", "Anselm", "Brightwater", "Consultant", "R0050", "emergency", "C9200009", "RZH", "01632 960219", ""},
		{"hos-10", "Mr", "Quentin", "Hathersage", "Consultant", "R0050", "surgery", "C9200010", "RZH", "01632 960220", ""},
		{"hos-11", "Ms", "Perpetua", "Adomako", nurse, "R0570", "ward-nurse", "N9200011", "RZH", "01632 960221", ""},
		{"hos-12", "Dr", "Imogen", "Castlereagh", "Specialty Registrar", "R6200", "sexual-health", "C9200012", "RZH", "01632 960222", ""},
		{"hos-13", "Mr", "Rupert", "Lansdowne", "Clinical Pharmacist", "R1290", "pharmacist", "P9200013", "RZH", "01632 960223", ""},
		{"hos-14", "Dr", "Edmund", "Sharpcastle", "Consultant", "R0050", "radiology", "C9200014", "RZH", "01632 960224", ""},

		{"CL001", "Dr", "Mairead", "Conmarra", "Consultant", "R0050", "psychiatry", "C9300001", "RZM", "01632 960311", "CMHT1"},
		{"CL002", "Dr", "Absalom", "Greaveson", "Consultant", "R0050", "psychiatry", "C9300002", "RZM", "01632 960312", "OPMH"},
		{"CL003", "Mr", "Leroy", "Hendricksen", "Community Mental Health Nurse", "R1420", "cpn", "N9300003", "RZM", "01632 960313", "CMHT1"},
		{"CL004", "Ms", "Tamsin", "Oakhanger", "Community Mental Health Nurse", "R1420", "cpn", "N9300004", "RZM", "01632 960314", "EIP"},
		{"CL005", "Dr", "Yolanda", "Brightling", "Clinical Psychologist", "R1000", "psychologist", "PY930005", "RZM", "01632 960315", "TALK"},
		{"CL006", "Ms", "Saoirse", "Kilbridey", "Approved Mental Health Professional", "R8018", "social-worker", "SW930006", "RZM", "01632 960316", "CRHT"},

		{"SW-11", "Ms", "Delphine", "Marchbanks", "Social Worker", "R8018", "social-worker", "SW940011", "9Z1", "01632 960411", "Older People's Team"},
		{"SW-12", "Mr", "Tyrone", "Ashcombe", "Social Worker", "R8018", "social-worker", "SW940012", "9Z1", "01632 960412", "Adult Locality Team"},
		{"SW-13", "Mrs", "Philippa", "Dunnockshaw", "Occupational Therapist", "R8019", "ot", "OT940013", "9Z1", "01632 960413", "Reablement Team"},
		{"SW-14", "Ms", "Chioma", "Ekwensi", "Care Coordinator", "R8014", "care-coordinator", "", "9Z1", "01632 960414", "Home Care Brokerage"},
	}
}

// roster finds staff.
type roster struct{ all []clinician }

// of is a clinician of an organisation by specialty: one of them, the same
// for the same n. Whoever is missing is replaced by a colleague.
func (r roster) of(ods, specialty string, n int) clinician {
	var fit, colleagues []clinician
	for _, c := range r.all {
		if c.ods != ods {
			continue
		}
		colleagues = append(colleagues, c)
		if c.specialty == specialty {
			fit = append(fit, c)
		}
	}
	if len(fit) == 0 {
		fit = colleagues
	}
	return fit[n%len(fit)]
}
