package sqlview

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// cell writes a database value as text, without losing digits or moving a time.
// NULL is "". kind is the column's type as the driver names it.
func cell(v any, kind string, zone *time.Location) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		if kind == "UNIQUEIDENTIFIER" {
			return uniqueIdentifier(v)
		}
		return string(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float32:
		return decimal(float64(v), 32)
	case float64:
		if kind == "FLOAT4" || kind == "REAL" && float64(float32(v)) == v {
			return decimal(v, 32)
		}
		return decimal(v, 64)
	case time.Time:
		return moment(v, kind, zone)
	}
	return fmt.Sprint(v)
}

func decimal(v float64, bits int) string {
	if a := math.Abs(v); a != 0 && (a >= 1e21 || a < 1e-9) {
		return strconv.FormatFloat(v, 'g', -1, bits)
	}
	return strconv.FormatFloat(v, 'f', -1, bits)
}

// moment writes a time in ISO form. Only a type with a zone has an offset; the
// others are wall clock times, which drivers hand over as if in UTC.
func moment(t time.Time, kind string, zone *time.Location) string {
	midnight := t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && t.Nanosecond() == 0
	switch {
	case zoned(kind):
		return t.In(zone).Format(time.RFC3339Nano)
	case kind == "DATE" && midnight:
		return t.Format(time.DateOnly)
	case kind == "TIME": // of SQL Server, on the first day of its calendar
		return t.Format("15:04:05.999999999")
	}
	return t.Format("2006-01-02T15:04:05.999999999")
}

// zoned reports whether a type has an offset, as PostgreSQL, SQL Server and Oracle name it.
func zoned(kind string) bool {
	switch kind {
	case "TIMESTAMPTZ", "DATETIMEOFFSET", "TimeStampTZ", "TimeStampTZ_DTY", "TimeStampLTZ_DTY", "TimeStampeLTZ":
		return true
	}
	return false
}
