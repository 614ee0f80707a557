// Package snippets reads the documents as their readers do: it copies what stands in them
// and pastes it. Whatever a page shows is run, written, parsed, compared or says why not
// (CONTRIBUTING.md, "What stands in a page"). It owns nothing that the product needs.
package snippets
