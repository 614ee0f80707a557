package main

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/resolvers"
)

// Where introspection is off a question about the schema is told so, by a code of its own:
// it is no fault of ours and no mistake of the asker's. The rest of the answer is there.
func TestIntrospectionThatIsOffSaysSo(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Seed: 1, Patients: 1}, func(c *Config) { c.Introspection = false })
	for _, query := range []string{`{ __schema { types { name } } }`, `{ __type(name: "Patient") { name } }`, `{ s: __schema { queryType { name } } }`} {
		o := r.ask(t, auth.RoleGP, query, nil)
		problems := o.list("errors")
		if len(problems) == 0 || problems[0].text("extensions.code") != resolvers.CodeIntrospectionOff || !strings.Contains(problems[0].text("message"), "introspection") || problems[0].text("extensions.requestId") == "" {
			t.Errorf("%s: %v", query, o)
		}
		for _, field := range []string{"data.__schema", "data.s", "data.__type"} {
			if o.at(field) != nil {
				t.Errorf("%s gives the schema", query)
			}
		}
	}
	if strings.Contains(r.log.String(), "resolver failed") {
		t.Error("it is logged as a fault")
	}
	on := startRegion(t, demo.Options{Seed: 1, Patients: 1}, nil)
	if o := on.ask(t, auth.RoleGP, `{ __type(name: "Patient") { name } }`, nil); o.text("data.__type.name") != "Patient" {
		t.Errorf("where it is on: %v", o)
	}
}
