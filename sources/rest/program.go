package rest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"github.com/itchyny/gojq"

	"github.com/patchworkcare/patchwork/sources"
)

// The bounds of one run of a program over one answer. The answer itself is bounded in
// bytes and depth, and nothing that is allowed makes more than a step's worth of it.
const (
	maxSteps = 20_000_000
	maxTime  = 5 * time.Second
)

// program is a jq program of the configuration. It is safe for concurrent use.
type program struct {
	key  string
	code *gojq.Code
}

// compile makes a program of a text; fault says what is wrong with it.
func compile(key, text string) (p *program, fault string) {
	query, err := gojq.Parse(text)
	if err != nil {
		return nil, "is no jq that can be read: " + err.Error()
	}
	if fault := refused(reflect.ValueOf(query)); fault != "" {
		return nil, fault
	}
	code, err := gojq.Compile(query, gojq.WithFunction("default", 1, 1, orDefault))
	if err != nil {
		return nil, "is no jq that can be compiled: " + err.Error()
	}
	return &program{key, code}, ""
}

// functions are what a mapping may call: what reads and rewords the answer it is given.
// Nothing that reads a file, the environment or another input, that loops by itself, or
// that makes something large of something small.
func functions() []string {
	return []string{"abs", "add", "all", "any", "arrays", "ascii_downcase", "ascii_upcase", "booleans", "capture", "ceil", "contains", "date", "default", "del",
		"empty", "endswith", "error", "explode", "first", "flatten", "floor", "from_entries", "fromdate", "fromdateiso8601", "fromjson", "group_by",
		"gsub", "has", "implode", "in", "index", "indices", "inside", "isempty", "iterables", "join", "keys", "keys_unsorted", "last", "leaf_paths", "length",
		"ltrim", "ltrimstr", "map", "map_values", "match", "max", "max_by", "min", "min_by", "not", "nth", "null", "nulls", "numbers", "objects", "paths", "pick",
		"recurse", "reverse", "rindex", "round", "rtrim", "rtrimstr", "scalars", "scan", "select", "sort", "sort_by", "split", "splits", "startswith",
		"strftime", "strings", "strptime", "mktime", "gmtime", "sub", "test", "to_entries", "toarray", "todate", "todateiso8601", "tojson", "tonumber", "tostring",
		"trim", "trimstr", "true", "false", "type", "unique", "unique_by", "utf8bytelength", "values", "with_entries"}
}

// refused walks a program and says what of it is not allowed, "" if nothing is. It knows
// the library's syntax tree by its types alone, so that no new part of it is overlooked.
func refused(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return refused(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if fault := refused(v.Index(i)); fault != "" {
				return fault
			}
		}
		return ""
	case reflect.Struct:
		if fault := refusedPart(v.Interface()); fault != "" {
			return fault
		}
		for i := range v.NumField() {
			if fault := refused(v.Field(i)); fault != "" {
				return fault
			}
		}
	}
	return ""
}

func refusedPart(part any) string {
	const swallows = "must not use try or ?: an answer of another shape would read as nothing recorded; write (.list | default([])) where one may be left out"
	switch x := part.(type) {
	case gojq.Query:
		if len(x.FuncDefs) > 0 || len(x.Imports) > 0 || x.Meta != nil {
			return "must not define functions or import modules"
		}
		switch x.Op {
		case gojq.OpAssign, gojq.OpModify, gojq.OpUpdateAdd, gojq.OpUpdateSub, gojq.OpUpdateMul, gojq.OpUpdateDiv, gojq.OpUpdateMod, gojq.OpUpdateAlt:
			return "must not assign (=, |=, +=): build the row as an object"
		case gojq.OpMul:
			return "must not multiply: a text times a number has no bound"
		case gojq.OpAlt:
			if !isPath(x.Left) || !isPath(x.Right) && !isLiteral(x.Right) {
				return "may use // between a path and a path or a plain value only: it swallows what is wrong on its left; where a list may be left out write (.list | default([]))"
			}
		}
		if len(x.Patterns) > 1 {
			return swallows
		}
	case gojq.Try:
		return swallows
	case gojq.Suffix:
		if x.Optional {
			return swallows
		}
	case gojq.Reduce, gojq.Foreach, gojq.Label:
		return "must not use reduce, foreach or label: a mapping has no loops but those over the answer"
	case gojq.Func:
		name := x.Name
		if len(name) > 0 && name[0] == '$' {
			if name == "$ENV" || name == "$__prog_args" || name == "$__loc__" {
				return "must not use " + name
			}
			return ""
		}
		if name == "join" && (len(x.Args) != 1 || !isLiteral(x.Args[0])) {
			return "must join with a text that is written out"
		}
		if !slices.Contains(functions(), name) || name == "recurse" && len(x.Args) > 0 {
			return "must not call " + name + ": it is not among the functions of a mapping (sources/rest/README.md)"
		}
	}
	return ""
}

