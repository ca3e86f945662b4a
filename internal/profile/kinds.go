package profile

import "strings"

// KindName is a kind of evidence in words: only its last hyphen stands for a space, as in case-based discussion.
func KindName(kind string) string {
	if i := strings.LastIndexByte(kind, '-'); i >= 0 {
		return kind[:i] + " " + kind[i+1:]
	}
	return kind
}
