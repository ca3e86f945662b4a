//go:build unix && !linux && !darwin

package store

func renameNew(from, to string) error { return linkNew(from, to) }
