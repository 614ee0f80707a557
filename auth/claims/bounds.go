package claims

import "time"

// What a provider may say at most. A user in a thousand groups stays well within; beyond,
// nothing is evaluated.
const (
	mostDepth  = 16
	mostValues = 5_000
	mostText   = 256 << 10 // bytes of all keys and texts together
	mostString = 4 << 10   // bytes of one
)

// What a mapping may cost at most, in CEL's own units, of one expression and of all of one
// sign-in together: a unit is 20 to 100 ns, so that a mapping ends within 20 ms whatever the
// claims. `"x" in claims.groups` costs 1 for each group, exists and its like 10 to 15. The time is
// only a second net, wide enough that a busy server refuses nobody by it.
const (
	mostCost    = 60_000
	mostAllCost = 120_000
	mostTime    = time.Second
)

// measure counts what the provider said.
type measure struct{ values, text int }

// tooMuch says what is wrong with the size or the shape of the claims; "" if nothing is.
func tooMuch(claims map[string]any) string {
	var m measure
	return m.value(claims, 0)
}

func (m *measure) value(v any, depth int) string {
	if m.values++; m.values > mostValues {
		return "the claims hold more than 5,000 values"
	}
	if depth > mostDepth {
		return "the claims are nested deeper than 16 levels"
	}
	switch v := v.(type) {
	case nil, bool, int64, float64:
		return ""
	case string:
		return m.string(v)
	case []any:
		for _, item := range v {
			if why := m.value(item, depth+1); why != "" {
				return why
			}
		}
		return ""
	case map[string]any:
		for key, item := range v {
			if why := m.string(key); why != "" {
				return why
			}
			if why := m.value(item, depth+1); why != "" {
				return why
			}
		}
		return ""
	}
	return "the claims hold a value of a type that no provider has"
}

func (m *measure) string(s string) string {
	if m.text += len(s); len(s) > mostString || m.text > mostText {
		return "the claims hold a text longer than 4 KiB, or texts of more than 256 KiB together"
	}
	return ""
}
