package pds

// The register's own error codes (Spine-ErrorOrWarningCode) that mean something to us.
const (
	codeNotFound    = "RESOURCE_NOT_FOUND"
	codeInvalidated = "INVALIDATED_RESOURCE"
	codeTooMany     = "TOO_MANY_MATCHES"
)

// outcomeCode gives the register's code in an OperationOutcome, "" if body is none.
func outcomeCode(body []byte) string {
	r := newReader(body, "")
	var kind, code string
	r.Members(func(name string) {
		switch name {
		case "resourceType":
			kind = r.String()
		case "issue":
			r.Each(func() {
				r.Members(func(name string) {
					if name == "details" {
						for _, c := range r.Concept().Codings {
							if code == "" {
								code = c.Code
							}
						}
					}
				})
			})
		}
	})
	if r.End() != nil || kind != "OperationOutcome" {
		return ""
	}
	return code
}
