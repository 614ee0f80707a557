package docfolder

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// share is a WebDAV share (RFC 4918).
type share struct {
	base   *url.URL
	client *dochttp.Client
}

func newShare(location string, client *dochttp.Client) (*share, error) {
	base, err := url.Parse(strings.TrimRight(location, "/") + "/")
	if err != nil {
		return nil, &sources.Error{Kind: sources.Malformed, Code: "location", Reason: "Its location is no URL"}
	}
	return &share{base, client}, nil
}

func (s *share) close() { s.client.Close() }

func (s *share) at(name string) string {
	return s.base.JoinPath(strings.Split(name, "/")...).String()
}

func (s *share) open(ctx context.Context, name string) (*file, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.at(name), nil)
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	return get(s.client, req)
}

// get asks for a file.
func get(client *dochttp.Client, req *http.Request) (*file, error) {
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone {
		err = fs.ErrNotExist
	} else {
		err = client.Failure(resp)
	}
	if err != nil {
		_ = resp.Body.Close()
		return nil, err
	}
	return &file{ReadCloser: resp.Body, size: resp.ContentLength}, nil
}

// mostFolders of a share are looked into for one answer.
const mostFolders = 2000

// list asks folder by folder: most servers refuse to give a whole tree at once.
func (s *share) list(ctx context.Context, below string, most int) ([]string, error) {
	var all []string
	folders := []string{below}
	for n := 0; len(folders) > 0; n++ {
		if n >= mostFolders {
			return nil, tooMany()
		}
		name := folders[0]
		folders = folders[1:]
		entries, err := s.propfind(ctx, name, "1", most)
		switch {
		case isGone(err) && name == below && below != "":
			// Nobody's folder; but only if the share itself is there.
			if _, err := s.propfind(ctx, "", "0", most); err != nil {
				return nil, noShare(err)
			}
			return nil, nil
		case err != nil:
			return nil, noShare(err)
		}
		for _, e := range entries {
			if e.folder && !strings.HasPrefix(e.name[strings.LastIndexByte(e.name, '/')+1:], ".") {
				folders = append(folders, e.name)
			} else if !e.folder {
				all = append(all, e.name)
			}
		}
		if len(all)+len(folders) > most {
			return nil, tooMany()
		}
	}
	return all, nil
}

// noShare words that a share, or a folder that it had named, is not there.
func noShare(err error) error {
	if isGone(err) {
		return &sources.Error{Kind: sources.Unavailable, Code: "no-folder", Reason: "Its folder is not there"}
	}
	return err
}

// davEntry is something in a folder.
type davEntry struct {
	name   string
	folder bool
}

const propfind = `<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>`

// propfind asks what is in a folder.
func (s *share) propfind(ctx context.Context, name, depth string, most int) ([]davEntry, error) {
	address := s.base.String()
	if name != "" {
		address = s.at(name) + "/"
	}
	req, err := http.NewRequestWithContext(ctx, "PROPFIND", address, strings.NewReader(propfind))
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	req.Header.Set("Depth", depth)
	req.Header.Set("Content-Type", "application/xml; charset=utf-8")
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	switch resp.StatusCode {
	case http.StatusMultiStatus:
	case http.StatusNotFound, http.StatusGone:
		return nil, fs.ErrNotExist
	case http.StatusOK:
		return nil, notDAV()
	default:
		return nil, s.client.Failure(resp)
	}
	n, err := readXML(resp, most)
	if err != nil {
		return nil, err
	}
	if n.Name != "multistatus" {
		return nil, notDAV()
	}
	return s.entries(n, name)
}

func notDAV() error {
	return httpfault.Malformed("not-dav", "Its answer is not that of a WebDAV share")
}

// readXML reads an answer of as many files as may be listed.
func readXML(resp *http.Response, most int) (*xmltree.Node, error) {
	n, err := xmltree.Read(resp.Body, xmltree.Limits{Bytes: 64 << 20, Elements: 20*most + 1000, Depth: 20, Tag: 16 << 10})
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, xmltree.ErrDoctype), errors.Is(err, xmltree.ErrNotXML), errors.Is(err, xmltree.ErrEncoding):
		return nil, httpfault.Malformed("not-xml", "Its answer is not well-formed XML")
	case errors.Is(err, xmltree.ErrTooLarge), errors.Is(err, xmltree.ErrTooDeep), errors.Is(err, xmltree.ErrLongTag):
		return nil, httpfault.Malformed("too-large", "Its answer is larger than is read")
	}
	return nil, err
}

// entries reads a multistatus. What does not lie right within the folder was not asked for.
func (s *share) entries(n *xmltree.Node, folder string) (all []davEntry, err error) {
	for _, r := range n.All("response") {
		u, err := s.base.Parse(strings.TrimSpace(r.Child("href").Words()))
		if err != nil || u.Host != s.base.Host {
			return nil, httpfault.Malformed("foreign-entry", "It lists files that lie elsewhere")
		}
		name, ok := strings.CutPrefix(u.Path, s.base.Path)
		if name = strings.TrimSuffix(name, "/"); !ok && u.Path+"/" != s.base.Path {
			return nil, httpfault.Malformed("foreign-entry", "It lists files that lie elsewhere")
		}
		if u.Path+"/" == s.base.Path || name == folder {
			continue // the folder itself
		}
		inner := name
		if folder != "" {
			if inner, ok = strings.CutPrefix(name, folder+"/"); !ok {
				return nil, httpfault.Malformed("foreign-entry", "It lists files that lie elsewhere")
			}
		}
		if inner == "" || strings.Contains(inner, "/") {
			return nil, httpfault.Malformed("foreign-entry", "It lists files that lie elsewhere")
		}
		e := davEntry{name: name}
		for _, p := range r.All("propstat") {
			e.folder = e.folder || p.Child("prop", "resourcetype", "collection") != nil
		}
		all = append(all, e)
	}
	return all, nil
}
