package sqlonfhir

import (
	"encoding/json"
	"fmt"
	"slices"
)

// An expr is one operation of an expression; what it does is in eval.go.
type expr struct {
	op    string // "literal", "name", "this", "variable", "call", "index", "neg", or an operator
	name  string
	value []node
	left  *expr // the focus of a name, a call or an index; nil is the focus of the whole
	right *expr
	args  []*expr
	call  func(s *scope, focus []node, args []*expr) ([]node, error)
}

// levels are the binary operators, from those that bind least to those that bind most.
var levels = [][]string{
	{"implies"}, {"or", "xor"}, {"and"}, {"in", "contains"}, {"=", "~", "!=", "!~"},
	{"<", ">", "<=", ">="}, {"|"}, {"is", "as"}, {"+", "-", "&"}, {"*", "/", "div", "mod"},
}

type exprParser struct {
	tokens []token
	at     int
	depth  int
	known  func(variable string) bool
}

// parseExpr reads an expression; known says which %names there are.
func parseExpr(text string, known func(string) bool) (*expr, error) {
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &exprParser{tokens: tokens, known: known}
	e, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != tokenEnd {
		return nil, p.unexpected()
	}
	return e, nil
}

func (p *exprParser) peek() token { return p.tokens[p.at] }

// take moves past the next token if it is the sign or the word.
func (p *exprParser) take(text string) bool {
	t := p.peek()
	if (t.kind == tokenSign || t.kind == tokenName) && t.text == text {
		p.at++
		return true
	}
	return false
}

func (p *exprParser) unexpected() error {
	t := p.peek()
	if t.kind == tokenEnd {
		return fmt.Errorf("the expression ends too early")
	}
	return fmt.Errorf("unexpected %.40q (at %d)", t.text, t.at)
}

func (p *exprParser) need(sign string) error {
	if !p.take(sign) {
		return p.unexpected()
	}
	return nil
}

// deeper bounds the tree, because it is walked by recursion.
func (p *exprParser) deeper() error {
	p.depth++
	if p.depth > maxDepth*len(levels) {
		return fmt.Errorf("the expression is nested deeper than %d", maxDepth)
	}
	return nil
}

func (p *exprParser) binary(level int) (*expr, error) {
	if level == len(levels) {
		return p.unary()
	}
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	left, err := p.binary(level + 1)
	if err != nil {
		return nil, err
	}
	for long := 0; ; long++ {
		t := p.peek()
		if (t.kind != tokenSign && t.kind != tokenName) || !slices.Contains(levels[level], t.text) {
			return left, nil
		}
		if long > 4*maxDepth {
			return nil, fmt.Errorf("more than %d operators in a row", 4*maxDepth)
		}
		p.at++
		e := &expr{op: t.text, left: left}
		if t.text == "is" || t.text == "as" {
			e.name, err = p.typeName()
		} else {
			e.right, err = p.binary(level + 1)
		}
		if err != nil {
			return nil, err
		}
		left = e
	}
}

func (p *exprParser) unary() (*expr, error) {
	for _, sign := range []string{"-", "+"} {
		if !p.take(sign) {
			continue
		}
		if err := p.deeper(); err != nil {
			return nil, err
		}
		e, err := p.unary()
		p.depth--
		if err != nil || sign == "+" {
			return e, err
		}
		return &expr{op: "neg", left: e}, nil
	}
	return p.steps()
}

// steps reads a term and what is asked of it: .name, .call(), [index].
func (p *exprParser) steps() (*expr, error) {
	e, err := p.term()
	for long := 0; err == nil; long++ {
		if long > 4*maxDepth {
			return nil, fmt.Errorf("more than %d steps in a row", 4*maxDepth)
		}
		switch {
		case p.take("."):
			e, err = p.step(e)
		case p.take("["):
			var index *expr
			if index, err = p.binary(0); err == nil {
				e, err = &expr{op: "index", left: e, right: index}, p.need("]")
			}
		default:
			return e, nil
		}
	}
	return nil, err
}

func literal(value any, kind string) *expr {
	return &expr{op: "literal", value: []node{{value: value, kind: kind}}}
}

func (p *exprParser) term() (*expr, error) {
	switch t := p.peek(); t.kind {
	case tokenString:
		p.at++
		return literal(t.text, "string"), nil
	case tokenNumber:
		p.at++
		return literal(json.Number(t.text), ""), nil
	case tokenDate:
		p.at++
		return dateLiteral(t.text), nil
	case tokenVariable:
		p.at++
		if !p.known(t.text) {
			return nil, fmt.Errorf("there is no constant %%%.40s", t.text)
		}
		return &expr{op: "variable", name: t.text}, nil
	case tokenName:
		switch t.text {
		case "true", "false":
			p.at++
			return literal(t.text == "true", "boolean"), nil
		case "$this":
			p.at++
			return &expr{op: "this"}, nil
		}
		return p.step(nil)
	case tokenQuoted:
		return p.step(nil)
	}
	switch {
	case p.take("("):
		e, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		return e, p.need(")")
	case p.take("{"):
		return &expr{op: "literal"}, p.need("}")
	}
	return nil, p.unexpected()
}
