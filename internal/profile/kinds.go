package profile

import "strings"

// KindExample is the kind of an example given while rating.
const KindExample = "example"

// Kinds are the kinds of evidence that the field knows.
var Kinds = []string{
	KindExample, "observed-procedure", "case-based-discussion", "witness-testimony", "work-product",
	"reflective-account", "training-record", "feedback",
}

// KindName is a kind of evidence in words. Only its last hyphen becomes a space, as in case-based discussion.
func KindName(kind string) string {
	if i := strings.LastIndexByte(kind, '-'); i >= 0 {
		return kind[:i] + " " + kind[i+1:]
	}
	return kind
}

// KindFor is the kind of a piece for which none was chosen: an example for one KSB, since that is what the rating asks
// for, else a work product.
func KindFor(ksbs []string) string {
	if len(ksbs) == 1 {
		return KindExample
	}
	return "work-product"
}
