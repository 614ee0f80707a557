package sqlonfhir

import (
	"slices"
	"strconv"
	"strings"
)

// typeURL is how a definition may write the type of a column in full.
const typeURL = "http://hl7.org/fhir/StructureDefinition/"

func (v *View) compileColumn(s *selection, d columnDefinition, path string) error {
	if !nameShape.MatchString(d.Name) {
		return wrong(path+".name", "a column needs a name of letters, digits and _")
	}
	kind := strings.TrimPrefix(d.Type, typeURL)
	if _, ok := columnTypes[kind]; kind != "" && !ok {
		return wrong(path+".type", "%.40q is not a primitive of FHIR", d.Type)
	}
	e, err := v.expression(d.Path, path+".path")
	if err != nil {
		return err
	}
	s.columns = append(s.columns, *e)
	s.rowShape = append(s.rowShape, Column{Name: d.Name, Type: kind, Collection: d.Collection})
	return nil
}

func (v *View) compileEach(s *selection, d selectDefinition, path string) error {
	ways := 0
	var err error
	if d.ForEach != nil {
		ways++
		s.each, err = v.expression(*d.ForEach, path+".forEach")
	}
	if d.ForEachOrNull != nil && err == nil {
		ways++
		s.orNull = true
		s.each, err = v.expression(*d.ForEachOrNull, path+".forEachOrNull")
	}
	if len(d.Repeat) > 0 {
		ways++
	}
	for i, text := range d.Repeat {
		if err != nil {
			return err
		}
		var e *located
		if e, err = v.expression(text, path+".repeat["+strconv.Itoa(i)+"]"); err == nil {
			s.repeat = append(s.repeat, *e)
		}
	}
	if err == nil && ways > 1 {
		return wrong(path, "forEach, forEachOrNull and repeat exclude one another")
	}
	return err
}

// compileUnions has every branch fill the same columns.
func (v *View) compileUnions(s *selection, all []selectDefinition, path string, depth int) error {
	at := s.at + len(s.rowShape)
	for i, d := range all {
		branch, err := v.compile(d, path+"["+strconv.Itoa(i)+"]", at, depth+1)
		if err != nil {
			return err
		}
		if i > 0 && !slices.Equal(branch.rowShape, s.unions[0].rowShape) {
			return wrong(path+"["+strconv.Itoa(i)+"]", "its columns are not those of the first branch: names, types and order must agree")
		}
		s.unions = append(s.unions, branch)
	}
	if len(s.unions) > 0 {
		s.rowShape = append(s.rowShape, s.unions[0].rowShape...)
	}
	return nil
}
