package policy

import (
	"context"

	"github.com/ory/ladon"
)

// contextKeys are the keys of the typed context; every request has all of them.
var contextKeys = []string{"careSetting", "organisation", "purpose", "role"}

// In holds when the context's value is one of Values. What is not a string cannot be
// judged: then a deny takes effect and an allow does not, so that Ladon's habit of
// skipping what it cannot evaluate never opens a door.
type In struct {
	Values []string `json:"values"`
	Deny   bool     `json:"deny"`
}

// GetName names the condition in Ladon.
func (c *In) GetName() string { return "In" }

// Fulfills reports whether the condition holds.
func (c *In) Fulfills(_ context.Context, value any, _ *ladon.Request) bool {
	s, ok := value.(string)
	if !ok {
		return c.Deny
	}
	for _, v := range c.Values {
		if v == s {
			return true
		}
	}
	return false
}
