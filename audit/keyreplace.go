package audit

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// ReplaceKey makes the next key of a ledger, under the ledger's name: the file then has it, and
// below it the public keys that were believed before. The private part of the one before is
// gone. Notaries that run go on with it until UseKey.
func ReplaceKey(file string) (*Key, error) {
	before, err := ReadKey(file)
	if err != nil {
		return nil, err
	}
	if before.signer == nil {
		return nil, errors.New("the audit key has no private part: replace it where it is")
	}
	text, err := os.ReadFile(file) //nolint:gosec // the operator's configuration
	if err != nil {
		return nil, fmt.Errorf("the audit key cannot be read: %w", err)
	}
	private, public, err := note.GenerateKey(rand.Reader, before.signer.Name())
	if err != nil {
		return nil, err
	}
	lines := private + "\n" + public + "\n"
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !strings.HasPrefix(line, keyHead) {
			lines += line + "\n"
		}
	}
	beside, err := os.CreateTemp(filepath.Dir(file), ".audit-key-*") // 0600
	if err != nil {
		return nil, fmt.Errorf("the audit key cannot be replaced: %w", err)
	}
	defer func() { _ = os.Remove(beside.Name()) }()
	_, err = beside.WriteString(lines)
	if err := errors.Join(err, beside.Sync(), beside.Close()); err != nil {
		return nil, fmt.Errorf("the audit key cannot be replaced: %w", err)
	}
	if err := os.Rename(beside.Name(), file); err != nil {
		return nil, fmt.Errorf("the audit key cannot be replaced: %w", err)
	}
	return ReadKey(file)
}

// Public is the public key of the notary's.
func (n *Notary) Public() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.key.Public
}

// UseKey has the notary sign with the key that the file has now; changed is whether that is
// another. A file that does not believe the key which signed until now is refused: it would
// take the whole ledger for forged.
func (n *Notary) UseKey(file string) (changed bool, err error) {
	next, err := ReadKey(file)
	if err != nil {
		return false, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if next.Public == n.key.Public {
		return false, nil
	}
	if next.signer == nil {
		return false, errors.New("the audit key has no private part")
	}
	signed, err := n.key.SignText("this key signed until now\n")
	if err != nil {
		return false, err
	}
	if _, err := next.OpenText(signed); err != nil {
		return false, fmt.Errorf("the audit key %s does not have the public key that signed until now as a further line", file)
	}
	n.key = next
	return true, nil
}
