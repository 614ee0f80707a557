package export

import (
	"encoding/base64"
	"encoding/json"
	"net"
	"strconv"

	"github.com/patchworkcare/patchwork/audit"
)

// FHIR writes FHIR R4 AuditEvents, one resource a line. Reads and searches that were
// allowed are after the profiles of IHE BALP 1.1 and say so; everything else follows
// their pattern.
type FHIR struct {
	// Observer names this server: source.observer and the server's agent.
	Observer string
}

const (
	balp       = "https://profiles.ihe.net/ITI/BALP/"
	entityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
	objectRole = "http://terminology.hl7.org/CodeSystem/object-role"
	ods        = "https://fhir.nhs.uk/Id/ods-organization-code"
)

type auditEvent struct {
	ResourceType   string        `json:"resourceType"`
	ID             string        `json:"id"`
	Meta           *meta         `json:"meta,omitempty"`
	Type           coding        `json:"type"`
	Subtype        []coding      `json:"subtype"`
	Action         string        `json:"action"`
	Recorded       string        `json:"recorded"`
	Outcome        string        `json:"outcome"`
	OutcomeDesc    string        `json:"outcomeDesc,omitempty"`
	PurposeOfEvent []concept     `json:"purposeOfEvent,omitempty"`
	Agent          []agent       `json:"agent"`
	Source         eventSource   `json:"source"`
	Entity         []eventEntity `json:"entity"`
}

type meta struct {
	Profile []string `json:"profile"`
}

type concept struct {
	Coding []coding `json:"coding,omitempty"`
	Text   string   `json:"text,omitempty"`
}

type identifier struct {
	System string `json:"system,omitempty"`
	Value  string `json:"value"`
}

type reference struct {
	Type       string      `json:"type,omitempty"`
	Identifier *identifier `json:"identifier,omitempty"`
	Display    string      `json:"display,omitempty"`
}

type agent struct {
	Type         concept   `json:"type"`
	Role         []concept `json:"role,omitempty"`
	Who          reference `json:"who"`
	Name         string    `json:"name,omitempty"`
	Requestor    bool      `json:"requestor"`
	Policy       []string  `json:"policy,omitempty"`
	Network      *network  `json:"network,omitempty"`
	PurposeOfUse []concept `json:"purposeOfUse,omitempty"`
}

type network struct {
	Address string `json:"address"`
	Type    string `json:"type"`
}

type eventSource struct {
	Observer reference `json:"observer"`
	Type     []coding  `json:"type"`
}

type eventEntity struct {
	What        *reference    `json:"what,omitempty"`
	Type        coding        `json:"type"`
	Role        *coding       `json:"role,omitempty"`
	Description string        `json:"description,omitempty"`
	Query       string        `json:"query,omitempty"`
	Detail      []eventDetail `json:"detail,omitempty"`
}

type eventDetail struct {
	Type  string `json:"type"`
	Value string `json:"valueString"`
}

// Append appends the resource and a line's end.
func (f FHIR) Append(b []byte, e *audit.Entry) ([]byte, error) {
	k := kindOf(e.Action)
	r := auditEvent{
		ResourceType: "AuditEvent", ID: strconv.FormatInt(e.Seq, 10), Type: k.event, Action: k.action,
		Recorded: e.Time.UTC().Format(micro), Outcome: outcome(e), Agent: f.agents(e, k),
		Source: eventSource{
			Observer: reference{Type: "Device", Identifier: &identifier{Value: f.Observer}},
			Type:     []coding{{"http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server"}},
		},
		Entity: entities(e, k),
	}
	if k.subtype.Code != "" {
		r.Subtype = append(r.Subtype, k.subtype)
	}
	r.Subtype = append(r.Subtype, coding{System: ours, Code: e.Action})
	for _, p := range purposes(e) {
		r.PurposeOfEvent = append(r.PurposeOfEvent, concept{Coding: []coding{p}})
	}
	if r.Outcome != "0" {
		r.OutcomeDesc = e.Reason
	} else if name := profile(e, k); name != "" {
		r.Meta = &meta{Profile: []string{balp + "StructureDefinition/IHE.BasicAudit." + name}}
	}
	text, err := json.Marshal(r)
	return append(append(b, text...), '\n'), err
}

