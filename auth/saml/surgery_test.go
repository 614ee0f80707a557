package saml

import (
	"context"
	"errors"
	"net/url"
	"reflect"
	"testing"

	"github.com/beevik/etree"
	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/auth"
)

// TestSurgery: however the parts of a signed message are moved, copied, renamed and
// rewritten, it is refused, or still says the very same of the very same person: what
// the named attacks above have in common.
func TestSurgery(t *testing.T) {
	t.Parallel()
	p := openStanza(t, stanza(t, metadataOf(keys().idp.cert)))
	kept, id := begin(t, p, false)
	signedOnes := map[string]*etree.Element{"assertion": answer(id), "response": answer(id), "both": answer(id)}
	signAssertion(signedOnes["assertion"])
	signResponse(signedOnes["response"])
	signAssertion(signedOnes["both"])
	signResponse(signedOnes["both"])
	want, err := finish(p, kept, written(signedOnes["both"]))
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		r := signedOnes[rapid.SampledFrom([]string{"assertion", "response", "both"}).Draw(t, "signed")].Copy()
		operate(t, r)
		proof, err := finish(p, kept, written(r))
		var refusal *auth.Refusal
		switch {
		case err == nil && !reflect.DeepEqual(proof, want):
			t.Fatalf("forged: %+v\n%s", proof, written(r))
		case err == nil:
			taken++
		case !errors.As(err, &refusal):
			t.Fatalf("not a refusal: %v", err)
		}
	})
	t.Logf("%d harmless changes were taken", taken)
}

// TestSurgeryOfEnds: the same of requests to sign out.
func TestSurgeryOfEnds(t *testing.T) {
	t.Parallel()
	p := openStanza(t, stanza(t, metadataOf(keys().idp.cert)))
	signedOne := logout()
	sign(signedOne, keys().idp)
	rapid.Check(t, func(t *rapid.T) {
		m := signedOne.Copy()
		operate(t, m)
		ended, err := p.End(context.Background(), url.Values{"SAMLRequest": {encode(written(m))}}, "")
		var refusal *auth.Refusal
		switch {
		case err == nil && (ended.Subject != someone || !reflect.DeepEqual(ended.Sessions, []string{"s-1"})):
			t.Fatalf("forged: %+v\n%s", ended, written(m))
		case err != nil && !errors.As(err, &refusal):
			t.Fatalf("not a refusal: %v", err)
		}
	})
}

// operate changes a tree one to five times.
func operate(t *rapid.T, root *etree.Element) {
	for range rapid.IntRange(1, 5).Draw(t, "times") {
		all := append([]*etree.Element{root}, root.FindElements(".//*")...)
		one := rapid.SampledFrom(all).Draw(t, "element")
		switch rapid.SampledFrom([]string{"copy", "forge", "move", "wrap", "id", "text", "remove", "rename"}).Draw(t, "how") {
		case "copy":
			insert(t, root, one.Copy())
		case "forge":
			insert(t, root, evilCopy(one))
		case "move":
			if one != root {
				one.Parent().RemoveChild(one)
				insert(t, root, one)
			}
		case "wrap":
			if one != root {
				parent, at := one.Parent(), one.Index()
				parent.RemoveChild(one)
				box := etree.NewElement(rapid.SampledFrom([]string{"samlp:Extensions", "saml:Advice", "ds:Object", "saml:Assertion", "samlp:Response"}).Draw(t, "box"))
				box.CreateAttr("xmlns:ds", nsSignature)
				box.AddChild(one)
				parent.InsertChildAt(at, box)
			}
		case "id":
			set(one, "ID", rapid.SampledFrom([]string{"_a1", "_r1", "_l1", "_evil"}).Draw(t, "id"))
		case "text":
			one.SetText(mallory)
		case "remove":
			if one != root {
				one.Parent().RemoveChild(one)
			}
		case "rename":
			one.Tag = rapid.SampledFrom(all).Draw(t, "like").Tag
		}
	}
}

func insert(t *rapid.T, root, one *etree.Element) {
	all := append([]*etree.Element{root}, root.FindElements(".//*")...)
	under := rapid.SampledFrom(all).Draw(t, "under")
	under.InsertChildAt(rapid.IntRange(0, len(under.Child)).Draw(t, "at"), one)
}

// evilCopy is about somebody else, and has ids of its own and no signature.
func evilCopy(one *etree.Element) *etree.Element {
	evil := one.Copy()
	for i, el := range append([]*etree.Element{evil}, evil.FindElements(".//*")...) {
		if attr(el, "ID") != "" {
			set(el, "ID", "_evil"+string(rune('a'+i%26)))
		}
		if s := el.SelectElement("Signature"); s != nil {
			el.RemoveChild(s)
		}
		if el.Tag == "NameID" || el.Tag == "AttributeValue" {
			el.SetText(mallory)
		}
	}
	return evil
}
