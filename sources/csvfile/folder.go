package csvfile

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// extract is one file being read.
type extract struct {
	io.ReadCloser
	written time.Time    // zero if the location does not say
	size    int64        // in bytes; -1 if not known
	intact  func() error // an error if it changed since it was opened
}

// place is where files are.
type place interface {
	open(ctx context.Context, name string) (*extract, error)
	// list names the files; a served folder cannot.
	list() ([]string, error)
	close()
}

// folder is a folder of this machine. Files are opened beneath it, and no link
// leads out of it.
type folder string

func (f folder) open(_ context.Context, name string) (*extract, error) {
	root, err := os.OpenRoot(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, unavailable("file-missing", "The folder of its files (location) is not there")
	}
	if err != nil {
		return nil, err
	}
	defer root.Close()
	before, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !before.Mode().IsRegular() { // opening a pipe would wait for its writer
		return nil, missing(name)
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	if before, err = file.Stat(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &extract{ReadCloser: file, written: before.ModTime(), size: before.Size(), intact: func() error {
		after, err := file.Stat()
		if err == nil && (after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime())) {
			err = unavailable("being-written", "Its file is just being written")
		}
		return err
	}}, nil
}

func (f folder) list() ([]string, error) {
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.Type()&fs.ModeType == 0 {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func (f folder) close() {}
