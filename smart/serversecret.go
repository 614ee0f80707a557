package smart

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// mostSecret is how long the file of the server's secret may be, in bytes.
const mostSecret = 4 << 10

// ServerSecret reads the server's secret: a file of at least 32 bytes, without the line
// end at its end, that nobody but its owner may read. If there is none it is made, of 256
// random bits; of servers that begin at once on one disk, one makes it. Its errors name the
// path.
func ServerSecret(path string) ([]byte, error) {
	secret, err := readSecret(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return secret, err
	}
	if err := makeSecret(path); err != nil {
		return nil, fmt.Errorf("making the server's secret: %w", err)
	}
	return readSecret(path)
}

// ReadServerSecret is ServerSecret where one that is not there is not to be made.
func ReadServerSecret(path string) ([]byte, error) { return readSecret(path) }

func readSecret(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the operator's own path
	if err != nil {
		return nil, fmt.Errorf("reading the server's secret: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the server's secret: %w", err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("the server's secret %s is no file", path)
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("the server's secret %s may be read by others: give it the mode 0600", path)
	}
	text, err := io.ReadAll(io.LimitReader(f, mostSecret+1))
	if err != nil {
		return nil, fmt.Errorf("reading the server's secret: %w", err)
	}
	if len(text) < leastSecret || len(text) > mostSecret {
		return nil, fmt.Errorf("the server's secret %s has to be 32 to 4096 bytes long", path)
	}
	if len(text) > leastSecret { // else the line end is one of the random bytes
		text = bytes.TrimSuffix(text, []byte("\n"))
	}
	return text, nil
}

// makeSecret writes it beside and gives it its name when it is whole: who reads it never
// finds half of it, and who is second keeps the first one's.
func makeSecret(path string) error {
	beside, err := os.CreateTemp(filepath.Dir(path), ".secret-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(beside.Name()) }()
	_, err = beside.WriteString(random(leastSecret) + "\n")
	if err := errors.Join(err, beside.Sync(), beside.Close()); err != nil {
		return err
	}
	if err := os.Link(beside.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
