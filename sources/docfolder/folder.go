package docfolder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
)

// folder is a folder of this machine. No link is followed, neither out of it nor within.
type folder string

func (f folder) close() {}

// open opens a regular file that is reached without a link.
func (f folder) open(ctx context.Context, name string) (*file, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, unreachable(err)
	}
	defer func() { _ = root.Close() }()
	seen, err := withoutLinks(root, name)
	if err != nil {
		return nil, err
	}
	opened, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	before, err := opened.Stat()
	if err == nil && !os.SameFile(seen, before) { // exchanged for a link in between
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	return &file{ReadCloser: opened, size: before.Size(), intact: func() error {
		after, err := opened.Stat()
		if err == nil && (after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime())) {
			return &sources.Error{Kind: sources.Unavailable, Code: "being-written", Reason: "Its index is just being written"}
		}
		return err
	}}, nil
}

// withoutLinks looks at each step on the way to a file.
func withoutLinks(root *os.Root, name string) (fs.FileInfo, error) {
	var at fs.FileInfo
	var err error
	for i := range name + "/" {
		if i < len(name) && name[i] != '/' {
			continue
		}
		if at, err = root.Lstat(filepath.FromSlash(name[:i])); err != nil {
			return nil, err
		}
		if i < len(name) && !at.IsDir() || i == len(name) && !at.Mode().IsRegular() {
			return nil, fs.ErrNotExist
		}
	}
	return at, nil
}

// list walks the folder; links, pipes and hidden things are not there.
func (f folder) list(ctx context.Context, below string, most int) ([]string, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, unreachable(err)
	}
	defer func() { _ = root.Close() }()
	start := "."
	if below != "" {
		start = below
		if at, err := root.Lstat(filepath.FromSlash(below)); errors.Is(err, fs.ErrNotExist) || err == nil && !at.IsDir() {
			return nil, nil
		}
	}
	var all []string
	err = fs.WalkDir(root.FS(), start, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() && name != "." && strings.HasPrefix(path.Base(name), "."):
			return fs.SkipDir
		case d.IsDir() || !d.Type().IsRegular():
			return nil
		}
		if all = append(all, name); len(all) > most {
			return tooMany()
		}
		return nil
	})
	return all, err
}

func tooMany() error {
	return &sources.Error{Kind: sources.Malformed, Code: "too-many", Reason: "It holds more files than are read"}
}

// isGone reports whether a file is not there.
func isGone(err error) bool { return err != nil && errors.Is(err, fs.ErrNotExist) }

// unreachable is the error of a folder that is not there: no folder is not an empty one.
func unreachable(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return err
	}
	return &sources.Error{Kind: sources.Unavailable, Code: "no-folder", Reason: "Its folder is not there"}
}

// explain words an error; texts of the system quote paths, which name people.
func explain(ctx context.Context, err error) error {
	var known *sources.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case ctx.Err() != nil:
		return &sources.Error{Kind: sources.Timeout, Code: "timeout", Reason: "It did not answer in time", Cause: ctx.Err()}
	case errors.Is(err, fs.ErrPermission):
		return &sources.Error{Kind: sources.Refused, Code: "permission", Reason: "It does not allow us to read"}
	}
	return &sources.Error{Kind: sources.Unavailable, Code: "unreadable", Reason: "It cannot be read"}
}
