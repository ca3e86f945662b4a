// Package archtest holds the architecture rules of this repository as tests: which package may import which, where the
// clock, colours and the raw text of a profile may be used, what may be exported, where changes of a profile are
// defined, and how long files, functions and lines may be. The tests parse every Go file but do not type-check it, so
// they see only imports, names, literals and lengths. One reads the built program, to see that nothing in it opens a
// connection. The package has no other code.
package archtest
