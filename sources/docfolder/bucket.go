package docfolder

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// bucket is an S3 bucket, or one of a service that speaks the same; named in the path.
type bucket struct {
	S3
	base   *url.URL // of the bucket
	prefix string   // "" or ending with a slash
	secret string
	client *dochttp.Client
	now    func() time.Time
}

func newBucket(c *Config, client *dochttp.Client, now func() time.Time) (*bucket, error) {
	where, err := url.Parse(c.Location)
	base, err2 := url.Parse(c.S3.Endpoint)
	if err != nil || err2 != nil {
		return nil, &sources.Error{Kind: sources.Malformed, Code: "location", Reason: "Its location is no URL"}
	}
	b := &bucket{S3: c.S3, client: client, now: now, base: base.JoinPath(where.Host)}
	if b.prefix = strings.Trim(where.Path, "/"); b.prefix != "" {
		b.prefix += "/"
	}
	b.secret, err = dochttp.Secret("s3.secret_key", c.S3.SecretKeyFile, c.S3.SecretKeyEnv)
	return b, err
}

func (b *bucket) close() { b.client.Close() }

func (b *bucket) request(ctx context.Context, u *url.URL) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	sign(req, b.AccessKey, b.secret, b.Region, b.now())
	return req, nil
}

func (b *bucket) open(ctx context.Context, name string) (*file, error) {
	u := *b.base
	u.Path += "/" + b.prefix + name
	u.RawPath = escapePath(u.Path)
	req, err := b.request(ctx, &u)
	if err != nil {
		return nil, err
	}
	return get(b.client, req)
}

// mostPages of a listing are read, of a thousand names each.
const mostPages = 5000

// list asks for the names with a prefix (ListObjectsV2), page by page.
func (b *bucket) list(ctx context.Context, below string, most int) ([]string, error) {
	prefix := b.prefix
	if below != "" {
		prefix += below + "/"
	}
	var all []string
	token := ""
	for range mostPages {
		names, next, err := b.page(ctx, prefix, token, most)
		if err != nil {
			return nil, noShare(err)
		}
		if all = append(all, names...); len(all) > most {
			return nil, tooMany()
		}
		if next == "" {
			return all, nil
		}
		if next == token {
			return nil, httpfault.Malformed("page-loop", "Its list goes in circles")
		}
		token = next
	}
	return nil, tooMany()
}

func (b *bucket) page(ctx context.Context, prefix, token string, most int) (names []string, next string, err error) {
	u := *b.base
	q := url.Values{"list-type": {"2"}, "prefix": {prefix}}
	if token != "" {
		q.Set("continuation-token", token)
	}
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
	req, err := b.request(ctx, &u)
	if err != nil {
		return nil, "", err
	}
	resp, err := b.client.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode == http.StatusNotFound {
		return nil, "", fs.ErrNotExist
	}
	if err := b.client.Failure(resp); err != nil {
		return nil, "", err
	}
	n, err := readXML(resp, most)
	switch {
	case err != nil:
		return nil, "", err
	case n.Name != "ListBucketResult":
		return nil, "", httpfault.Malformed("not-s3", "Its answer is not that of a bucket")
	}
	for _, o := range n.All("Contents") {
		key, ok := strings.CutPrefix(textOf(o.Child("Key")), prefix)
		if !ok {
			return nil, "", httpfault.Malformed("foreign-entry", "It lists files that lie elsewhere")
		}
		if key == "" || strings.HasSuffix(key, "/") {
			continue // what stands for a folder
		}
		names = append(names, strings.TrimPrefix(prefix, b.prefix)+key)
	}
	switch next = textOf(n.Child("NextContinuationToken")); textOf(n.Child("IsTruncated")) {
	case "true":
		if next == "" {
			err = errNoToken
		}
	case "false":
		next = ""
	default:
		err = errNoToken
	}
	if errors.Is(err, errNoToken) {
		err = httpfault.Malformed("not-whole", "It does not say whether its list is whole")
	}
	return names, next, err
}

var errNoToken = errors.New("no token")

// textOf is an element's text as it stands: blanks belong to a name.
func textOf(n *xmltree.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}
