package hl7v2

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/mllp"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is the tests' now.
func noon() time.Time { return time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC) }

func stanza(t testing.TB) *Config {
	t.Helper()
	return &Config{Listen: "127.0.0.1:0", Store: t.TempDir(), PatientID: PatientID{Authorities: []string{"WMI"}}}
}

func env(t testing.TB, log io.Writer) sources.Env {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return sources.Env{ID: "conformance", Log: slog.New(slog.NewTextHandler(log, nil)), Now: noon, Zone: london,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }}
}

// open opens the feed; it is closed at the end of the test.
func open(t testing.TB, c *Config) *source {
	t.Helper()
	s := openNow(t, c)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func openNow(t testing.TB, c *Config) *source {
	t.Helper()
	if p := c.Validate(); len(p) > 0 {
		t.Fatal(p)
	}
	opened, err := c.Open(t.Context(), env(t, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	return opened.(*source)
}

// sender is a system that sends, over a real connection.
type sender struct {
	t       testing.TB
	conn    net.Conn
	answers *bufio.Reader
	n       int
}

func dial(t testing.TB, s *source) *sender {
	t.Helper()
	conn, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(60 * time.Second))
	return &sender{t: t, conn: conn, answers: bufio.NewReaderSize(conn, 64<<10)}
}

// message writes lines as a message; the first begins after MSH-2 if it does not begin
// with MSH. "%ID%" in it is a control id that was not used before.
func (x *sender) message(text string) string {
	x.n++
	text = strings.ReplaceAll(strings.TrimSpace(text), "%ID%", fmt.Sprintf("c%d", x.n))
	return strings.ReplaceAll(text, "\n", "\r") + "\r"
}

// send sends and gives the acknowledgement code and the text of each answer.
func (x *sender) send(text string) string {
	x.t.Helper()
	if _, err := x.conn.Write(mllp.Frame([]byte(x.message(text)))); err != nil {
		x.t.Fatal(err)
	}
	return x.answer()
}

func (x *sender) answer() string {
	x.t.Helper()
	text, err := x.answers.ReadBytes(0x1C)
	if err != nil {
		x.t.Fatal(err)
	}
	_, _ = x.answers.Discard(1)
	for line := range bytes.SplitSeq(text, []byte("\r")) {
		if msa, ok := bytes.CutPrefix(line, []byte("MSA|")); ok {
			return string(msa)
		}
	}
	return ""
}

// well sends what must be taken.
func (x *sender) well(texts ...string) {
	x.t.Helper()
	for _, text := range texts {
		if got := x.send(text); !strings.HasPrefix(got, "AA|") {
			x.t.Fatalf("%s\nwas answered %s", text, got)
		}
	}
}

func read(t testing.TB, s *source, section record.Section, id string) sources.Result {
	t.Helper()
	var out sources.Result
	n := 0
	s.Fetch(t.Context(), []sources.Key{{Section: section, LocalID: id}}, func(_ sources.Key, r sources.Result) { out, n = r, n+1 })
	if n != 1 {
		t.Fatalf("answered %d times", n)
	}
	return out
}

func codes(r sources.Result) string {
	var all []string
	for _, g := range r.Gaps {
		all = append(all, g.Code)
	}
	return strings.Join(all, " ")
}

const (
	admit = `MSH|^~\&|PAS|WMI|PW|PW|20260301101500||ADT^A01|%ID%|P|2.4|||||||
EVN|A01|20260301101500
PID|1||H1^^^WMI^MR~9990000018^^^NHS^NH||Ashworth^Mary^Jane^^Mrs||19560312|F|||1 High Street^^Westmarch^^WM1 1AA^^H||01632 960001^PRN^PH|||||||||||||||||N
PD1|||Westmarch Surgery^^A81001|^Hart^Jo^^^Dr
NK1|1|Ashworth^Tom|SPO|2 High Street^^Westmarch|01632 960002
PV1|1|I|W7^B2^3^WMI|E|||C123^Osei^Grace^^^Dr|||180||||1|||||V100|||||||||||||||||||||||||20260301100000
AL1|1|DA|91936005^Allergy to penicillin^SCT|SV|Rash|20010405
DG1|1||J18.9^Pneumonia^I10||20260301|W
`
	numbers = `MSH|^~\&|LIMS|WMI|PW|PW|20260302090000||ORU^R01|%ID%|P|2.4
PID|1||H1^^^WMI^MR||Ashworth^Mary||19560312|F
OBR|1|P1|F1|U+E^Urea and electrolytes^WINPATH|||20260302080000|||||||||||||||20260302085900||CH|F
NTE|1||Sample a little old
OBX|1|NM|K^Potassium^WINPATH||5.90|mmol/L|3.5-5.3|H|||F
NTE|1||Haemolysed
OBX|2|NM|NA^Sodium^WINPATH||140|mmol/L|133-146|N|||F
`
)
