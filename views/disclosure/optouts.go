package disclosure

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"
)

// ErrNotANumber says that somebody cannot be looked up in the opt-outs, because what was
// given is no NHS number. Whoever cannot be looked up is left out, as if opted out.
var ErrNotANumber = errors.New("opt-outs are looked up by a valid NHS number")

// maxOptOuts bounds the file in bytes: more people than there are, in the longest spelling.
const maxOptOuts = 2 << 30

// clockSkew is how far ahead a file's time may lie: a file from the future would never
// grow old.
const clockSkew = time.Hour

// OptOuts are the people who do not want their data used beyond their own care (the
// national data opt-out), by a file that the region keeps up to date. It may be used by
// many callers at once.
//
// Every error of Has means that it is not known who opted out: the run is refused. No
// error is ever to be read as "nobody".
type OptOuts struct {
	path   string
	maxAge time.Duration
	now    func() time.Time
	cipher blinder

	mutex sync.Mutex
	read  fs.FileInfo // the file that people and failed come from; nil if none was read
	// people are keyed hashes of the numbers, in order: eight bytes a person, and no number
	// in memory for longer than it is read.
	people []uint64
	failed error
}

// OpenOptOuts reads the file, whole: what is wrong with it is said now. A file older than
// maxAge by its time of change is refused, then and at every use; maxAge must be positive.
func OpenOptOuts(path string, maxAge time.Duration, now func() time.Time) (*OptOuts, error) {
	if maxAge <= 0 {
		return nil, errors.New("opt-outs need a greatest age")
	}
	cipher, err := newBlinder()
	if err != nil {
		return nil, err
	}
	o := &OptOuts{path: path, maxAge: maxAge, now: now, cipher: cipher}
	if _, err := o.current(); err != nil {
		return nil, err
	}
	return o, nil
}

// Has reports whether the person with this NHS number opted out. It looks at the file
// each time and reads it anew when it has changed.
func (o *OptOuts) Has(nhsNumber string) (bool, error) {
	people, err := o.current()
	if err != nil {
		return false, err
	}
	number, ok := numberOf(nhsNumber)
	if !ok {
		return false, ErrNotANumber
	}
	_, found := slices.BinarySearch(people, o.cipher.blind(number))
	return found, nil
}

// current is the list as the file has it now.
func (o *OptOuts) current() ([]uint64, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	info, err := os.Stat(o.path)
	if err == nil {
		err = o.fit(info)
	}
	if err == nil && (o.read == nil || !same(o.read, info)) {
		err = o.load()
	}
	if err != nil {
		return nil, fmt.Errorf("opt-outs: %w", err)
	}
	return o.people, o.failed
}

// fit says whether a file may decide by what it is and how old it is.
func (o *OptOuts) fit(info fs.FileInfo) error {
	switch age := o.now().Sub(info.ModTime()); {
	case !info.Mode().IsRegular():
		return errors.New("not a file")
	case info.Size() > maxOptOuts:
		return errors.New("the list is too long")
	case age > o.maxAge:
		return fmt.Errorf("the list is older than %v", o.maxAge)
	case age < -clockSkew:
		return errors.New("the list is from the future")
	}
	return nil
}

// load reads the file and keeps what came of it: a list that is wrong is not read again
// before it changes. The old list goes first, because it decides nothing any more, and
// two would be in memory at once.
func (o *OptOuts) load() error {
	o.people, o.failed, o.read = nil, nil, nil
	file, err := os.Open(o.path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if err := o.fit(info); err != nil { // it may have been replaced a moment ago
		return err
	}
	people, wrong := readOptOuts(file, info.Size(), o.cipher)
	after, err := file.Stat()
	if err != nil {
		return err
	}
	var disk *fs.PathError
	if errors.As(wrong, &disk) { // not the list's fault: try again at the next use
		return wrong
	}
	if !same(info, after) {
		return errors.New("the list changed while it was read")
	}
	if o.read = info; wrong != nil {
		o.failed = fmt.Errorf("opt-outs: %w", wrong)
		return nil
	}
	o.people = people
	return nil
}

// same says whether two looks at the file saw the same content, as far as its size, time
// and place on the disk tell.
func same(a, b fs.FileInfo) bool {
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && os.SameFile(a, b)
}
