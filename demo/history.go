package demo

import "time"

// concept is a coded thing. Its display is what the record says.
type concept struct{ system, code, display string }

const (
	snomed = "http://snomed.info/sct"
	loinc  = "http://loinc.org"
	ucum   = "http://unitsofmeasure.org"
)

func sct(code, display string) concept { return concept{snomed, code, display} }

// said is what every entry of a history has: where it is recorded, when, by
// whom, and whether it is sensitive or a mistake.
type said struct {
	in       holder
	at       time.Time
	by       string // specialty of the recorder at the hospital or trust; GPs record at the GP
	label    string // confidentiality: "" or R
	mistaken bool   // entered in error
	note     string
}

type allergy struct {
	said
	code        concept
	none        bool // asserts that there are none
	reaction    concept
	severity    string // mild, moderate, severe
	criticality string // low, high
	category    string // medication, food, environment
	resolved    bool
}

type problem struct {
	said
	code     concept
	icd10    string // with its own description, for the PAS
	status   string // active, inactive, resolved
	end      time.Time
	major    bool
	category string // problem-list-item, encounter-diagnosis
}

type medicine struct {
	said
	code    concept
	dose    string
	route   string
	freq    string
	repeat  bool
	stopped time.Time
	reason  string
	reasonS string // why stopped
}

// reading is a value: a result of a report, or an observation.
type reading struct {
	code      concept
	value     float64
	unit      string
	ucum      string
	low, high float64 // reference range; both 0: none
	text      string  // instead of a value
	parts     []reading
	sign      string // < or >: beyond what could be measured
	critical  bool   // telephoned by the laboratory
	status    string // "": final
}

func (r reading) flag() string {
	switch {
	case r.low == 0 && r.high == 0:
		return ""
	case r.critical && r.value < r.low:
		return "LL"
	case r.critical:
		return "HH"
	case r.value < r.low:
		return "L"
	case r.high > 0 && r.value > r.high:
		return "H"
	}
	return "N"
}

type report struct {
	said
	code       concept
	category   string // LAB, MB, RAD
	results    []reading
	conclusion string
	status     string // "": final
}

type observation struct {
	said
	reading  reading
	category string // vital-signs, survey, social-history, exam
}

type vaccination struct {
	said
	code   concept
	dose   int
	target string
	notGiv bool
}

type procedure struct {
	said
	code   concept
	status string
}

type contact struct {
	said
	kind     concept
	class    string // AMB, EMER, HH, VR
	minutes  int
	reason   string
	location string
	status   string
}

type stay struct {
	said
	until   time.Time // zero: still in
	ward    string
	method  concept // admission
	reason  string
	to      concept // discharge destination
	section string  // Mental Health Act, for the PAS
}

type appointment struct {
	said
	minutes  int
	clinic   string
	location string
	status   string // booked, cancelled, fulfilled, noshow
	reason   string
	made     time.Time
}

type alert struct {
	said
	code     concept
	pas      string // code of the PAS or type of the social care file
	text     string
	severity string // H, M, L
	until    time.Time
	category string // clinical, safety, safeguarding, social
}

type document struct {
	said
	kind  concept
	pas   string
	title string
	mime  string
}

type member struct {
	said
	role  string
	until time.Time
	team  string
}

type plan struct {
	said
	kind    string
	title   string
	about   concept // the problem it is about
	goals   []string
	actions []string
	review  time.Time
	status  string
}

// decision is what was decided for an emergency or the end of life. How it is kept
// differs by system: a ReSPECT form is a care plan, an advance decision a consent.
type decision struct {
	said
	code     concept
	cpr      string // attempt, refuse
	wishes   []string
	review   time.Time
	original string
	consent  bool // the person's own decision
}

// aboutMe is what somebody says of themselves, by heading.
type aboutMe struct {
	said
	title  string
	items  [][2]string
	review time.Time
}

type referral struct {
	said
	to     string
	reason string
	status string // active, completed, revoked
}

type familyIllness struct {
	said
	relation concept
	code     concept
}

type service struct {
	said
	name, provider, frequency string
	until                     time.Time
	status, reason            string
}

// history is what is recorded about one person, in all systems.
type history struct {
	allergies    []allergy
	problems     []problem
	medicines    []medicine
	reports      []report
	observations []observation
	vaccinations []vaccination
	procedures   []procedure
	contacts     []contact
	stays        []stay
	appointments []appointment
	alerts       []alert
	documents    []document
	team         []member
	plans        []plan
	decisions    []decision
	aboutMe      []aboutMe
	referrals    []referral
	family       []familyIllness
	services     []service
	devices      []medicine
}
