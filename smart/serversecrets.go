package smart

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Secrets are the server's: the one that seals now, and those that only open what they sealed.
type Secrets struct {
	// Current seals, and authenticates new tokens.
	Current []byte
	// Next is one that will, "" for none: another server may seal with it already.
	Next []byte
	// Older sealed before, the newest first. They are kept for as long as anything is that
	// they sealed.
	Older [][]byte
}

// ReadSecrets reads them: Current as ServerSecret does, the others from the files path.next
// and path.older, of the same kind; made is whether Current is made if there is none.
func ReadSecrets(path string, made bool) (s Secrets, err error) {
	read := ReadServerSecret
	if made {
		read = ServerSecret
	}
	if s.Current, err = read(path); err != nil {
		return s, err
	}
	if s.Next, err = readSecret(path + ".next"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	text, err := readSecret(path + ".older")
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	for line := range strings.Lines(string(text)) {
		older, err := base64.RawStdEncoding.DecodeString(strings.TrimSpace(line))
		if err != nil || len(older) < leastSecret {
			return s, fmt.Errorf("the server's older secrets %s.older cannot be read", path)
		}
		s.Older = append(s.Older, older)
	}
	return s, nil
}

// Others are all but Current: what they sealed is opened.
func (s Secrets) Others() [][]byte {
	if s.Next == nil {
		return s.Older
	}
	return append([][]byte{s.Next}, s.Older...)
}

// Root is the first that there ever was. What is compared with what was kept long ago (digests,
// pseudonyms, cohorts) follows from it and stays the same when the secret is another: nothing
// can make those anew.
func (s Secrets) Root() []byte {
	if n := len(s.Older); n > 0 {
		return s.Older[n-1]
	}
	return s.Current
}

// Names are those of all, the current one's first (SecretName).
func (s Secrets) Names() []string {
	names := []string{SecretName(s.Current)}
	for _, other := range s.Others() {
		names = append(names, SecretName(other))
	}
	return names
}

// PrepareSecret makes the next secret, which opens but does not seal yet: every server of the
// database needs it before one of them seals with it. One that is there stays.
func PrepareSecret(path string) error {
	if _, err := ReadServerSecret(path); err != nil {
		return err
	}
	if _, err := ServerSecret(path + ".next"); err != nil {
		return fmt.Errorf("preparing the next secret: %w", err)
	}
	return nil
}

// SwitchSecret has the next secret be the current one, and keeps that among the older: killed
// at any moment it leaves files with which everything opens.
func SwitchSecret(path string) error {
	s, err := ReadSecrets(path, false)
	if err != nil {
		return err
	}
	if s.Next == nil {
		return errors.New("there is no next secret: prepare one first")
	}
	if len(s.Older) == 0 || string(s.Older[0]) != string(s.Current) {
		lines := base64.RawStdEncoding.EncodeToString(s.Current) + "\n"
		for _, older := range s.Older {
			lines += base64.RawStdEncoding.EncodeToString(older) + "\n"
		}
		if len(lines) > mostSecret {
			return fmt.Errorf("there are too many older secrets in %s.older", path)
		}
		if err := replaceSecret(path+".older", lines); err != nil {
			return fmt.Errorf("keeping the older secret: %w", err)
		}
	}
	if err := os.Rename(path+".next", path); err != nil {
		return fmt.Errorf("switching to the next secret: %w", err)
	}
	return nil
}

// replaceSecret writes a file so that who reads it finds the old or the new one, whole.
func replaceSecret(path, text string) error {
	beside, err := os.CreateTemp(filepath.Dir(path), ".secret-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(beside.Name()) }()
	_, err = beside.WriteString(text)
	if err := errors.Join(err, beside.Sync(), beside.Close()); err != nil {
		return err
	}
	return os.Rename(beside.Name(), path)
}
