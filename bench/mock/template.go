package mock

import (
	"strings"
)

// The places in a text that differ by person; each as long as what takes it.
const (
	numberPlace = "##########"
	familyPlace = "@@@@@@"
	birthPlace  = "^^^^^^^^^^"
)

// template is the entries of one kind of one person's record, ready but for who it is.
type template struct {
	text  string
	count int
	// at are where the person's number, family name and date of birth go.
	at [3][]int
}

func newTemplate(entries []string) template {
	t := template{text: strings.Join(entries, ","), count: len(entries)}
	for i, place := range []string{numberPlace, familyPlace, birthPlace} {
		for from := 0; ; {
			next := strings.Index(t.text[from:], place)
			if next < 0 {
				break
			}
			t.at[i] = append(t.at[i], from+next)
			from += next + len(place)
		}
	}
	return t
}

// append writes the entries of p to b.
func (t template) append(b []byte, p *Person) []byte {
	start := len(b)
	b = append(b, t.text...)
	mine := b[start:]
	for i, value := range []string{p.Number, p.Family, p.Birth} {
		for _, at := range t.at[i] {
			copy(mine[at:], value)
		}
	}
	return b
}
