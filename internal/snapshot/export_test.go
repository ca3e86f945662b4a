package snapshot

// Sealed is any body with the seal of a key.
func Sealed(body []byte, key Key) []byte {
	sum := seal(key, body)
	return append(sum[:], body...)
}
