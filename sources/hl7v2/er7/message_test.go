package er7

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func parse(t *testing.T, text string) *Message {
	t.Helper()
	m, err := Parse([]byte(text), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestParts(t *testing.T) {
	t.Parallel()
	m := parse(t, "MSH|^~\\&|LAB|WMI|||20260301||ORU^R01|1|P|2.4\rPID|||H1^^^WMI&1.2.3&ISO^PI~999^^^NHS^NH||\"\"|\rOBX|1|ST|||a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\X41\\\\.br\\g\\H\\h\\N\\\\Zx\\i\\|\"\"^b\r")
	if h := m.Header(); h.Field(1).Text() != "|" || h.Field(2).raw != `^~\&` || h.Field(9).Component(2).Text() != "R01" || h.Field(12).Text() != "2.4" {
		t.Errorf("MSH: %+v", h)
	}
	pid := m.First("PID")
	var ids []string
	for r := range pid.Field(3).Repetitions() {
		ids = append(ids, r.Component(1).Text()+"/"+r.Component(4).Sub(1)+"/"+r.Component(4).Sub(2))
	}
	if !slices.Equal(ids, []string{"H1/WMI/1.2.3", "999/NHS/"}) {
		t.Error(ids)
	}
	if f := pid.Field(5); !f.Null() || f.Absent() || f.Text() != "" {
		t.Error("PID-5 is null")
	}
	for _, n := range []int{4, 6, 7, 99, 0, -1} {
		if f := pid.Field(n); !f.Absent() || f.Null() {
			t.Errorf("PID-%d is absent", n)
		}
	}
	obx := m.First("OBX")
	if got, want := obx.Field(5).Text(), "a|b^c&d~e\\fA\ngh\\Zx\\i\\"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if !obx.Field(6).Component(1).Null() || obx.Field(6).Component(2).Text() != "b" {
		t.Error("OBX-6")
	}
	if s := m.First("ZZZ"); !s.Field(3).Component(2).Absent() || s.Field(1).Text() != "" || s.Name != "" {
		t.Error("a segment that is not there has only absent fields")
	}
}

func TestLineEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"CR":                   {"MSH|^~\\&|A\rPID|1\rZZ1|x", []string{"MSH", "PID", "ZZ1"}},
		"LF":                   {"MSH|^~\\&|A\nPID|1\nZZ1|x\n", []string{"MSH", "PID", "ZZ1"}},
		"CRLF":                 {"MSH|^~\\&|A\r\nPID|1\r\nZZ1|x\r\n\r\n", []string{"MSH", "PID", "ZZ1"}},
		"a line feed in text":  {"MSH|^~\\&|A\rNTE|1||one\ntwo\rPID|1\r", []string{"MSH", "NTE", "PID"}},
		"mixed":                {"MSH|^~\\&|A\rPID|1\nPV1|1\r\nZZ1", []string{"MSH", "PID", "PV1", "ZZ1"}},
		"empty lines":          {"\r\nMSH|^~\\&|A\r\r\rPID|1\r", []string{"MSH", "PID"}},
		"other delimiters":     {"MSH*:;!,*A\rPID*1", []string{"MSH", "PID"}},
		"a byte order mark":    {"\xEF\xBB\xBFMSH|^~\\&|A\rPID|1", []string{"MSH", "PID"}},
		"the mark of 2.7":      {"MSH|^~\\&#|A\rPID|1", []string{"MSH", "PID"}},
		"only one delimiter":   {"MSH|^|A\rPID|1", []string{"MSH", "PID"}},
		"a segment of no more": {"MSH|^~\\&|A\rPID\rPV1", []string{"MSH", "PID", "PV1"}},
	} {
		var names []string
		for _, s := range parse(t, c.text).Segments {
			names = append(names, s.Name)
		}
		if !slices.Equal(names, c.want) {
			t.Errorf("%s: %v, want %v", name, names, c.want)
		}
	}
	if got := parse(t, "MSH|^~\\&|A\rNTE|1||one\ntwo\r").First("NTE").Field(3).Text(); got != "one\ntwo" {
		t.Errorf("%q", got)
	}
}

