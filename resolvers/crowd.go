package resolvers

import (
	"errors"
	"net/http"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/patchworkcare/patchwork/auth"
)

// CodeOverloaded: the server is asked for more than it can do at the moment. Nothing was done.
const CodeOverloaded = "OVERLOADED"

// Overloaded is what somebody is told then.
const Overloaded = "Patchwork is very busy at the moment. Try again in a few seconds"

var errOverloaded = errors.New("the server is asked for more than it can do")

// manyPeople are the fields of Query that read the records of many people.
var manyPeople = map[string]bool{"list": true, "patientsByNHSNumber": true, "rosters": true, "understandNumbers": true}

// crowded reports whether an operation is to wait for a better moment: one person's record
// comes before lists of many. A run of a view has waited before (views).
func (x *Executor) crowded(o *ast.OperationDefinition, s *auth.Session) bool {
	if x.behind == nil || s != nil && s.View != nil || o.Operation != ast.Query {
		return false
	}
	for _, selection := range o.SelectionSet {
		if f, ok := selection.(*ast.Field); ok && manyPeople[f.Name] {
			return x.behind()
		}
	}
	return false
}

// failOverloaded says that an operation was not run.
func (x *Executor) failOverloaded(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "2")
	x.fail(w, r, http.StatusServiceUnavailable, CodeOverloaded, Overloaded)
}
