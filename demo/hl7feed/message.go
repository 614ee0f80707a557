package hl7feed

import (
	"fmt"
	"strings"
	"time"
)

// Person is whom messages are about.
type Person struct {
	Number, NHSNumber             string
	Title, Given, Middle, Family  string
	Born                          time.Time
	Sex                           string // male, female or anything else
	Line1, Line2, Town, Postcode  string
	Home, Mobile                  string
	PracticeODS, PracticeName     string
	Died                          time.Time
	KinName, KinRelation, KinCall string
}

// Engine numbers messages. Its zero value is not of use: it needs a facility and a zone.
type Engine struct {
	Facility string // also the assigning authority of numbers
	Zone     *time.Location
	// Run makes the control ids of this run its own.
	Run string

	n int
}

// escape writes text so that it may stand in a field.
var escape = strings.NewReplacer(`\`, `\E\`, "|", `\F\`, "^", `\S\`, "~", `\R\`, "&", `\T\`, "\r", "", "\n", `\.br\`).Replace

// stamp is a moment to the second, in the zone and without saying so, as such engines do.
func (e *Engine) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(e.Zone).Format("20060102150405")
}

// message puts segments together behind a header.
func (e *Engine) message(application, kind string, at time.Time, segments ...string) string {
	e.n++
	header := strings.Join([]string{"MSH", `^~\&`, application, e.Facility, "PATCHWORK", "REGION", e.stamp(at), "", kind, fmt.Sprintf("%s-%08d", e.Run, e.n), "P", "2.4", "", "", "", "", "GBR", "UNICODE UTF-8"}, "|")
	return header + "\r" + strings.Join(segments, "\r") + "\r"
}

func (e *Engine) pid(p *Person) string {
	f := make([]string, 31)
	f[0], f[1] = "PID", "1"
	f[3] = escape(p.Number) + "^^^" + e.Facility + "^MR"
	if p.NHSNumber != "" {
		f[3] += "~" + p.NHSNumber + "^^^NHS^NH"
	}
	f[5] = strings.Join([]string{escape(p.Family), escape(p.Given), escape(p.Middle), "", escape(p.Title), "", "L"}, "^")
	f[7] = p.Born.Format("20060102")
	f[8] = map[string]string{"male": "M", "female": "F"}[p.Sex]
	if f[8] == "" {
		f[8] = "U"
	}
	f[11] = strings.Join([]string{escape(p.Line1), escape(p.Line2), escape(p.Town), "", p.Postcode, "", "H"}, "^")
	if p.Line1 == "" {
		f[11] = ""
	}
	var calls []string
	if p.Home != "" {
		calls = append(calls, escape(p.Home)+"^PRN^PH")
	}
	if p.Mobile != "" {
		calls = append(calls, escape(p.Mobile)+"^PRN^CP")
	}
	f[13] = strings.Join(calls, "~")
	if !p.Died.IsZero() {
		f[29], f[30] = p.Died.Format("20060102"), "Y"
	}
	return strings.Join(f, "|")
}

func (e *Engine) aboutThem(p *Person) []string {
	all := []string{e.pid(p)}
	if p.PracticeODS != "" {
		all = append(all, "PD1|||"+escape(p.PracticeName)+"^^"+p.PracticeODS)
	}
	if p.KinName != "" {
		all = append(all, "NK1|1|"+escape(p.KinName)+"|"+escape(p.KinRelation)+"||"+escape(p.KinCall)+"||N")
	}
	return all
}

// Register is ADT^A28: a person is known.
func (e *Engine) Register(p *Person, at time.Time) string {
	return e.message("WMPAS", "ADT^A28", at, append([]string{"EVN|A28|" + e.stamp(at)}, e.aboutThem(p)...)...)
}

// Update is ADT^A31: what is known of a person, once more.
func (e *Engine) Update(p *Person, at time.Time) string {
	return e.message("WMPAS", "ADT^A31", at, append([]string{"EVN|A31|" + e.stamp(at)}, e.aboutThem(p)...)...)
}

// Stay is a time in hospital.
type Stay struct {
	Visit, Ward, Consultant, Reason string
	From, Until                     time.Time
	Allergies                       []Coded
	NoKnownAllergy                  bool
}

// Coded is a code of SNOMED CT or another system, with its words; System is its name in
// HL7 table 0396.
type Coded struct{ Code, Text, System string }

func (c Coded) field() string {
	return escape(c.Code) + "^" + escape(c.Text) + "^" + c.System
}

// Admit is ADT^A01.
func (e *Engine) Admit(p *Person, s *Stay) string {
	segments := append([]string{"EVN|A01|" + e.stamp(s.From)}, e.aboutThem(p)...)
	segments = append(segments, e.pv1(s), "PV2|||^"+escape(s.Reason))
	for i, a := range s.Allergies {
		segments = append(segments, fmt.Sprintf("AL1|%d||%s", i+1, a.field()))
	}
	if s.NoKnownAllergy {
		segments = append(segments, "AL1|1||716186003^No known allergy^SCT")
	}
	return e.message("WMPAS", "ADT^A01", s.From, segments...)
}

// Discharge is ADT^A03.
func (e *Engine) Discharge(p *Person, s *Stay) string {
	return e.message("WMPAS", "ADT^A03", s.Until, append([]string{"EVN|A03|" + e.stamp(s.Until)}, e.pid(p), e.pv1(s))...)
}

func (e *Engine) pv1(s *Stay) string {
	f := make([]string, 46)
	f[0], f[1], f[2], f[3], f[4], f[7], f[19] = "PV1", "1", "I", escape(s.Ward), "E", "^"+escape(s.Consultant), s.Visit
	f[44], f[45] = e.stamp(s.From), e.stamp(s.Until)
	return strings.Join(f, "|")
}

// Result is one measured thing.
type Result struct {
	Test            Coded
	Value, Unit     string
	Low, High, Flag string
	Text            bool
}

// Report is a laboratory's report.
type Report struct {
	Order      string
	Panel      Coded
	At         time.Time
	Section    string // CH, HM, MB, RAD …
	Conclusion string
	Results    []Result
}

// Results is ORU^R01.
func (e *Engine) Results(p *Person, r *Report) string {
	f := make([]string, 26)
	f[0], f[1], f[2], f[3], f[4], f[7], f[22], f[24], f[25] = "OBR", "1", r.Order+"^WMOCS", r.Order+"^WMPATH", r.Panel.field(), e.stamp(r.At), e.stamp(r.At.Add(3*time.Hour)), r.Section, "F"
	segments := []string{e.pid(p), strings.Join(f, "|")}
	if r.Conclusion != "" {
		segments = append(segments, "NTE|1||"+escape(r.Conclusion))
	}
	for i, x := range r.Results {
		kind, span := "NM", ""
		if x.Text {
			kind = "ST"
		} else if strings.IndexAny(x.Value, "<>") == 0 {
			kind, x.Value = "SN", x.Value[:1]+"^"+x.Value[1:]
		}
		if x.Low != "" || x.High != "" {
			span = x.Low + "-" + x.High
		}
		if x.Text {
			x.Value = escape(x.Value)
		}
		segments = append(segments, fmt.Sprintf("OBX|%d|%s|%s||%s|%s|%s|%s|||F|||%s", i+1, kind, x.Test.field(), x.Value, escape(x.Unit), span, x.Flag, e.stamp(r.At)))
	}
	return e.message("WMPATH", "ORU^R01", r.At.Add(3*time.Hour), segments...)
}

// Booking is an appointment.
type Booking struct {
	ID, Clinic, Location, Reason, With string
	At, Made                           time.Time
	Minutes                            int
	Cancelled                          bool
}

// Book is SIU^S12, or SIU^S15 where it is cancelled.
func (e *Engine) Book(p *Person, b *Booking) string {
	event, status := "S12", "Booked"
	if b.Cancelled {
		event, status = "S15", "Cancelled"
	}
	f := make([]string, 26)
	f[0], f[1], f[2], f[7], f[8], f[9], f[10], f[11], f[25] = "SCH", b.ID, b.ID, "^"+escape(b.Reason), "^"+escape(b.Clinic), fmt.Sprint(b.Minutes), "MIN", "^^^"+e.stamp(b.At), status
	return e.message("WMPAS", "SIU^"+event, b.Made, strings.Join(f, "|"), e.pid(p), "AIL|1||"+escape(b.Location), "AIP|1||^"+escape(b.With))
}

// Letter is MDM^T02: a document of text.
func (e *Engine) Letter(p *Person, id, kind, author, text string, at time.Time) string {
	f := make([]string, 20)
	f[0], f[1], f[2], f[3], f[4], f[9], f[12], f[17], f[19] = "TXA", "1", kind, "TX", e.stamp(at), "^"+escape(author), id, "AU", "AV"
	segments := []string{"EVN|T02|" + e.stamp(at), e.pid(p), "PV1|1|N", strings.Join(f, "|")}
	for i, line := range strings.Split(text, "\n") {
		segments = append(segments, fmt.Sprintf("OBX|%d|TX|||%s", i+1, escape(line)))
	}
	return e.message("WMDOCS", "MDM^T02", at, segments...)
}
