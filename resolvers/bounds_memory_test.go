package resolvers

import (
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// TestWeightIsNoLess: what documents are said to weigh they do not exceed by much, so that
// the bound is one. Not parallel: it looks at all memory.
func TestWeightIsNoLess(t *testing.T) {
	for name, text := range map[string]string{
		"fields":          "{ me {" + repeated(" name role purpose", 6) + strings.Repeat(" organisation { name ods }", 18) + " } }",
		"values":          "{ patientsByNHSNumber(nhsNumbers: [" + repeated(` "9990000026"`, mostItems) + "]) { problem } }",
		"variables":       "query(" + repeated(" $v#: [NHSNumber!]! = [\"9990000026\"]", 100) + ") { " + repeated(" a#: patientsByNHSNumber(nhsNumbers: $v#) { problem }", 9) + " }",
		"directives":      "{ me { name" + repeated(" ...{ role @skip(if: false) @include(if: true) }", 20) + " } }",
		"comments":        "{ me { name } }" + strings.Repeat("\n# of a line", 2000),
		"comments inside": "{ me {" + strings.Repeat("\n#\n#\nrole", 18) + strings.Repeat("\n#\n#\nname @skip(\n#\nif: \n#\n false)", 18) + " } }",
		"long words":      `{ patient(id: "` + strings.Repeat("x", 50_000) + `") { id } }`,
	} {
		const copies = 60
		kept := make([]any, 0, 2*copies)
		weight, before := 0, inUse()
		for i := range copies {
			own := text + " # " + strconv.Itoa(i)
			doc, m, err := parsedWithin(own)
			if err != nil {
				t.Fatal(name, err)
			}
			validated(Schema0, doc, false)
			weight += weightOf(own, m)
			kept = append(kept, own, doc)
		}
		if used := int(inUse() - before); used > weight*3/2 || used < 0 {
			t.Errorf("%s: %d bytes in use, said to be %d", name, used/copies, weight/copies)
		} else {
			t.Logf("%s: %d bytes in use, said to be %d", name, used/copies, weight/copies)
		}
		runtime.KeepAlive(kept)
	}
}

// Schema0 is the schema, made before memory is measured.
var Schema0 = Schema()

func inUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestDocumentsAreForgotten: what is kept stays below its bound, the latest stay, and what is
// registered is not forgotten for what is not.
func TestDocumentsAreForgotten(t *testing.T) {
	t.Parallel()
	const registered = "{ registered }"
	k := newDocuments(Operations{"id": registered})
	k.put(&document{text: registered, weight: 100})
	for i := range 1000 {
		k.put(&document{text: strconv.Itoa(i), weight: mostKept / 100})
		k.put(&document{text: strconv.Itoa(i), weight: mostKept / 100}) // as fast
		if k.get("0") == nil {
			t.Fatal("what is asked all the time is forgotten")
		}
	}
	if k.weight > mostKept || len(k.byText) > 100 || len(k.byText) != k.order.Len() || len(k.byText) < 90 {
		t.Errorf("%d bytes, %d documents", k.weight, len(k.byText))
	}
	if k.get(registered) == nil || k.get("999") == nil || k.get("500") != nil {
		t.Error("the wrong ones are forgotten")
	}
}