// orDefault is default(x): x in place of null. Unlike //, it lets what is wrong before it
// be wrong.
func orDefault(v any, args []any) any {
	if v == nil {
		return args[0]
	}
	return v
}

// isPath reports whether a query only looks up members: nothing that iterates or calls.
func isPath(q *gojq.Query) bool {
	if q == nil {
		return false
	}
	if q.Op == gojq.OpAlt {
		return isPath(q.Left) && (isPath(q.Right) || isLiteral(q.Right))
	}
	t := q.Term
	if t == nil {
		return false
	}
	for _, s := range t.SuffixList {
		if s.Iter || s.Index == nil || s.Index.IsSlice || s.Index.Start != nil {
			return false
		}
	}
	variable := t.Type == gojq.TermTypeFunc && t.Func.Name[0] == '$' && len(t.Func.Args) == 0
	return t.Type == gojq.TermTypeIdentity || t.Type == gojq.TermTypeIndex && t.Index.Start == nil || variable ||
		t.Type == gojq.TermTypeQuery && isPath(t.Query)
}

// isLiteral reports whether a query is a plain value that is written out.
func isLiteral(q *gojq.Query) bool {
	if q == nil || q.Term == nil || len(q.Term.SuffixList) > 0 {
		return false
	}
	switch t := q.Term; t.Type {
	case gojq.TermTypeNull, gojq.TermTypeTrue, gojq.TermTypeFalse, gojq.TermTypeNumber:
		return true
	case gojq.TermTypeString:
		return len(t.Str.Queries) == 0
	}
	return false
}

// errCostly: a program took more steps than maxSteps.
var errCostly = errors.New("more steps than a mapping may take")

// counted is a context that ends after so many steps: gojq asks for Done before each.
type counted struct {
	context.Context
	done  <-chan struct{}
	ended chan struct{}
	left  int
}

// Done implements context.Context.
func (c *counted) Done() <-chan struct{} {
	if c.left--; c.left < 0 {
		return c.ended
	}
	return c.done
}

// Err implements context.Context.
func (c *counted) Err() error {
	if c.left < 0 {
		return errCostly
	}
	return c.Context.Err()
}

// run gives each value that the program makes of an answer to each.
func (p *program) run(ctx context.Context, answer any, each func(any) error) (err error) {
	own, stop := context.WithTimeout(ctx, maxTime)
	defer stop()
	defer func() {
		if recover() != nil { // whatever the library trips over
			err = p.unfit()
		}
	}()
	bound := &counted{own, own.Done(), make(chan struct{}), maxSteps}
	close(bound.ended)
	iter := p.code.RunWithContext(bound, answer)
	for {
		v, more := iter.Next()
		if !more {
			return nil
		}
		if err, failed := v.(error); failed {
			switch {
			case ctx.Err() != nil:
				return sources.AsError(ctx.Err())
			case bound.left < 0, own.Err() != nil:
				return p.fault("mapping-cost", "takes too long for its answer")
			}
			_ = err // its text quotes the answer
			return p.unfit()
		}
		if err := each(v); err != nil {
			return err
		}
	}
}

// one gives the only value that the program makes of an answer.
func (p *program) one(ctx context.Context, answer any) (any, error) {
	var got any
	n := 0
	err := p.run(ctx, answer, func(v any) error {
		got = v
		if n++; n > 1 {
			return p.unfit()
		}
		return nil
	})
	if err == nil && n == 0 {
		err = p.unfit()
	}
	return got, err
}

func (p *program) unfit() error { return p.fault("mapping", "does not fit its answer") }

// fault is an error about the program: it names the key of the configuration, which is no
// personal data, and nothing of the answer.
func (p *program) fault(code, what string) *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: code, Reason: "The mapping " + p.key + " " + what}
}
