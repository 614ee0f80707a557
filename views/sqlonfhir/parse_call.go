package sqlonfhir

import "fmt"

// step reads a name or a call behind left.
func (p *exprParser) step(left *expr) (*expr, error) {
	t := p.peek()
	if t.kind != tokenName && t.kind != tokenQuoted {
		return nil, p.unexpected()
	}
	p.at++
	if !p.take("(") {
		if t.kind == tokenName && t.text[0] == '$' {
			return nil, fmt.Errorf("%.40s is not supported", t.text)
		}
		return &expr{op: "name", name: t.text, left: left}, nil
	}
	f, ok := functions[t.text]
	if !ok {
		return nil, fmt.Errorf("there is no function %.40s()", t.text)
	}
	e := &expr{op: "call", name: t.text, left: left, call: f.call}
	if f.ofType {
		return e, p.typeArgument(e, f)
	}
	for !p.take(")") {
		if len(e.args) > 0 {
			if err := p.need(","); err != nil {
				return nil, err
			}
		}
		arg, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		e.args = append(e.args, arg)
	}
	if len(e.args) < f.least || len(e.args) > f.most {
		return nil, fmt.Errorf("%s() does not take %d arguments", t.text, len(e.args))
	}
	return e, nil
}

// typeArgument reads the argument of a function that takes the name of a type.
func (p *exprParser) typeArgument(e *expr, f function) error {
	if f.least == 0 && p.take(")") {
		return nil
	}
	name, err := p.typeName()
	if err != nil {
		return err
	}
	e.args = []*expr{literal(name, "string")}
	return p.need(")")
}

// typeName reads a type, with or without its namespace: Patient, FHIR.Patient.
func (p *exprParser) typeName() (string, error) {
	for {
		t := p.peek()
		if t.kind != tokenName && t.kind != tokenQuoted {
			return "", p.unexpected()
		}
		p.at++
		if (t.text == "FHIR" || t.text == "System") && p.take(".") {
			continue
		}
		return t.text, nil
	}
}
