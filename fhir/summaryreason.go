package fhir

// Why a section is empty: http://terminology.hl7.org/CodeSystem/list-empty-reason.
const (
	emptyReasons = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
	nilKnown     = "nilknown"
	notAsked     = "notasked"
	withheld     = "withheld"
	unavailable  = "unavailable"
)

// emptyReason says why a section that several sections of the record make up is empty: the
// gravest of their reasons. literal is Server.LiteralNil.
func emptyReason(sections []node, literal bool) string {
	worst := ""
	for _, section := range sections {
		switch reason := whyEmpty(section, literal); {
		case reason == unavailable || worst == "":
			worst = reason
		case worst == unavailable:
		case reason == withheld || worst == nilKnown:
			worst = reason
		}
	}
	if worst == "" {
		return unavailable
	}
	return worst
}

// whyEmpty reads one section of the record (hazard H-02). The graph's verdict alone does not
// do: a section with entries can be empty here, if none of them belongs. "Nil known" is only
// what somebody has stated; a system that did not answer forbids it, whatever is configured.
func whyEmpty(section node, literal bool) string {
	held, answered := false, false
	for _, o := range section.list("outcomes") {
		switch o.text("status") {
		case "ANSWERED", "EMPTY", "ASSERTED_NONE":
			answered = true
		case "NOT_REGISTERED", "NOT_OFFERED":
		case "WITHHELD":
			held = true
		default:
			return unavailable
		}
	}
	switch verdict := section.text("verdict"); {
	case held:
		return withheld
	case !answered:
		return unavailable
	case verdict == "NONE_KNOWN", literal && (verdict == "NOT_RECORDED" || verdict == "KNOWN"):
		return nilKnown
	case verdict == "NOT_RECORDED", verdict == "KNOWN", verdict == "CONFLICT":
		return notAsked
	}
	return unavailable
}
