package csvfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// BenchmarkFetch reads one person out of a file of 30 MB.
func BenchmarkFetch(b *testing.B) {
	s, size := large(b)
	b.SetBytes(size)
	for b.Loop() {
		if r := one(b, s, record.Alerts, "P77"); r.Err != nil || len(r.Entries) == 0 {
			b.Fatal(r.Err)
		}
	}
}

// BenchmarkFind looks 50 people up in a file of 30 MB.
func BenchmarkFind(b *testing.B) {
	s, size := large(b)
	b.SetBytes(size)
	queries := make([]record.PersonQuery, 50)
	for i := range queries {
		queries[i] = record.PersonQuery{FamilyName: "Nobody", BirthDate: "1956-03-12", NHSNumber: record.NHSNumber(fmt.Sprintf("999%07d", i))}
	}
	for b.Loop() {
		if _, err := s.(sources.Finder).Find(b.Context(), queries); err != nil {
			b.Fatal(err)
		}
	}
}

func large(b *testing.B) (sources.Source, int64) {
	var text strings.Builder
	text.WriteString("id,nhs,name,what,note,start\n")
	for i := range 300_000 {
		fmt.Fprintf(&text, "P%d,999 %03d %04d,Ashworth,Access,\"Key safe, left of the door; code with the office\",01/02/2024\n", i%50_000, i%1000, i%10000)
	}
	dir := write(b, map[string]string{"alerts.csv": text.String()})
	return open(b, stanza(b, "location: "+dir+`
people: {file: alerts.csv, columns: {subject: id, nhs_number: nhs, family_name: name}}
sections: {alerts: {file: alerts.csv, date_format: DD/MM/YYYY, columns: {subject: id, code_text: what, note: note, start: start}}}
`)), int64(text.Len())
}
