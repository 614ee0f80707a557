package record

// CarePlan is what was agreed to be done for and with the person: a care and support
// plan, a contingency plan. PRSB CIS: Care and support plan; FHIR CarePlan. Code is the
// kind of plan; Date is when it begins.
type CarePlan struct {
	Base
	// Status is "draft", "active", "on-hold", "revoked", "completed" …
	Status string
	Title  string
	// Period is when it holds.
	Period Period
	// ReviewDate is when it is to be looked at again; "" if not stated.
	ReviewDate Date
	// Concerns are the problems that the plan is about.
	Concerns   []Concept
	Goals      []PlanGoal
	Activities []PlanActivity
	// CareTeam are those who carry it out, beside its author.
	CareTeam []Actor
}

// PlanGoal is what a plan is to achieve. FHIR Goal.
type PlanGoal struct {
	Description Concept
	// Status is the source's word: proposed, active, completed …; "" if not stated.
	Status string
	// Due is by when; "" if not stated.
	Due Date
}

// PlanActivity is something that a plan says to do, or not to do. FHIR
// CarePlan.activity.
type PlanActivity struct {
	// What is the activity as the source coded or worded it.
	What Concept
	// Detail is what the plan says of it in words; "" if nothing more.
	Detail string
	// Status is the source's word: not-started, scheduled, in-progress …; "" if not stated.
	Status string
	// DoNotPerform is true where the plan says that it is not to be done.
	DoNotPerform bool
	// Who is to do it; nil if not stated.
	Who *Actor
}

// AboutMe is what the person wants everybody who cares for them to know, in their own
// words. PRSB CIS: About me; FHIR Composition of type SNOMED CT 1515851000000101.
// Author is who wrote it down.
type AboutMe struct {
	Base
	// Status is "preliminary", "final", "amended" …
	Status string
	Title  string
	// ReviewDate is when it is to be looked at again; "" if not stated.
	ReviewDate Date
	// Items are in the order of the original.
	Items []AboutMeItem
}

// AboutMeItem is one heading of About me with what the person says.
type AboutMeItem struct {
	// Topic is the heading, for example "What is most important to me".
	Topic Concept
	Text  string
}

// AboutMeType is the SNOMED CT code of the record type "About Me", by which national and
// regional registers know such a document.
const AboutMeType = "1515851000000101"
