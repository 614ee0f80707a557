package check

import (
	"regexp"
	"slices"
	"strings"
)

// atoms are the units of UCUM that health records use, without prefixes; metric ones may
// have a prefix. https://ucum.org/ucum
var (
	atoms = strings.Fields(`% [ppth] [ppm] [pH] 10* 10^ min h d wk mo a mo_j a_j deg ' " [degF] [in_i] [ft_i] [lb_av] [oz_av] [st_av] [pt_br] [foz_br]
		[IU] [iU] [arb'U] [USP'U] [CFU] [PFU] [drp] [tsp_us] [tbs_us] [hp_X] [hp_C] mm[Hg] m[H2O] [diop] [CCID_50] [TCID_50] [Amb'a'1'U] [MPL'U] [GPL'U] [APL'U] [beth'U]`)
	metric   = strings.Fields(`m s g rad K cd C mol sr Hz N Pa J W A V F Ohm S Wb Cel T H lm lx Bq Gy Sv l L eq osm cal [Cal] kat U m[Hg] bar u eV t st [iU] [IU] B B[SPL] bit By`)
	prefixes = strings.Fields(`Y Z E P T G M k h da d c m u n p f a z y`)
	// exponent is a unit with its power: m2, s-1.
	exponent = regexp.MustCompile(`^(.*?)([+-]?\d+)?$`)
	braces   = regexp.MustCompile(`\{[!-~ ]*?\}`)
)

// isUCUM reports whether a code is one of UCUM, as far as health records use it.
func isUCUM(code string) bool {
	if code == "" || strings.ContainsAny(code, " \t") && !strings.Contains(code, "{") {
		return false
	}
	bare := braces.ReplaceAllString(code, "")
	if bare == "" {
		return true // an annotation alone is the unit 1
	}
	for _, term := range strings.FieldsFunc(strings.NewReplacer("(", "", ")", "").Replace(bare), func(r rune) bool { return r == '.' || r == '/' }) {
		if !isTerm(term) {
			return false
		}
	}
	return !strings.HasSuffix(bare, ".") && !strings.HasSuffix(bare, "/") || strings.HasSuffix(code, "}")
}

func isTerm(term string) bool {
	if strings.Trim(term, "0123456789") == "" || strings.HasPrefix(term, "10*") || strings.HasPrefix(term, "10^") {
		return true
	}
	m := exponent.FindStringSubmatch(term)
	for _, unit := range []string{term, m[1]} {
		if slices.Contains(atoms, unit) || slices.Contains(metric, unit) {
			return true
		}
		for _, p := range prefixes {
			if rest, ok := strings.CutPrefix(unit, p); ok && slices.Contains(metric, rest) {
				return true
			}
		}
	}
	return false
}

// units judges the units of all amounts.
func (j *judgement) units() {
	for _, q := range j.parts.quantities {
		switch u := q.value; {
		case u.Value == "":
		case u.Code != "" && !isUCUM(u.Code):
			j.once("unit-not-ucum")
		case u.Code == "" && u.Unit == "":
			j.once("unit-missing")
		case u.Code == "" && !isUCUM(u.Unit):
			j.once("unit-uncoded")
		}
	}
}