func TestCharsets(t *testing.T) {
	t.Parallel()
	head := func(charset string) string { return "MSH|^~\\&|A" + strings.Repeat("|", 15) + charset + "\r" }
	wide := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	for _, c := range []struct {
		name, text, fallback, want string
		err                        error
	}{
		{"Latin-1", head("8859/1") + "NTE|1||Zo\xEB \x80", "", "Zoë €", nil},
		{"Latin-1 with its other name", head("ISO-8859-1") + "NTE|1||Zo\xEB", "", "Zoë", nil},
		{"Latin-9", head("8859/15") + "NTE|1||\xA4", "", "€", nil},
		{"UTF-8", head("UNICODE UTF-8") + "NTE|1||Zoë", "", "Zoë", nil},
		{"UTF-8 of several", head("UNICODE UTF-8~8859/1") + "NTE|1||Zoë", "", "Zoë", nil},
		{"nothing said, UTF-8", head("") + "NTE|1||Zoë", "", "Zoë", nil},
		{"nothing said, by configuration", head("") + "NTE|1||Zo\xEB", "8859/1", "Zoë", nil},
		{"ASCII that is none, by configuration", head("ASCII") + "NTE|1||Zo\xEB", "8859/1", "Zoë", nil},
		{"a hexadecimal byte of Latin-1", head("8859/1") + `NTE|1||Zo\XEB\`, "", "Zoë", nil},
		{"hexadecimal bytes of UTF-8", head("UNICODE UTF-8") + `NTE|1||Zo\XC3AB\\XEB\`, "", `Zoë\XEB\`, nil},
		{"nothing said, Latin-1", head("") + "NTE|1||Zo\xEB", "", "", ErrEncoding},
		{"UTF-8 that is none", head("UNICODE UTF-8") + "NTE|1||Zo\xEB", "8859/1", "", ErrEncoding},
		{"UTF-16 by its mark", "\xFF\xFE" + wide(head("")), "", "", ErrUTF16},
		{"UTF-16 without mark", wide(head("")), "", "", ErrUTF16},
		{"UTF-16 declared", head("UNICODE UTF-16"), "", "", ErrUTF16},
		{"Japanese", head("ISO IR87"), "", "", ErrCharset},
	} {
		m, err := Parse([]byte(c.text), Limits{Charset: c.fallback})
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", c.name, err, c.err)
			continue
		}
		if err == nil {
			if got := m.First("NTE").Field(3).Text(); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		err  error
	}{
		"nothing":                 {"", ErrNotHL7},
		"a web request":           {"GET / HTTP/1.1\r\n\r\n", ErrNotHL7},
		"XML":                     {"<ADT_A01/>", ErrNotHL7},
		"MSH and no more":         {"MSH", ErrDelimiters},
		"no delimiters":           {"MSH||", ErrDelimiters},
		"a letter as delimiter":   {"MSHAB", ErrDelimiters},
		"the same delimiter":      {"MSH|^^\\&|", ErrDelimiters},
		"the field's as another":  {"MSH|", ErrDelimiters},
		"a batch":                 {"BHS|^~\\&|A", ErrBatch},
		"a file of batches":       {"FHS|^~\\&|A", ErrBatch},
		"a line that is none":     {"MSH|^~\\&|A\rpid|1", ErrSegment},
		"text after the header":   {"MSH|^~\\&|A\rhello", ErrSegment},
		"too many segments":       {"MSH|^~\\&|A\r" + strings.Repeat("ZZ1\r", 10_000), ErrSegments},
		"too large":               {"MSH|^~\\&|" + strings.Repeat("A", 4<<20), ErrTooLarge},
		"a NUL where MSH ends":    {"MSH|^\x00~\\&|", ErrUTF16},
		"quotes as the delimiter": {"MSH\"^~\\&\"", ErrDelimiters},
	} {
		if _, err := Parse([]byte(c.text), Limits{}); !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
	}
}

func TestEscapeIsUndone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`|^~\&`, "a\nb", `\F\`, `\\`, "Zoë", `x\Z1\y`, ""} {
		if got := parse(t, "MSH|^~\\&|A\rNTE|1||"+Escape(text)+"\r").First("NTE").Field(3).Text(); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
