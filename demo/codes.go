package demo

// illness is a problem with its codes in both terminologies and where it is
// usually known.
type illness struct {
	code  concept
	icd10 string
}

// illnesses by a short name. Codes are of SNOMED CT and ICD-10.
func illnesses() map[string]illness {
	return map[string]illness{
		"asthma":          {sct("195967001", "Asthma"), "J459"},
		"diabetes":        {sct("44054006", "Type 2 diabetes mellitus"), "E119"},
		"hypertension":    {sct("59621000", "Essential hypertension"), "I10X"},
		"copd":            {sct("13645005", "Chronic obstructive lung disease"), "J449"},
		"depression":      {sct("35489007", "Depressive disorder"), "F329"},
		"anxiety":         {sct("21897009", "Generalised anxiety disorder"), "F411"},
		"schizophrenia":   {sct("58214004", "Schizophrenia"), "F200"},
		"bipolar":         {sct("13746004", "Bipolar disorder"), "F319"},
		"dementia":        {sct("26929004", "Alzheimer's disease"), "F009"},
		"ckd3":            {sct("433144002", "Chronic kidney disease stage 3"), "N183"},
		"pregnant":        {sct("77386006", "Pregnant"), "Z33X"},
		"falls":           {sct("279992002", "Recurrent falls"), "R296"},
		"frailty":         {sct("248279007", "Frailty"), "R54X"},
		"osteoarthritis":  {sct("239873007", "Osteoarthritis of knee"), "M179"},
		"af":              {sct("49436004", "Atrial fibrillation"), "I489"},
		"ihd":             {sct("414545008", "Ischaemic heart disease"), "I259"},
		"heart-failure":   {sct("84114007", "Heart failure"), "I509"},
		"eczema":          {sct("43116000", "Eczema"), "L309"},
		"otitis":          {sct("65363002", "Otitis media"), "H669"},
		"hypothyroidism":  {sct("40930008", "Hypothyroidism"), "E039"},
		"reflux":          {sct("235595009", "Gastro-oesophageal reflux disease"), "K219"},
		"migraine":        {sct("37796009", "Migraine"), "G439"},
		"epilepsy":        {sct("84757009", "Epilepsy"), "G409"},
		"anaemia":         {sct("87522002", "Iron deficiency anaemia"), "D509"},
		"chlamydia":       {sct("240589008", "Chlamydia trachomatis infection"), "A749"},
		"hip-fracture":    {sct("5913000", "Fracture of neck of femur"), "S720"},
		"pneumonia":       {sct("233604007", "Pneumonia"), "J189"},
		"uti":             {sct("68566005", "Urinary tract infectious disease"), "N390"},
		"appendicitis":    {sct("74400008", "Appendicitis"), "K37X"},
		"hay-fever":       {sct("367498001", "Seasonal allergic rhinitis"), "J302"},
		"croup":           {sct("71186008", "Croup"), "J050"},
		"retinopathy":     {sct("4855003", "Diabetic retinopathy"), "H360"},
		"gout":            {sct("90560007", "Gout"), "M109"},
		"hyperlipidaemia": {sct("55822004", "Hyperlipidaemia"), "E785"},
	}
}

// drug is a medicine as prescribed.
type drug struct {
	code              concept
	dose, route, freq string
}

