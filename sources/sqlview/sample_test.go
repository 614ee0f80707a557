package sqlview

import (
	"strings"
	"testing"
)

func TestSample(t *testing.T) {
	if c := stanza(t, strings.Replace(Sample, "type: sqlview\n", "", 1)); len(c.Sections) == 0 {
		t.Error("the sample has no sections")
	}
}
