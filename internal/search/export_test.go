package search

// The kinds of text that the tests hand in.
const (
	InTitle    = inTitle
	InCoaching = inCoaching
)
