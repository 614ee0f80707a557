package sqlonfhir

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// A columnKind is how the values of a column look in JSON.
type columnKind int

const (
	textColumn columnKind = iota + 1
	booleanColumn
	integerColumn
	decimalColumn
)

// columnTypes are FHIR's primitives.
var columnTypes = map[string]columnKind{
	"base64Binary": textColumn, "boolean": booleanColumn, "canonical": textColumn, "code": textColumn,
	"date": textColumn, "dateTime": textColumn, "decimal": decimalColumn, "id": textColumn,
	"instant": textColumn, "integer": integerColumn, "integer64": integerColumn, "markdown": textColumn,
	"oid": textColumn, "positiveInt": integerColumn, "string": textColumn, "time": textColumn,
	"unsignedInt": integerColumn, "uri": textColumn, "url": textColumn, "uuid": textColumn, "xhtml": textColumn,
}

// nameShape is what the standard lets a column or a constant be called.
var nameShape = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,254}$`)

type definition struct {
	Kind     string                       `json:"resourceType"` // may be left out
	Resource string                       `json:"resource"`
	Constant []map[string]json.RawMessage `json:"constant"`
	Select   []selectDefinition           `json:"select"`
	Where    []struct {
		Path string `json:"path"`
	} `json:"where"`
}

type selectDefinition struct {
	Column        []columnDefinition `json:"column"`
	Select        []selectDefinition `json:"select"`
	UnionAll      []selectDefinition `json:"unionAll"`
	ForEach       *string            `json:"forEach"`
	ForEachOrNull *string            `json:"forEachOrNull"`
	Repeat        []string           `json:"repeat"`
}

type columnDefinition struct {
	Name       string `json:"name"`
	Path       string `json:"path"`
	Type       string `json:"type"`
	Collection bool   `json:"collection"`
}

func readDefinition(text []byte) (*definition, error) {
	if len(text) > maxDefinition {
		return nil, wrong("", "longer than %d bytes", maxDefinition)
	}
	var d definition
	if err := json.Unmarshal(text, &d); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			return nil, wrong(kind.Field, "a JSON %s does not belong here", strings.SplitN(kind.Value, " ", 2)[0])
		}
		return nil, wrong("", "not JSON: %v", err)
	}
	if err := checkElements(text); err != nil {
		return nil, err
	}
	if d.Kind != "" && d.Kind != "ViewDefinition" {
		return nil, wrong("resourceType", "%.40q is no ViewDefinition", d.Kind)
	}
	return &d, nil
}

// constants reads each constant's one value[x].
func (d *definition) constants() (map[string]node, error) {
	found := map[string]node{}
	for i, fields := range d.Constant {
		path := "constant[" + strconv.Itoa(i) + "]"
		var name string
		if err := json.Unmarshal(fields["name"], &name); err != nil || !nameShape.MatchString(name) {
			return nil, wrong(path+".name", "a constant needs a name of letters, digits and _")
		}
		if _, twice := found[name]; twice || reserved(name) {
			return nil, wrong(path+".name", "%q is taken", name)
		}
		for key, raw := range fields {
			kind, isValue := strings.CutPrefix(key, "value")
			if !isValue {
				continue
			}
			n := node{kind: lowerFirst(kind)}
			if _, twice := found[name]; twice {
				return nil, wrong(path, "more than one value")
			}
			shape, ok := columnTypes[n.kind]
			if !ok {
				return nil, wrong(path+"."+key, "a constant holds a primitive")
			}
			if n.value, ok = readValue(raw); !ok || !shape.holds(n.value) || !soundTime(n) {
				return nil, wrong(path+"."+key, "not a %s", n.kind)
			}
			found[name] = n
		}
		if _, ok := found[name]; !ok {
			return nil, wrong(path, "the constant %q has no value", name)
		}
	}
	return found, nil
}

func reserved(name string) bool {
	return name == "context" || name == "resource" || name == "rootResource" || name == "rowIndex"
}

// readValue decodes JSON with its numbers as they are written.
func readValue(text []byte) (any, bool) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, false
	}
	_, err := decoder.Token()
	return value, err == io.EOF
}

// holds says whether a value looks as the type has it.
func (k columnKind) holds(value any) bool {
	switch v := value.(type) {
	case string:
		return k == textColumn
	case bool:
		return k == booleanColumn
	case json.Number:
		if k != integerColumn {
			return k == decimalColumn
		}
		_, err := v.Int64()
		return err == nil
	}
	return false
}