// profile is the one an event keeps to: BALP wants the address of the client.
func profile(e *audit.Entry, k kind) string {
	switch {
	case k.profile == "" || e.Action == audit.ActionDenied || e.Device == "":
		return ""
	case e.Patient != "":
		return "Patient" + k.profile
	}
	return k.profile
}

func (f FHIR) agents(e *audit.Entry, k kind) []agent {
	source := concept{Coding: []coding{{dcm, "110153", "Source Role ID"}}}
	destination := concept{Coding: []coding{{dcm, "110152", "Destination Role ID"}}}
	client := agent{Type: destination, Who: named(e.Client), Network: address(e.Device)}
	server := agent{Type: source, Who: named(f.Observer), Network: address(f.Observer)}
	if k.isQuery() {
		client.Type, server.Type = source, destination
	}
	out := []agent{client, server}
	a := e.Actor
	if a.Subject == "" && a.Name == "" {
		return out
	}
	user := agent{
		Type: concept{Coding: []coding{{"http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient"}}},
		Who:  reference{Display: a.Name}, Name: a.Name, Requestor: true,
	}
	if a.Subject != "" {
		user.Who.Identifier = &identifier{System: a.Issuer, Value: a.Subject}
	}
	if a.Role != "" {
		user.Role = []concept{{Coding: []coding{{System: "urn:patchwork:role", Code: a.Role}}, Text: a.Role}}
	}
	for _, p := range purposes(e) {
		user.PurposeOfUse = append(user.PurposeOfUse, concept{Coding: []coding{p}})
	}
	if e.PolicyVersion != "" {
		user.Policy = []string{"urn:patchwork:policy:" + e.PolicyVersion}
	}
	out = append(out, user)
	if a.Organisation != "" {
		out = append(out, agent{
			Type: concept{Coding: []coding{{"http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "healthcare provider"}}},
			Who:  reference{Type: "Organization", Identifier: &identifier{ods, a.Organisation}, Display: a.OrganisationName}, Name: a.OrganisationName,
		})
	}
	return out
}

func named(name string) reference {
	if name == "" {
		return reference{Display: "not known"}
	}
	return reference{Identifier: &identifier{Value: name}}
}

// address is an IP address (2) or a machine's name (1).
func address(a string) *network {
	switch {
	case a == "":
		return nil
	case net.ParseIP(a) != nil:
		return &network{a, "2"}
	}
	return &network{a, "1"}
}

// entities are the patient, what was asked, the request and what else the ledger has.
func entities(e *audit.Entry, k kind) []eventEntity {
	object := coding{entityType, "2", "System Object"}
	var out []eventEntity
	if e.Patient != "" {
		out = append(out, eventEntity{
			What: &reference{Type: "Patient", Identifier: &identifier{"urn:patchwork:patient", e.Patient}},
			Type: coding{entityType, "1", "Person"}, Role: &coding{objectRole, "1", "Patient"},
		})
	}
	switch {
	case k.isQuery():
		// What was searched for may be a name: the ledger keeps the operation only.
		query := "operation " + e.Operation + " sha256 " + e.OperationHash
		out = append(out, eventEntity{Type: object, Role: &coding{objectRole, "24", "Query"}, Description: e.Operation,
			Query: base64.StdEncoding.EncodeToString([]byte(query))})
	case k.profile == "Read":
		what := named("")
		if e.OperationHash != "" {
			what = reference{Identifier: &identifier{"urn:patchwork:operation:sha256", e.OperationHash}, Display: e.Operation}
		}
		out = append(out, eventEntity{What: &what, Type: object, Role: &coding{objectRole, "4", "Domain Resource"}, Description: e.Operation})
	}
	if e.RequestID != "" {
		out = append(out, eventEntity{What: &reference{Identifier: &identifier{Value: e.RequestID}},
			Type: coding{balp + "CodeSystem/BasicAuditEntityType", "XrequestId", "transport specific unique identifier where http X-Request-Id is used"}})
	}
	context := eventEntity{What: &reference{Identifier: &identifier{"urn:patchwork:ledger", strconv.FormatInt(e.Seq, 10)}},
		Type: coding{"urn:patchwork:audit-entity", "context", "what else the ledger holds"}}
	for _, d := range details(e) {
		context.Detail = append(context.Detail, eventDetail{d.name, d.value})
	}
	return append(out, context)
}
