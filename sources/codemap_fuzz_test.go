package sources

import (
	"encoding/csv"
	"strings"
	"testing"
)

// FuzzMap: what a map says a code means stands in the file beside it, and in no other row with
// another target.
func FuzzMap(f *testing.F) {
	for _, s := range []string{"code,target\nH33..,195967001\n", "target,code,x\n1,2,3\n", "code,target\na,1\na,2\n", "code,target\n\"a\nb\",1\n", "\ufeffcode,target\na,1", "code,code,target\na,b,c", "code,target\n a , 1 \n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ReadMap(strings.NewReader(text), "urn:a", "urn:b")
		if err != nil {
			return
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatalf("half of it was read: %v", err)
		}
		targets := map[string]map[string]bool{}
		at, to := place(rows[0], "code"), place(rows[0], "target")
		for _, row := range rows[1:] {
			code, target := strings.TrimSpace(row[at]), strings.TrimSpace(row[to])
			if code == "" || target == "" {
				continue
			}
			if targets[code] == nil {
				targets[code] = map[string]bool{}
			}
			targets[code][target] = true
		}
		for code, target := range m.codes {
			if len(targets[code]) != 1 || !targets[code][target] {
				t.Fatalf("%q is %q, of %v", code, target, targets[code])
			}
		}
	})
}

func place(header []string, name string) int {
	for i, h := range header {
		if h == name {
			return i
		}
	}
	return -1
}
