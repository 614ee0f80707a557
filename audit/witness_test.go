package audit

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

const leafLine = " 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

const noteText = "patchwork-ledger/0f3a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— patchwork-ledger/0f3a AbCd\n"

// TestWhatAWitnessMayLookLike: a torn end is the end; anything else that is not whole is
// named by its line.
func TestWhatAWitnessMayLookLike(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text    string
		records int
		bad     int // line; 0 is none
	}{
		"empty":                      {"", 0, 0},
		"a leaf":                     {"1" + leafLine, 1, 0},
		"leaf, checkpoint, leaf":     {"1" + leafLine + noteText + "2" + leafLine, 3, 0},
		"a torn leaf":                {"1" + leafLine + "2 47DE", 1, 0},
		"a leaf without its end":     {strings.TrimSuffix("1"+leafLine, "\n"), 0, 0},
		"a torn checkpoint":          {"1" + leafLine + noteText[:60], 1, 0},
		"checkpoint without its end": {"1" + leafLine + strings.TrimSuffix(noteText, "\n"), 1, 0},
		"zeros at the end":           {"1" + leafLine + strings.Repeat("\x00", 200_000), 1, 0},
		"zeros within":               {"1" + leafLine + strings.Repeat("\x00", 200_000) + "\n2" + leafLine, 1, 2},
		"a gap":                      {"1" + leafLine + "3" + leafLine, 1, 2},
		"a repetition":               {"1" + leafLine + "1" + leafLine, 1, 2},
		"not from the beginning":     {"2" + leafLine, 0, 1},
		"an empty line":              {"1" + leafLine + "\n2" + leafLine + noteText, 1, 2},
		"another size":               {"1" + leafLine + "2" + leafLine + noteText, 2, 3},
		"words":                      {"hello\nworld\nhow\nare\nyou\n", 0, 1},
		"a long line":                {strings.Repeat("x", 100_000) + "\n", 0, 1},
		"loose bits":                 {"1 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n" + noteText, 0, 1},
	} {
		r := newWitnessReader(strings.NewReader(c.text))
		n := 0
		var err error
		for err == nil {
			if _, err = r.next(); err == nil {
				n++
			}
		}
		var bad *malformedError
		line := 0
		if errors.As(err, &bad) {
			line = bad.line
		}
		if n != c.records || line != c.bad {
			t.Errorf("%s: %d records, line %d (%v), want %d and %d", name, n, line, err, c.records, c.bad)
		}
	}
}

// FuzzWitness: no text makes the reader panic or read for ever; what it took for whole
// reads the same again and is a place to go on from; and the end of a file is found alike
// from its beginning and from its last part.
func FuzzWitness(f *testing.F) {
	f.Add([]byte("1" + leafLine + noteText + "2" + leafLine))
	f.Add([]byte("1" + leafLine + noteText + "2 47DE"))
	f.Add([]byte("1" + leafLine + "\x00\x00"))
	f.Add([]byte(noteText))
	f.Fuzz(func(t *testing.T, text []byte) {
		n, good, err := readAll(text)
		again, goodAgain, _ := readAll(text[:good])
		if n != again || good != goodAgain {
			t.Fatalf("%d records in %d bytes, then %d in %d", n, good, again, goodAgain)
		}
		if err != io.EOF {
			return
		}
		file := filepath.Join(t.TempDir(), "witness")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		w, at, err := openWitness(file)
		if err != nil || at.size != good {
			t.Fatalf("it goes on at %d, not %d: %v", at.size, good, err)
		}
		if err := w.write(at.last, make([]tlog.Hash, 2), ""); err != nil {
			t.Fatal(err)
		}
		_ = w.close()
		grown, err := os.ReadFile(file)
		if err != nil || !bytes.HasPrefix(grown, text[:good]) {
			t.Fatalf("what was there was changed: %v", err)
		}
		if more, _, err := readAll(grown); more != n+2 || err != io.EOF {
			t.Fatalf("%d records, want two more than %d: %v", more, n, err)
		}
	})
}

func readAll(text []byte) (records int, good int64, err error) {
	r := newWitnessReader(bytes.NewReader(text))
	for {
		if _, err := r.next(); err != nil {
			return records, r.good, err
		}
		records++
	}
}

// TestALongWitnessIsReadFromItsEnd, wherever the last part begins.
func TestALongWitnessIsReadFromItsEnd(t *testing.T) {
	t.Parallel()
	key, err := OpenKey(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "witness")
	w, _, err := openWitness(path)
	if err != nil {
		t.Fatal(err)
	}
	for w.size < tailBytes+20_000 {
		note, err := key.sign(w.last+20, tlog.Hash{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.write(w.last, make([]tlog.Hash, 20), note); err != nil {
			t.Fatal(err)
		}
	}
	last, size := w.last, w.size
	_ = w.close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for torn := 0; torn < 1500; torn += 23 {
		text := whole[:len(whole)-torn]
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		at, err := tailOf(path)
		_, good, _ := readAllFrom(text)
		if err != nil || at.size != good || at.note == "" || at.last > last || at.size > size {
			t.Fatalf("%d bytes torn: %+v, want %d bytes: %v", torn, at.size, good, err)
		}
	}
}

// readAllFrom is readAll that steps over all but the last part of a long text.
func readAllFrom(text []byte) (int, int64, error) {
	skip := bytes.Index(text[max(0, len(text)-5000):], []byte("\npatchwork")) + max(0, len(text)-5000)
	r := newWitnessReader(bytes.NewReader(text[skip+1:]))
	r.free = true
	n := 0
	for {
		if _, err := r.next(); err != nil {
			return n, r.good + int64(skip) + 1, err
		}
		n++
	}
}
