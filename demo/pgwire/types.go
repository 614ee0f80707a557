package pgwire

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The object identifiers of PostgreSQL's types that this server speaks. Values
// it sends are text, unless SQLite says whole number or real.
const (
	oidInt   = 20
	oidText  = 25
	oidReal  = 701
	oidTexts = 1009 // text[], as a parameter of ANY
)

// declared is the type a column's declaration gives it, 0 when it gives none.
func declared(name string) int {
	name, _, _ = strings.Cut(strings.ToUpper(name), "(")
	switch name {
	case "":
		return 0
	case "INT", "INTEGER", "BIGINT", "SMALLINT", "INT8", "INT4", "INT2":
		return oidInt
	case "REAL", "DOUBLE", "FLOAT", "DOUBLE PRECISION":
		return oidReal
	}
	return oidText
}

func oidOf(value any) int {
	switch value.(type) {
	case int64:
		return oidInt
	case float64:
		return oidReal
	}
	return oidText
}

// asText is the text form of a value, as PostgreSQL writes it.
func asText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)[:1]
	case time.Time:
		if v.Equal(v.Truncate(24 * time.Hour)) {
			return v.Format("2006-01-02")
		}
		return v.Format("2006-01-02 15:04:05.999999")
	}
	return fmt.Sprint(value)
}

// encode is value as a column of the given type and format (0 text, 1 binary).
func encode(value any, oid, format int) ([]byte, error) {
	text := asText(value)
	if oid == oidText {
		return []byte(text), nil
	}
	// SQLite may hold anything in a column declared as a number; PostgreSQL could
	// not, so a driver must never be sent it as one.
	number, err := strconv.ParseFloat(text, 64)
	whole, isInt := value.(int64)
	if err != nil || oid == oidInt && !isInt {
		return nil, refusal("22P02", "a column of numbers holds something else")
	}
	switch {
	case format == 0:
		return []byte(text), nil
	case oid == oidInt:
		return binary.BigEndian.AppendUint64(nil, uint64(whole)), nil
	}
	return binary.BigEndian.AppendUint64(nil, math.Float64bits(number)), nil
}

// decode is a parameter as SQLite takes it.
func decode(raw []byte, oid, format int) (any, error) {
	if raw == nil {
		return nil, nil
	}
	if oid == oidTexts {
		return decodeTexts(raw, format)
	}
	if format == 0 {
		return decodeText(string(raw), oid)
	}
	switch {
	case oid == oidInt && len(raw) == 8:
		return int64(binary.BigEndian.Uint64(raw)), nil
	case oid == 23 && len(raw) == 4:
		return int64(int32(binary.BigEndian.Uint32(raw))), nil
	case oid == 21 && len(raw) == 2:
		return int64(int16(binary.BigEndian.Uint16(raw))), nil
	case oid == oidReal && len(raw) == 8:
		return math.Float64frombits(binary.BigEndian.Uint64(raw)), nil
	case oid == 16 && len(raw) == 1:
		return int64(raw[0]), nil
	case oid == oidText || oid == 1043 || oid == 0 || oid == 705:
		return string(raw), nil
	}
	return nil, refusal("0A000", fmt.Sprintf("binary parameter of type %d", oid))
}

func decodeText(text string, oid int) (any, error) {
	switch oid {
	case oidInt, 21, 23:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, refusal("22P02", "invalid input syntax for type bigint")
		}
		return n, nil
	case oidReal, 700:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, refusal("22P02", "invalid input syntax for type double precision")
		}
		return n, nil
	case 16:
		if text != "" && strings.IndexByte("tT1yY", text[0]) >= 0 {
			return int64(1), nil
		}
		return int64(0), nil
	}
	return text, nil
}

// decodeTexts turns an array of text into the JSON array SQLite can unfold.
func decodeTexts(raw []byte, format int) (any, error) {
	parse := binaryTexts
	if format == 0 {
		parse = literalTexts
	}
	list, ok := parse(raw)
	if !ok {
		return nil, refusal("22P02", "malformed array of text")
	}
	out, err := json.Marshal(list)
	return string(out), err
}

// binaryTexts reads the binary form of a one-dimensional text[].
func binaryTexts(raw []byte) ([]string, bool) {
	f := fields{b: raw}
	dimensions, _, _ := f.int32(), f.int32(), f.int32()
	if dimensions == 0 {
		return []string{}, !f.short
	}
	n, _ := f.int32(), f.int32()
	list := []string{}
	for range min(max(n, 0), len(raw)) {
		if size := f.int32(); size >= 0 {
			list = append(list, string(f.take(size)))
		}
	}
	return list, !f.short && dimensions == 1
}

// literalTexts reads the text form, such as {a,"b c",NULL}.
func literalTexts(raw []byte) ([]string, bool) {
	s := string(raw)
	if len(s) < 2 || s[0] != '{' || s[len(s)-1] != '}' {
		return nil, false
	}
	list, item := []string{}, strings.Builder{}
	inside, wasQuoted := false, false
	add := func() {
		if text := item.String(); wasQuoted || text != "" && !strings.EqualFold(text, "null") {
			list = append(list, text)
		}
		item.Reset()
		wasQuoted = false
	}
	for i := 1; i < len(s)-1; i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s)-1:
			i++
			item.WriteByte(s[i])
		case c == '"':
			inside, wasQuoted = !inside, true
		case c == ',' && !inside:
			add()
		default:
			item.WriteByte(c)
		}
	}
	add()
	return list, !inside
}
