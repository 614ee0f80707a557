package tabular

// A Format is how rows are written.
type Format string

// The formats.
const (
	CSV     Format = "csv"
	NDJSON  Format = "ndjson"
	Parquet Format = "parquet"
	SQLite  Format = "sqlite"
)

// formats has what is said of each.
var formats = []struct {
	format    Format
	media     string
	extension string
}{
	{CSV, "text/csv; charset=utf-8; header=present", "csv"}, // RFC 4180 §3
	{NDJSON, "application/x-ndjson", "ndjson"},
	{Parquet, "application/vnd.apache.parquet", "parquet"},
	{SQLite, "application/vnd.sqlite3", "sqlite"},
}

// Formats are all there are.
func Formats() []Format {
	var all []Format
	for _, f := range formats {
		all = append(all, f.format)
	}
	return all
}

// ContentType is the media type, "" of what is no format.
func (f Format) ContentType() string {
	for _, known := range formats {
		if known.format == f {
			return known.media
		}
	}
	return ""
}

// Extension is how a file's name ends, without the point; "" of what is no format.
func (f Format) Extension() string {
	for _, known := range formats {
		if known.format == f {
			return known.extension
		}
	}
	return ""
}
