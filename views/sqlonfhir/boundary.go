package sqlonfhir

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"time"
)

func callLowBoundary(_ *scope, focus []node, _ []*expr) ([]node, error) {
	return boundary(focus, false)
}
func callHighBoundary(_ *scope, focus []node, _ []*expr) ([]node, error) {
	return boundary(focus, true)
}

// boundary is the least or the greatest value that what was written may mean.
func boundary(focus []node, high bool) ([]node, error) {
	n, ok, err := single(focus)
	if err != nil || !ok {
		return nil, err
	}
	switch value := n.value.(type) {
	case json.Number:
		return numberBoundary(value, high)
	case string:
		if t, ok := parseTemporal(value); ok {
			text := t.boundary(n.kind, high)
			return []node{{value: text, kind: n.kind}}, nil
		}
	}
	return nil, errKind
}

// numberBoundary is half of the last place written, up or down: 1.0 is 0.95 to 1.05.
func numberBoundary(n json.Number, high bool) ([]node, error) {
	r, err := rational(n)
	if err != nil {
		return nil, err
	}
	places := decimals(n)
	half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
	half.Quo(half, big.NewRat(2, 1))
	if !high {
		half.Neg(half)
	}
	return []node{{value: json.Number(r.Add(r, half).FloatString(places + 1)), kind: "decimal"}}, nil
}

// boundary fills what was not written. A day may be had anywhere on earth, hence the zones.
func (t temporal) boundary(kind string, high bool) string {
	low, top := []string{"01", "01", "00", "00", "00"}, []string{"12", "31", "23", "59", "59"}
	fields := append([]string{}, t.fields...)
	first, whole := 0, 6
	if t.clock {
		first, whole = 3, 3
	}
	for len(fields) < whole {
		at := first + len(fields) - 1
		switch {
		case !high:
			fields = append(fields, low[at])
		case at == 1:
			fields = append(fields, lastDay(fields[0], fields[1]))
		default:
			fields = append(fields, top[at])
		}
	}
	if t.clock {
		return clock(fields, high)
	}
	day := strings.Join(fields[:3], "-")
	if lowerFirst(kind) == "date" || kind == "" && len(t.fields) <= 3 {
		return day
	}
	zone := t.zone
	if zone == "" {
		zone = "+14:00"
		if high {
			zone = "-12:00"
		}
	}
	return day + "T" + clock(fields[3:], high) + zone
}

// clock writes the milliseconds out.
func clock(fields []string, high bool) string {
	text, fill := strings.Join(fields, ":"), "000"
	if high {
		fill = "999"
	}
	second, behind, _ := strings.Cut(fields[2], ".")
	if len(behind) >= 3 {
		return text
	}
	return fields[0] + ":" + fields[1] + ":" + second + "." + behind + fill[len(behind):]
}

func lastDay(year, month string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	return strconv.Itoa(time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day())
}
