// Supply looks at what the program is made of: that every direct dependency is pinned and has
// a written reason (docs/dependencies.md), that licences are allowed, and, when asked, at
// weaknesses of the code, of the dependencies and in the history.
//
// The cheap parts are tests, and so in every check; `make supply` runs all of it.
package main
