package demo

import "math"

// panel is a battery of laboratory tests, with each test's usual mean and
// spread; conditions shift the mean.
type panel struct {
	code  concept
	tests []test
}

type test struct {
	code         concept
	unit, ucum   string
	low, high    float64
	mean, spread float64
	places       int
}

func panels() map[string]panel {
	return map[string]panel{
		"ue": {sct("444164000", "Urea, creatinine and electrolytes measurement"), []test{
			{lc("2951-2", "Serum sodium"), "mmol/L", "mmol/L", 133, 146, 139, 2.5, 0},
			{lc("2823-3", "Serum potassium"), "mmol/L", "mmol/L", 3.5, 5.3, 4.4, 0.35, 1},
			{lc("22664-7", "Serum urea"), "mmol/L", "mmol/L", 2.5, 7.8, 5.5, 1.2, 1},
			{lc("14682-9", "Serum creatinine"), "umol/L", "umol/L", 49, 104, 76, 11, 0},
			{lc("62238-1", "eGFR (CKD-EPI)"), "mL/min/1.73m2", "mL/min/{1.73_m2}", 60, 0, 84, 8, 0},
		}},
		"fbc": {sct("26604007", "Full blood count"), []test{
			{lc("718-7", "Haemoglobin"), "g/L", "g/L", 115, 165, 136, 9, 0},
			{lc("6690-2", "White blood cell count"), "10*9/L", "10*9/L", 4, 11, 7, 1.4, 1},
			{lc("777-3", "Platelet count"), "10*9/L", "10*9/L", 150, 450, 270, 50, 0},
			{lc("787-2", "Mean cell volume"), "fL", "fL", 80, 100, 90, 4, 0},
			{lc("751-8", "Neutrophil count"), "10*9/L", "10*9/L", 2, 7.5, 4.2, 1, 1},
		}},
		"hba1c": {sct("43396009", "Haemoglobin A1c measurement"), []test{
			{lc("59261-8", "HbA1c (IFCC)"), "mmol/mol", "mmol/mol", 20, 41, 37, 3, 0},
		}},
		"lipids": {sct("16254007", "Lipid panel"), []test{
			{lc("14647-2", "Serum total cholesterol"), "mmol/L", "mmol/L", 0, 5, 5.1, 0.8, 1},
			{lc("14646-4", "Serum HDL cholesterol"), "mmol/L", "mmol/L", 1, 2.3, 1.4, 0.3, 1},
			{lc("14927-8", "Serum triglycerides"), "mmol/L", "mmol/L", 0, 1.7, 1.5, 0.4, 1},
		}},
		"tft": {sct("35650009", "Thyroid panel"), []test{
			{lc("3016-3", "Serum TSH"), "mIU/L", "m[IU]/L", 0.27, 4.2, 2.1, 0.8, 2},
			{lc("14920-3", "Serum free T4"), "pmol/L", "pmol/L", 11, 22, 15, 2, 1},
		}},
		"lft": {sct("26958001", "Liver function test"), []test{
			{lc("1742-6", "Serum ALT"), "U/L", "U/L", 0, 41, 24, 8, 0},
			{lc("14631-6", "Serum total bilirubin"), "umol/L", "umol/L", 0, 21, 9, 3, 0},
			{lc("1751-7", "Serum albumin"), "g/L", "g/L", 35, 50, 42, 3, 0},
		}},
		"crp":     {sct("55235003", "C-reactive protein measurement"), []test{{lc("1988-5", "Serum CRP"), "mg/L", "mg/L", 0, 5, 60, 35, 0}}},
		"lithium": {sct("4461006", "Blood lithium measurement"), []test{{lc("14334-7", "Serum lithium"), "mmol/L", "mmol/L", 0.4, 1, 0.7, 0.12, 2}}},
	}
}

func lc(code, display string) concept { return concept{loinc, code, display} }

// results draws one set of values; shift moves the mean of a test by its code.
func (p panel) results(d *dice, shift map[string]float64) []reading {
	var all []reading
	for _, t := range p.tests {
		mean := t.mean
		if moved, ok := shift[t.code.code]; ok {
			mean = moved
		}
		all = append(all, reading{code: t.code, value: rounded(math.Max(0.1, d.around(mean, t.spread)), t.places),
			unit: t.unit, ucum: t.ucum, low: t.low, high: t.high})
	}
	return all
}

func rounded(v float64, places int) float64 {
	scale := math.Pow10(places)
	return math.Round(v*scale) / scale
}

// vital is an examination finding with its mean and spread.
func vital(name string, value float64) reading {
	value = rounded(value, map[string]int{"temperature": 1, "weight": 1, "bmi": 1}[name])
	r := map[string]reading{
		"pulse":       {code: sct("78564009", "Pulse rate"), unit: "beats/min", ucum: "/min", low: 51, high: 90},
		"temperature": {code: sct("386725007", "Body temperature"), unit: "degrees C", ucum: "Cel", low: 36.1, high: 38},
		"spo2":        {code: lc("2708-6", "Oxygen saturation in arterial blood"), unit: "%", ucum: "%", low: 96, high: 100},
		"respiratory": {code: sct("86290005", "Respiratory rate"), unit: "breaths/min", ucum: "/min", low: 12, high: 20},
		"weight":      {code: sct("27113001", "Body weight"), unit: "kg", ucum: "kg"},
		"height":      {code: sct("50373000", "Body height"), unit: "cm", ucum: "cm"},
		"bmi":         {code: sct("60621009", "Body mass index"), unit: "kg/m2", ucum: "kg/m2", low: 18.5, high: 25},
		"news2":       {code: sct("1104051000000101", "Royal College of Physicians NEWS2 total score"), unit: "{score}", ucum: "{score}"},
		"frailty":     {code: sct("763264000", "Canadian Study of Health and Aging Clinical Frailty Scale score"), unit: "{score}", ucum: "{score}"},
		"peak-flow":   {code: sct("18491006", "Peak expiratory flow rate"), unit: "L/min", ucum: "L/min"},
		"phq9":        {code: sct("720433000", "Patient Health Questionnaire Nine Item score"), unit: "{score}", ucum: "{score}"},
	}[name]
	r.value = value
	return r
}

// bloodPressure has its two parts as components.
func bloodPressure(systolic, diastolic float64) reading {
	return reading{code: lc("85354-9", "Blood pressure panel with all children optional"), parts: []reading{
		{code: lc("8480-6", "Systolic blood pressure"), value: math.Round(systolic), unit: "mmHg", ucum: "mm[Hg]", low: 90, high: 140},
		{code: lc("8462-4", "Diastolic blood pressure"), value: math.Round(diastolic), unit: "mmHg", ucum: "mm[Hg]", low: 60, high: 90},
	}}
}
