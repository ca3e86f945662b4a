package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"strings"
)

// StateLimit is far above a draft of text and keeps a damaged file from filling the memory.
const StateLimit = 1 << 20

// StateFile is where the small private file name of a profile lies: the position in it, or text being typed.
func (p Places) StateFile(resolved, name string) string {
	return filepath.Join(p.State, "profiles", key(resolved), plainName(name))
}

// ReadState reads a state file; a missing one is nil without an error. Over 1 MiB it fails with ErrTooLarge.
func ReadState(ops Ops, file string) ([]byte, error) {
	data, err := readRegular(ops, file, StateLimit)
	if errors.Is(err, ErrNotExist) {
		return nil, nil
	}
	return data, fail("read", file, err)
}

// WriteState replaces a state file whole or not at all, and makes the private folders above it. It does not sync: state
// is written at every few keys, may be lost to a power cut (not to a crash or a kill) without harm to the profile, and a
// sync would cost more than all else it does.
func WriteState(ops Ops, file string, data []byte) error {
	return fail("write", file, writeState(ops, file, data))
}

func writeState(ops Ops, file string, data []byte) error {
	if len(data) > StateLimit {
		return tooLarge(StateLimit)
	}
	folder := filepath.Dir(file)
	if err := makeFolders(ops, folder, false); err != nil {
		return err
	}
	temp, _, err := writeTemp(ops, folder, func(h Handle) (string, error) {
		_, err := h.Write(data)
		return "", err
	})
	if err != nil {
		return err
	}
	err = patiently(ops, func() error { return ops.Rename(temp, file) })
	if err != nil {
		_ = ops.Remove(temp)
	}
	return err
}

// key is a short name for a profile: paths are too long and hold what a file name may not.
func key(resolved string) string {
	sum := sha256.Sum256([]byte(resolved))
	return hex.EncodeToString(sum[:8])
}

// plainName makes a name that every system takes for a file, from one that may hold anything.
func plainName(name string) string {
	const longest = 40
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '_'
	}, name)
	// A dot in front would hide it or lead upwards; at the end Windows drops it.
	if name = strings.Trim(name[:min(len(name), longest)], "."); name == "" {
		name = "_"
	}
	return name
}