// drugs by a short name; codes are dm+d-like and not for reuse.
func drugs() map[string]drug {
	return map[string]drug{
		"salbutamol":     {sct("320151000", "Salbutamol 100micrograms/dose inhaler CFC free"), "2 puffs", "Inhalation", "when required"},
		"beclometasone":  {sct("320282007", "Beclometasone 100micrograms/dose inhaler CFC free"), "2 puffs", "Inhalation", "twice a day"},
		"tiotropium":     {sct("407756009", "Tiotropium bromide 18microgram inhalation powder capsules"), "1 capsule", "Inhalation", "once a day"},
		"prednisolone":   {sct("325426006", "Prednisolone 5mg tablets"), "8 tablets", "Oral", "once a day for 5 days"},
		"metformin":      {sct("325278007", "Metformin 500mg tablets"), "2 tablets", "Oral", "twice a day with food"},
		"gliclazide":     {sct("325238000", "Gliclazide 80mg tablets"), "1 tablet", "Oral", "once a day with breakfast"},
		"insulin":        {sct("411531001", "Insulin glargine 100units/ml solution for injection 3ml pre-filled pens"), "18 units", "Subcutaneous", "at night"},
		"atorvastatin":   {sct("320030001", "Atorvastatin 20mg tablets"), "1 tablet", "Oral", "at night"},
		"amlodipine":     {sct("319283006", "Amlodipine 5mg tablets"), "1 tablet", "Oral", "once a day"},
		"ramipril":       {sct("318906001", "Ramipril 5mg capsules"), "1 capsule", "Oral", "once a day"},
		"bisoprolol":     {sct("318611002", "Bisoprolol 2.5mg tablets"), "1 tablet", "Oral", "once a day"},
		"furosemide":     {sct("317972000", "Furosemide 40mg tablets"), "1 tablet", "Oral", "in the morning"},
		"apixaban":       {sct("703908001", "Apixaban 5mg tablets"), "1 tablet", "Oral", "twice a day"},
		"aspirin":        {sct("319775004", "Aspirin 75mg dispersible tablets"), "1 tablet", "Oral", "once a day"},
		"naproxen":       {sct("329694000", "Naproxen 500mg tablets"), "1 tablet", "Oral", "twice a day with food"},
		"sertraline":     {sct("321949006", "Sertraline 50mg tablets"), "1 tablet", "Oral", "once a day"},
		"mirtazapine":    {sct("321957009", "Mirtazapine 15mg tablets"), "1 tablet", "Oral", "at night"},
		"olanzapine":     {sct("321600001", "Olanzapine 10mg tablets"), "1 tablet", "Oral", "at night"},
		"clozapine":      {sct("321638002", "Clozapine 100mg tablets"), "2 tablets", "Oral", "at night"},
		"lithium":        {sct("321731001", "Lithium carbonate 400mg modified-release tablets"), "2 tablets", "Oral", "at night"},
		"donepezil":      {sct("322853009", "Donepezil 10mg tablets"), "1 tablet", "Oral", "at night"},
		"paracetamol":    {sct("322236009", "Paracetamol 500mg tablets"), "2 tablets", "Oral", "up to four times a day when required"},
		"codeine":        {sct("322503009", "Codeine 30mg tablets"), "1 tablet", "Oral", "up to four times a day when required"},
		"omeprazole":     {sct("317291008", "Omeprazole 20mg gastro-resistant capsules"), "1 capsule", "Oral", "once a day"},
		"amoxicillin":    {sct("323509004", "Amoxicillin 500mg capsules"), "1 capsule", "Oral", "three times a day for 5 days"},
		"doxycycline":    {sct("324019008", "Doxycycline 100mg capsules"), "1 capsule", "Oral", "twice a day for 7 days"},
		"trimethoprim":   {sct("324271008", "Trimethoprim 200mg tablets"), "1 tablet", "Oral", "twice a day for 3 days"},
		"levothyroxine":  {sct("325220003", "Levothyroxine sodium 50microgram tablets"), "1 tablet", "Oral", "in the morning"},
		"vitamin-d":      {sct("412096001", "Colecalciferol 800unit capsules"), "1 capsule", "Oral", "once a day"},
		"ferrous":        {sct("326602008", "Ferrous fumarate 210mg tablets"), "1 tablet", "Oral", "twice a day"},
		"folic-acid":     {sct("326591000", "Folic acid 400microgram tablets"), "1 tablet", "Oral", "once a day"},
		"emollient":      {sct("331810004", "Emollient cream"), "apply", "Cutaneous", "as often as needed"},
		"lamotrigine":    {sct("322960004", "Lamotrigine 100mg tablets"), "1 tablet", "Oral", "twice a day"},
		"sumatriptan":    {sct("322830008", "Sumatriptan 50mg tablets"), "1 tablet", "Oral", "at onset of migraine"},
		"enoxaparin":     {sct("318346000", "Enoxaparin sodium 40mg/0.4ml solution for injection pre-filled syringes"), "40 mg", "Subcutaneous", "once a day"},
		"lansoprazole":   {sct("317329000", "Lansoprazole 30mg gastro-resistant capsules"), "1 capsule", "Oral", "once a day"},
		"morphine":       {sct("322471007", "Morphine sulfate 10mg/5ml oral solution"), "2.5 ml", "Oral", "every four hours when required"},
		"cetirizine":     {sct("320818006", "Cetirizine 10mg tablets"), "1 tablet", "Oral", "once a day when required"},
		"contraceptive":  {sct("326373006", "Desogestrel 75microgram tablets"), "1 tablet", "Oral", "once a day"},
		"allopurinol":    {sct("329888005", "Allopurinol 100mg tablets"), "1 tablet", "Oral", "once a day"},
		"paracetamol-ch": {sct("322280009", "Paracetamol 120mg/5ml oral suspension paediatric sugar free"), "5 ml", "Oral", "up to four times a day when required"},
	}
}

// Substances people are allergic to, and what they do.
func penicillin() concept  { return sct("91936005", "Allergy to penicillin") }
func noAllergies() concept { return sct("716186003", "No known allergy") }

func allergens() []allergy {
	rash, swelling, wheeze, sick := reactions()["rash"], reactions()["swelling"], reactions()["wheeze"], reactions()["sick"]
	return []allergy{
		{code: penicillin(), reaction: rash, severity: "moderate", criticality: "high", category: "medication"},
		{code: sct("91935009", "Allergy to peanut"), reaction: swelling, severity: "severe", criticality: "high", category: "food"},
		{code: sct("293586001", "Allergy to aspirin"), reaction: wheeze, severity: "moderate", criticality: "high", category: "medication"},
		{code: sct("294505008", "Allergy to amoxicillin"), reaction: rash, severity: "mild", criticality: "low", category: "medication"},
		{code: sct("300913006", "Allergy to shellfish"), reaction: sick, severity: "moderate", criticality: "low", category: "food"},
		{code: sct("1003755004", "Allergy to Hevea brasiliensis latex protein"), reaction: rash, severity: "mild", criticality: "low", category: "environment"},
		{code: sct("294499007", "Allergy to codeine"), reaction: sick, severity: "mild", criticality: "low", category: "medication"},
		{code: sct("232347008", "Allergy to animal dander"), reaction: wheeze, severity: "mild", criticality: "low", category: "environment"},
	}
}

func reactions() map[string]concept {
	return map[string]concept{
		"rash": sct("271807003", "Eruption of skin"), "swelling": sct("41291007", "Angioedema"), "wheeze": sct("56018004", "Wheezing"),
		"sick": sct("422400008", "Vomiting"), "anaphylaxis": sct("39579001", "Anaphylaxis"),
	}
}
