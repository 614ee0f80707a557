package sqlonfhir

import "fmt"

// A DefinitionError says what is wrong with a definition, and where in it.
type DefinitionError struct {
	Path   string // in the definition, as select[0].column[1].path
	Reason string
}

func (e *DefinitionError) Error() string {
	if e.Path == "" {
		return "view definition: " + e.Reason
	}
	return "view definition: " + e.Path + ": " + e.Reason
}

// A RowError says why a resource has no rows. It never quotes the resource, because errors
// are logged.
type RowError struct {
	Path   string // of the expression in the definition
	Reason string
}

func (e *RowError) Error() string { return "view: " + e.Path + ": " + e.Reason }

func wrong(path, format string, args ...any) error {
	return &DefinitionError{Path: path, Reason: fmt.Sprintf(format, args...)}
}

// The bounds on what others write: definitions, and the work they cause for one resource.
const (
	maxDefinition = 4 << 20
	maxExpression = 16 << 10
	maxDepth      = 64 // of selects and of expressions
	maxColumns    = 1000
	maxRepeat     = 256        // how deep repeat follows a resource
	maxSteps      = 10_000_000 // nodes visited and letters joined for one resource: seconds
	maxNodes      = 200_000    // that one expression finds
	maxRows       = 50_000     // of one resource: far above any record, far below what fills a disk
)
