package export

import (
	"encoding/base64"
	"encoding/xml"
	"net"
	"strconv"

	"github.com/patchworkcare/patchwork/audit"
)

// auditMessage is DICOM PS3.15 A.5.1, the payload of IHE ITI-20.
type auditMessage struct {
	XMLName      xml.Name      `xml:"AuditMessage"`
	Event        dicomEvent    `xml:"EventIdentification"`
	Participants []participant `xml:"ActiveParticipant"`
	Source       dicomSource   `xml:"AuditSourceIdentification"`
	Objects      []dicomObject `xml:"ParticipantObjectIdentification"`
}

// coded is A.5.1's CodedValueType.
type coded struct {
	Code   string `xml:"csd-code,attr"`
	System string `xml:"codeSystemName,attr"`
	Text   string `xml:"originalText,attr"`
}

type dicomEvent struct {
	Action   string  `xml:"EventActionCode,attr"`
	Time     string  `xml:"EventDateTime,attr"`
	Outcome  string  `xml:"EventOutcomeIndicator,attr"`
	ID       coded   `xml:"EventID"`
	Types    []coded `xml:"EventTypeCode"`
	Outcomes string  `xml:"EventOutcomeDescription,omitempty"`
	Purposes []coded `xml:"PurposeOfUse"`
}

type participant struct {
	UserID      string  `xml:"UserID,attr"`
	Alternative string  `xml:"AlternativeUserID,attr,omitempty"`
	Name        string  `xml:"UserName,attr,omitempty"`
	Requestor   bool    `xml:"UserIsRequestor,attr"`
	Address     string  `xml:"NetworkAccessPointID,attr,omitempty"`
	AddressType string  `xml:"NetworkAccessPointTypeCode,attr,omitempty"`
	Roles       []coded `xml:"RoleIDCode"`
}

type dicomSource struct {
	Site string `xml:"AuditEnterpriseSiteID,attr,omitempty"`
	ID   string `xml:"AuditSourceID,attr"`
	Type struct {
		Code string `xml:"csd-code,attr"`
	} `xml:"AuditSourceTypeCode"`
}

type dicomObject struct {
	ID      string        `xml:"ParticipantObjectID,attr"`
	Type    string        `xml:"ParticipantObjectTypeCode,attr"`
	Role    string        `xml:"ParticipantObjectTypeCodeRole,attr"`
	IDType  coded         `xml:"ParticipantObjectIDTypeCode"`
	Name    *string       `xml:"ParticipantObjectName"` // or Query; the schema wants one
	Query   string        `xml:"ParticipantObjectQuery,omitempty"`
	Details []dicomDetail `xml:"ParticipantObjectDetail"`
}

type dicomDetail struct {
	Type  string `xml:"type,attr"`
	Value string `xml:"value,attr"` // base64
}

// longestDetail keeps a message within what an audit repository takes (ITI TF-2: 3.20,
// 32 KiB); the ledger has the rest under its place.
const longestDetail = 8 << 10

func inDICOM(c coding) coded {
	system := map[string]string{dcm: "DCM", interaction: "FHIR", actReason: "HL7 ActReason", ours: "Patchwork"}[c.System]
	text := c.Display
	if text == "" {
		text = c.Code
	}
	return coded{c.Code, system, text}
}

// dicom writes the message of one event.
func dicom(e *audit.Entry, host string) ([]byte, error) {
	k := kindOf(e.Action)
	m := auditMessage{
		Event: dicomEvent{
			Action: k.action, Time: e.Time.UTC().Format(micro), Outcome: outcome(e), ID: inDICOM(k.inDICOM()),
		},
		Participants: participants(e, k, host),
		Source:       dicomSource{Site: e.Actor.Organisation, ID: host},
		Objects:      objects(e, k),
	}
	m.Source.Type.Code = "4"
	if k.subtype.Code != "" {
		m.Event.Types = append(m.Event.Types, inDICOM(k.subtype))
	}
	m.Event.Types = append(m.Event.Types, inDICOM(coding{System: ours, Code: e.Action}))
	for _, p := range purposes(e) {
		m.Event.Purposes = append(m.Event.Purposes, inDICOM(p))
	}
	if m.Event.Outcome != "0" {
		m.Event.Outcomes = e.Reason
	}
	return xml.Marshal(m)
}

func participants(e *audit.Entry, k kind, host string) []participant {
	source := []coded{{"110153", "DCM", "Source Role ID"}}
	destination := []coded{{"110152", "DCM", "Destination Role ID"}}
	client := participant{UserID: orUnknown(e.Client), Roles: destination}
	server := participant{UserID: host, Roles: source}
	client.Address, client.AddressType = accessPoint(e.Device)
	server.Address, server.AddressType = accessPoint(host)
	if k.isQuery() {
		client.Roles, server.Roles = source, destination
	}
	out := []participant{client, server}
	if a := e.Actor; a.Subject != "" || a.Name != "" {
		user := participant{UserID: orUnknown(a.Subject), Alternative: a.Issuer, Name: a.Name, Requestor: true}
		if a.Role != "" {
			user.Roles = []coded{{a.Role, "Patchwork", a.Role}}
		}
		out = append(out, user)
	}
	return out
}

func orUnknown(s string) string {
	if s == "" {
		return "not known"
	}
	return s
}

// accessPoint is an IP address (2) or a machine's name (1).
func accessPoint(a string) (id, kind string) {
	switch {
	case a == "":
		return "", ""
	case net.ParseIP(a) != nil:
		return a, "2"
	}
	return a, "1"
}

func objects(e *audit.Entry, k kind) []dicomObject {
	var out []dicomObject
	if e.Patient != "" {
		out = append(out, dicomObject{ID: e.Patient, Type: "1", Role: "1", IDType: coded{"2", "RFC-3881", "Patient Number"},
			Name: new(string)}) // nobody's name is in the ledger
	}
	if k.isQuery() {
		out = append(out, dicomObject{ID: orUnknown(e.OperationHash), Type: "2", Role: "24", IDType: coded{"10", "RFC-3881", "Search Criteria"},
			Query: base64.StdEncoding.EncodeToString([]byte("operation " + e.Operation + " sha256 " + e.OperationHash))})
	}
	name := "ledger " + strconv.FormatInt(e.Seq, 10)
	request := dicomObject{ID: orUnknown(e.RequestID), Type: "2", Role: "4",
		IDType: coded{"XrequestId", "IHE BALP", "X-Request-Id"}, Name: &name}
	request.Details = append(request.Details, dicomDetail{"seq", base64.StdEncoding.EncodeToString(strconv.AppendInt(nil, e.Seq, 10))})
	left := longestDetail
	for _, d := range details(e) {
		value := d.value
		if len(value) > left {
			value = value[:left] + " …" // its beginning, said to be one
		}
		left -= len(value)
		request.Details = append(request.Details, dicomDetail{d.name, base64.StdEncoding.EncodeToString([]byte(value))})
		if left <= 0 {
			break
		}
	}
	return append(out, request)
}
