package er7

import (
	"testing"
	"unicode/utf8"
)

// FuzzParse: nothing panics, every text is UTF-8, and what Escape writes is read as it was.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"MSH|^~\\&|LAB|WMI|||20260301||ORU^R01|1|P|2.4\rPID|||H1^^^WMI&1.2.3&ISO^PI~999^^^NHS^NH||\"\"|\rOBX|1|ST|||a\\F\\b\\X41\\\\.br\\",
		"MSH*:;!,*A\nPID*1\nNTE*1**one\ntwo", "MSH|^~\\&|A|||||||||||||||8859/1\rNTE|1||Zo\xEB\\XEB\\", "\xFF\xFEM\x00S\x00H\x00", "BHS|^~\\&", "MSH|^", "MSH|^~\\&#|\\.sp9\\\\.in\\",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Parse(raw, Limits{Bytes: 1 << 20, Segments: 1000})
		if err != nil {
			return
		}
		for _, s := range m.Segments {
			for n := range 30 {
				field := s.Field(n)
				for r := range field.Repetitions() {
					for c := range 8 {
						one := r.Component(c)
						for _, text := range []string{one.Text(), one.Sub(1), one.Sub(2)} {
							if !utf8.ValidString(text) {
								t.Fatalf("not UTF-8: %q", text)
							}
						}
					}
				}
				text := field.Text()
				back, err := Parse([]byte("MSH|^~\\&||||||||||||||||UNICODE UTF-8\rNTE|1||"+Escape(text)), Limits{})
				if err != nil {
					t.Fatal(err)
				}
				if got := back.First("NTE").Field(3).Text(); got != text && text != `""` {
					t.Fatalf("%q became %q", text, got)
				}
			}
		}
	})
}
