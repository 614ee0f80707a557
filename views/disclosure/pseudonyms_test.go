package disclosure

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func pseudonyms(t interface{ Fatal(...any) }, secret []byte, view string) *Pseudonyms {
	p, err := NewPseudonyms(secret, view)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPseudonyms: stable within a view; apart between views, secrets and kinds.
func TestPseudonyms(t *testing.T) {
	t.Parallel()
	shape := regexp.MustCompile(`^[A-Z2-7]{26}$`)
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.SliceOfN(rapid.Byte(), 32, 64).Draw(t, "secret")
		view := rapid.StringN(1, 20, -1).Draw(t, "view")
		kind, id := rapid.String().Draw(t, "kind"), rapid.StringN(1, 40, -1).Draw(t, "id")
		p := pseudonyms(t, secret, view)
		got := p.Of(kind, id)
		if !shape.MatchString(got) {
			t.Fatalf("%q is not 26 characters of base32", got)
		}
		if again := pseudonyms(t, bytes.Clone(secret), view).Of(kind, id); again != got {
			t.Fatal("the same view gives another pseudonym")
		}
		other := bytes.Clone(secret)
		other[rapid.IntRange(0, len(other)-1).Draw(t, "flip")] ^= 1
		more := rapid.StringN(1, 5, -1).Draw(t, "more")
		for what, differs := range map[string]string{
			"another secret": pseudonyms(t, other, view).Of(kind, id),
			"another view":   pseudonyms(t, secret, view+more).Of(kind, id),
			"another kind":   p.Of(kind+more, id),
			"another id":     p.Of(kind, id+more),
			"a shifted id":   p.Of(kind+id, more),
		} {
			if differs == got {
				t.Fatalf("%s gives the same pseudonym", what)
			}
		}
		if kind != "" && p.Of(kind[:len(kind)-1], kind[len(kind)-1:]+id) == got {
			t.Fatal("kind and id run into each other")
		}
	})
}

// TestPseudonymsKeepTheirSecret: bad keys are refused, and no way of printing shows one.
func TestPseudonymsKeepTheirSecret(t *testing.T) {
	t.Parallel()
	secret := bytes.Repeat([]byte{0xA5}, 32)
	if _, err := NewPseudonyms(secret[:31], "v"); err == nil {
		t.Error("31 bytes are taken for a secret")
	}
	if _, err := NewPseudonyms(secret, ""); err == nil {
		t.Error("no view is taken for a view")
	}
	p := pseudonyms(t, secret, "v")
	if p.Of("person", "") != "" {
		t.Error("who has no id has a pseudonym, shared with all others who have none")
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(format, p); strings.ContainsAny(text, "[0123456789") {
			t.Errorf("%s prints %q", format, text)
		}
	}
}

// TestPseudonymsStay: a known answer, worked out apart (RFC 5869, RFC 2104, RFC 4648), so that no release of the software changes the
// pseudonyms that a region has given out.
func TestPseudonymsStay(t *testing.T) {
	t.Parallel()
	p := pseudonyms(t, []byte("a secret of at least thirty-two bytes"), "falls-by-ward")
	if got, want := p.Of("person", "9434765919"), "YRWINEZZBVVTHMOULDL3PFYPGY"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
