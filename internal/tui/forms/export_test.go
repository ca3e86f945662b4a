package forms

// What the form for a piece of evidence is made of, for tests of its rules.
var (
	CheckCodes = checkCodes
	Kinds      = kinds
)
