package hl7v2

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// Conditions of MSH-15 and MSH-16. HL7 table 0155.
const (
	always    = "AL"
	never     = "NE"
	onError   = "ER"
	onSuccess = "SU"
)

// acknowledgements are the answers to a message: one in original mode, and in enhanced
// mode what the sender asked for, the acceptance first. HL7 v2.5.1 §2.9.
func acknowledgements(h header, why *feed.Reason, now time.Time) [][]byte {
	if !h.enhanced() {
		return [][]byte{acknowledgement(h, "A"+letter(why), why, now)}
	}
	var all [][]byte
	// It is kept safely even if it cannot be used, unless it was refused altogether.
	accepted := why
	if why != nil && kept(why) {
		accepted = nil
	}
	if wanted(h.accept, accepted == nil) {
		all = append(all, acknowledgement(h, "C"+letter(accepted), accepted, now))
	}
	if accepted == nil && wanted(h.apply, why == nil) {
		all = append(all, acknowledgement(h, "A"+letter(why), why, now))
	}
	return all
}

func wanted(condition string, well bool) bool {
	switch condition {
	case always:
		return true
	case onError:
		return !well
	case onSuccess:
		return well
	}
	return false // NE, or nothing
}

// letter is the last one of AA, AE and AR: accepted, in error, or not such as are taken
// here at all, which sending again does not mend.
func letter(why *feed.Reason) string {
	switch {
	case why == nil:
		return "A"
	case rejected(why):
		return "R"
	}
	return "E"
}

// rejected reports whether a message is refused for what it is and not for what it says.
func rejected(why *feed.Reason) bool {
	switch why.Code {
	case errKind.Code, errSender.Code, errProcessing.Code, er7.ErrNotHL7.Code, er7.ErrBatch.Code, er7.ErrUTF16.Code, er7.ErrCharset.Code, er7.ErrTooLarge.Code, feed.ErrFull.Code, errNotKept.Code:
		return true
	}
	return false
}

// kept reports whether a message that cannot be used waits as a dead letter.
func kept(why *feed.Reason) bool { return why.Code != feed.ErrFull.Code && why.Code != errNotKept.Code }

// condition is the code of HL7 table 0357 for a reason.
func condition(why *feed.Reason) string {
	switch why.Code {
	case errKind.Code:
		return "201^Unsupported event code^HL70357"
	case errProcessing.Code:
		return "202^Unsupported processing id^HL70357"
	case errControl.Code:
		return "101^Required field missing^HL70357"
	case errNoPatient.Code:
		return "100^Segment sequence error^HL70357"
	case errNoLocalID.Code:
		return "204^Unknown key identifier^HL70357"
	case feed.ErrReused.Code:
		return "205^Duplicate key identifier^HL70357"
	}
	return "207^Application internal error^HL70357"
}

// acknowledgement writes an ACK. It says why in words that hold nothing of the message.
func acknowledgement(h header, code string, why *feed.Reason, now time.Time) []byte {
	event := ""
	if _, e := h.kind.of(); e != "" {
		event = "^" + er7.Escape(e) + "^ACK"
	}
	version := h.version
	if version == "" || len(version) > 8 {
		version = "2.4"
	}
	var b strings.Builder
	text := ""
	if why != nil {
		text = why.Text
	}
	fields := []string{"MSH", `^~\&`, er7.Escape(h.toApplication), er7.Escape(h.toFacility), er7.Escape(h.application), er7.Escape(h.facility),
		now.Format("20060102150405-0700"), "", "ACK" + event, newControl(), processingOf(h), er7.Escape(version)}
	if h.enhanced() {
		fields = append(fields, "", "", never, never)
	}
	fields = append(fields, make([]string, 17-len(fields))...)
	b.WriteString(strings.Join(append(fields, "UNICODE UTF-8"), "|") + "\r")
	b.WriteString("MSA|" + code + "|" + er7.Escape(h.control) + "|" + er7.Escape(text) + "\r")
	if why != nil {
		b.WriteString("ERR|||" + condition(why) + "|E|" + er7.Escape(why.Code) + "^" + er7.Escape(text) + "^L||" + er7.Escape(text) + "\r")
	}
	return []byte(b.String())
}

func processingOf(h header) string {
	if h.processing == "" {
		return "P"
	}
	return er7.Escape(h.processing)
}

// newControl is an id of our own messages.
func newControl() string {
	var b [10]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
