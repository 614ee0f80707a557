package resolvers

import "testing"

// TestMembers: text that looks like JSON is no field.
func TestMembers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		``: 0, `null`: 0, `{}`: 0, `{"a":1}`: 1, `{"a":{"b":[1,2,{"c":null}]}}`: 3,
		`{"a":"b: {\"c\":1}"}`: 1, `{"a":"\\","b":"\\\":"}`: 2, `{"a:b":":"}`: 1,
	} {
		if got := members([]byte(text)); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}
