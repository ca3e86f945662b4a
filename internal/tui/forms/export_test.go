package forms

// For the tests outside the package.
var (
	CheckCodes = checkCodes
	Kinds      = kinds
)
