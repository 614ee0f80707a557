package hl7v2

import (
	"strings"

	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
)

// header is what MSH says of a message.
type header struct {
	application, facility string // of the sender
	toApplication         string
	toFacility            string
	kind                  kind
	control, processing   string
	version               string
	accept, apply         string // MSH-15 and MSH-16
}

func headerOf(m *er7.Message) header {
	msh := m.Header()
	at := func(n int) string { return strings.TrimSpace(msh.Field(n).First().Component(1).Text()) }
	h := header{application: at(3), facility: at(4), toApplication: at(5), toFacility: at(6), control: strings.TrimSpace(msh.Field(10).Text()),
		processing: at(11), version: at(12), accept: at(15), apply: at(16)}
	message := msh.Field(9).First()
	h.kind = kind(strings.TrimSpace(message.Component(1).Text()))
	if event := strings.TrimSpace(message.Component(2).Text()); event != "" {
		h.kind += kind("^" + event)
	} else if evn := strings.TrimSpace(m.First("EVN").Field(1).Text()); evn != "" { // before v2.3.1 some left it there
		h.kind += kind("^" + evn)
	}
	return h
}

// sender is whom control ids are unique to.
func (h header) sender() string { return h.application + "|" + h.facility }

// enhanced reports whether the sender asks for the acknowledgements of enhanced mode.
// HL7 v2.5.1 §2.9.2.
func (h header) enhanced() bool { return h.accept != "" || h.apply != "" }
