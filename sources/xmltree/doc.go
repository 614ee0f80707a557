// Package xmltree reads XML of unknown origin into a small tree, within bounds: how
// many bytes, elements, levels and how long a single tag may be. A document type is
// refused, because entities are how XML is made to read files and to grow without end.
//
// It owns the bounds and the shape, and knows nothing of what the elements mean: the
// connectors of documents read SOAP, ebRIM and CDA through it.
package xmltree
