package tabular

import (
	"crypto/rand"
	"fmt"
	"io"
	"iter"
	"os"
	"path"
	"regexp"
	"strings"
)

// versionShape keeps a version one folder's name.
var versionShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// The layout's own columns, which the files must not have again.
const (
	viewColumn    = "view"
	versionColumn = "version"
	dateColumn    = "run_date"
)

// Partitioned is where below a folder a table's rows belong, in the layout that Trino, Spark
// and DuckDB read as partitions (Hive's): view=NAME/version=N/run_date=YYYY-MM-DD/part-0.parquet.
// The date is that of Made, in its zone.
func (t Table) Partitioned() (string, error) {
	if err := t.Check(); err != nil {
		return "", err
	}
	if !versionShape.MatchString(t.Version) {
		return "", fmt.Errorf("tabular: a partition needs a version of letters, digits, points, _ and -, not %.40q", t.Version)
	}
	if t.Made.IsZero() {
		return "", fmt.Errorf("tabular: a partition needs the time at which it was made")
	}
	for _, c := range t.Columns {
		switch strings.ToLower(c.Name) {
		case viewColumn, versionColumn, dateColumn:
			return "", fmt.Errorf("tabular: the column %q has the name of a partition", c.Name)
		}
	}
	return path.Join(viewColumn+"="+t.Name, versionColumn+"="+t.Version, dateColumn+"="+t.Made.Format("2006-01-02"), "part-0.parquet"), nil
}

// WritePartition writes rows as Parquet where Partitioned says, below dir, which must exist,
// and returns that path. Nobody sees half a file, and the second run of a day takes the place
// of the first, so that rows are never there twice.
func WritePartition(dir string, t Table, rows iter.Seq2[[]any, error]) (where string, err error) {
	if where, err = t.Partitioned(); err != nil {
		return "", err
	}
	root, err := os.OpenRoot(dir) // no link in dir leads out of it
	if err != nil {
		return "", err
	}
	defer root.Close()
	if err := root.MkdirAll(path.Dir(where), 0o700); err != nil {
		return "", err
	}
	// What begins with a point is no part of a table to any of the engines.
	half := path.Join(path.Dir(where), ".part-0.parquet."+suffix())
	file, err := root.OpenFile(half, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	if err := writeThrough(file, t, rows); err != nil {
		_ = root.Remove(half)
		return "", err
	}
	if err := root.Rename(half, where); err != nil {
		_ = root.Remove(half)
		return "", err
	}
	return where, nil
}

// writeThrough returns when the rows are on the disk.
func writeThrough(file *os.File, t Table, rows iter.Seq2[[]any, error]) error {
	defer file.Close()
	if err := Write(io.Writer(file), Parquet, t, rows); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return file.Close()
}

func suffix() string { return strings.ToLower(rand.Text()) }
