package docfolder

import (
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// plain reports whether a name is of something within the folder, whatever it is made to
// look like, on this machine or a share: no way up, no way round, nothing hidden.
func plain(name string) bool {
	if name == "" || len(name) > 1024 || !utf8.ValidString(name) || path.Clean(name) != name || !filepath.IsLocal(filepath.FromSlash(name)) ||
		strings.ContainsAny(name, "\\:%?#*\x00\r\n") {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || strings.TrimSpace(part) != part {
			return false
		}
	}
	return true
}

// ignored reports whether a file is no document.
func (s *source) ignored(name string) bool {
	if strings.HasPrefix(path.Base(name), ".") {
		return true
	}
	for _, g := range s.Ignore {
		if ok, _ := path.Match(g, path.Base(name)); ok {
			return true
		}
	}
	return false
}

// mediaTypes are what endings of names say.
var mediaTypes = map[string]string{
	".pdf": "application/pdf", ".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".xml": "text/xml", ".cda": "text/xml", ".png": "image/png",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".tif": "image/tiff", ".tiff": "image/tiff", ".rtf": "application/rtf",
	".svg": "image/svg+xml", ".doc": "application/msword", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

func mediaType(name string) string { return mediaTypes[strings.ToLower(path.Ext(name))] }
