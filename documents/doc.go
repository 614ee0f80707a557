// Package documents makes documents of other systems fit to be shown: it holds what a
// document is said to be against what it is, and takes out of HTML and CDA everything
// that could run, load or lead elsewhere.
//
// It knows no patient, no policy and no source, and keeps nothing: bytes come in, bytes
// or a Problem go out. Every document is hostile until it has been through here.
package documents

// Problem is why a document is not shown. Its texts are fixed and quote nothing of it.
type Problem struct {
	// Code is machine-readable: CodeKind, CodeTooLarge or CodeUnreadable.
	Code string
	// Reason is one plain sentence for the reader.
	Reason string
}

// The codes of problems.
const (
	// CodeKind: it is not of a kind that is shown, or not what it is said to be.
	CodeKind = "NOT_SHOWN"
	// CodeTooLarge: it is larger than is taken apart here.
	CodeTooLarge = "TOO_LARGE"
	// CodeUnreadable: it is broken, or made to break a reader.
	CodeUnreadable = "UNREADABLE"
)

// Error gives the reason.
func (p *Problem) Error() string { return p.Reason }

func notShown(reason string) *Problem   { return &Problem{CodeKind, reason} }
func unreadable(reason string) *Problem { return &Problem{CodeUnreadable, reason} }
func tooLarge() *Problem {
	return &Problem{CodeTooLarge, "The document is larger than can be made safe to show here"}
}
