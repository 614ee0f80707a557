package record

// EndOfLife is a recommendation or decision about care towards the end of life or in an
// emergency: ReSPECT, whether to attempt cardiopulmonary resuscitation (CPR), an advance
// decision to refuse treatment, where the person would like to be cared for. PRSB CIS:
// Advance decision to refuse treatment, and its neighbours. Code is what it is, as the
// source coded and worded it; Date is when it was decided; Author is who decided or
// recorded it.
type EndOfLife struct {
	Base
	// Kind tells what Code means; OtherDirective where that is not known.
	Kind string
	// Status is the source's word: active, draft, inactive, revoked …; "" if not stated.
	Status string
	// CPR is what it says of resuscitation, only where the source says it in a code that
	// is known; never worked out from words.
	CPR string
	// Decision is what was decided, in the source's own words; "" if only coded.
	Decision string
	// ReviewDate is when it is to be looked at again, or until when it holds; "" if not
	// stated. A decision does not lapse by itself.
	ReviewDate Date
	// Original says where the signed original is; "" if not stated.
	Original string
}

// The kinds of EndOfLife.
const (
	ReSPECT         = "respect"
	CPRDecision     = "cpr"
	AdvanceDecision = "advance-decision"
	PreferredPlace  = "preferred-place"
	EmergencyPlan   = "emergency-plan"
	OtherDirective  = "other"
)

// What may be decided on cardiopulmonary resuscitation.
const (
	AttemptCPR      = "attempt"
	DoNotAttemptCPR = "do-not-attempt"
)

const snomedSystem = "http://snomed.info/sct"

// directives are the codes of SNOMED CT by which systems in the UK say these things.
var directives = map[string]struct {
	kind, cpr string
}{
	"1382601000000107": {ReSPECT, ""},                  // ReSPECT form
	"450475007":        {CPRDecision, AttemptCPR},      // For attempted cardiopulmonary resuscitation
	"450476008":        {CPRDecision, DoNotAttemptCPR}, // Not for attempted cardiopulmonary resuscitation
	"304252001":        {CPRDecision, AttemptCPR},      // For resuscitation
	"304253006":        {CPRDecision, DoNotAttemptCPR}, // Not for resuscitation
	"816301000000100":  {AdvanceDecision, ""},          // Has advance decision to refuse treatment (Mental Capacity Act 2005)
	"1052911000000106": {AdvanceDecision, ""},          // Advance decision to refuse treatment
	"736366004":        {EmergencyPlan, ""},            // Advance care plan
	"736373009":        {EmergencyPlan, ""},            // End of life care plan
	"735324008":        {EmergencyPlan, ""},            // Treatment escalation plan
	"887701000000100":  {EmergencyPlan, ""},            // Emergency health care plan
	"861421000000109":  {EmergencyPlan, ""},            // End of life care coordination summary
}

// consentCategories is http://terminology.hl7.org/CodeSystem/consentcategorycodes, which
// has words for directives that are not of the UK.
const consentCategories = "http://terminology.hl7.org/CodeSystem/consentcategorycodes"

// DirectiveOf tells what a concept says about the end of life; ok is false where none of
// its codes is known to. Words alone are not judged: text that only looks like a
// decision is not one (hazard H-02).
func DirectiveOf(c Concept) (kind, cpr string, ok bool) {
	for _, k := range c.Codings {
		switch k.System {
		case snomedSystem:
			if d, known := directives[k.Code]; known {
				return d.kind, d.cpr, true
			}
		case consentCategories:
			switch k.Code {
			case "dnr": // Do not resuscitate
				return CPRDecision, DoNotAttemptCPR, true
			case "acd", "hcd", "polst":
				return AdvanceDecision, "", true
			}
		}
	}
	return OtherDirective, "", false
}
