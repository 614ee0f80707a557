package columns

import (
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// The codes of what a row may lack.
const (
	BadDate  = "bad-date"
	BadValue = "bad-value"
	CellCap  = "cell-cap"
	BadText  = "bad-text"
)

// reasons are fixed: they never hold what stood in a cell.
func reason(code string) string {
	switch code {
	case BadDate:
		return "Some dates could not be read and are left out"
	case BadValue:
		return "Some coded values are not known here and are left out"
	case CellCap:
		return "Some texts are too long and are left out"
	case BadText:
		return "Some texts hold characters that could not be read"
	}
	return "Something is missing"
}

// Partial is a gap with a fixed text.
func Partial(code, reason string) sources.Gap {
	return sources.Gap{Status: record.Partial, Code: code, Reason: reason}
}

// gaps collects each code once, in the order met.
type gaps []string

func (g *gaps) add(code string) {
	if !slices.Contains(*g, code) {
		*g = append(*g, code)
	}
}

func (g gaps) list() []sources.Gap {
	var out []sources.Gap
	for _, code := range g {
		out = append(out, Partial(code, reason(code)))
	}
	return out
}
