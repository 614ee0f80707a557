package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

// manifestFile has the manifest, beside the database's file.
const manifestFile = "manifest"

// manifestHead is the first line of what is signed: it says what it is.
const manifestHead = "patchwork backup v1\n"

// Manifest says what a backup is.
type Manifest struct {
	// Program is the version of the program that made it, Made when, in UTC.
	Program string    `json:"program"`
	Made    time.Time `json:"made"`
	// Dialect is that of the database, Schema the schema that PostgreSQL's tables were in, Step
	// the last step that it has had.
	Dialect string `json:"dialect"`
	Schema  string `json:"schema,omitempty"`
	Step    int    `json:"step"`
	// Ledger is where the audit ledger stood: the backup's moment.
	Ledger audit.Moment `json:"ledger"`
	// Secret says which of the server's secrets seals what is in it, and nothing else of it.
	Secret string `json:"secret"`
	// File is the database's file in the folder, Bytes how long it is, SHA256 its digest in hex.
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// write signs the manifest and puts it into the folder.
func (m *Manifest) write(dir string, key *audit.Key) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	signed, err := key.SignText(manifestHead + string(text) + "\n")
	if err != nil {
		return fmt.Errorf("the backup's manifest cannot be signed: %w", err)
	}
	return writeNew(filepath.Join(dir, manifestFile), signed)
}

// Read gives the manifest of a backup whose file is what was signed.
func Read(dir string, key *audit.Key) (*Manifest, error) {
	signed, err := os.ReadFile(filepath.Join(dir, manifestFile)) //nolint:gosec // the operator's own path
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s is no backup: it has no file %s", dir, manifestFile)
	case err != nil:
		return nil, fmt.Errorf("the backup's manifest cannot be read: %w", err)
	}
	text, err := key.OpenText(signed)
	if err != nil {
		return nil, fmt.Errorf("the backup's manifest was changed, or is of another ledger: %w", err)
	}
	body, ok := strings.CutPrefix(text, manifestHead)
	m := &Manifest{}
	if !ok || json.Unmarshal([]byte(body), m) != nil || m.File == "" || m.File != filepath.Base(m.File) {
		return nil, errors.New("the backup's manifest is of a form that this program does not know")
	}
	bytes, sum, err := digest(filepath.Join(dir, m.File))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the backup's database cannot be read: %w", err)
	case bytes != m.Bytes || sum != m.SHA256:
		return nil, fmt.Errorf("the backup's file %s is not what was written: it was damaged or changed", m.File)
	}
	return m, nil
}

// digest reads a whole file.
func digest(file string) (n int64, sum string, err error) {
	f, err := os.Open(file) //nolint:gosec // the operator's own path
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	n, err = io.Copy(h, f)
	return n, hex.EncodeToString(h.Sum(nil)), err
}

// writeNew writes a file that is not there, for its owner only, and returns when it is on disk.
func writeNew(file string, text []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // as above
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// sync returns when a file, or the names in a folder, are on disk.
func sync(path string) error {
	f, err := os.Open(path) //nolint:gosec // as above
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
