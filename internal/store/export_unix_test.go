//go:build unix

package store

import "path/filepath"

// Forgetful is the disk in memory that forgets what was not synced, for tests of packages that use this one.
type Forgetful = memFS

// NewForgetful is such a disk with a folder on it that is there for good.
func NewForgetful(folder string) *Forgetful {
	m := newMemFS()
	for ; m.now[folder] == nil; folder = filepath.Dir(folder) {
		n := &memNode{dir: true, perm: folderPerm}
		m.now[folder], m.safe[folder] = n, n
	}
	return m
}

// AfterPowerCut gives every disk that may be found at the next start.
func (m *Forgetful) AfterPowerCut() []Ops {
	var all []Ops
	for _, after := range m.afterPowerCut() {
		all = append(all, after)
	}
	return all
}

// Cut runs act on a disk until judge says to cut the power, and tells whether it did. An operation that is to lie reports success
// and does nothing.
func Cut(disk Ops, judge func(op string) (cut, lie bool), act func(Ops) error) (err error, fell bool) {
	r := newRig(disk, func(_ int, op string) verdict {
		switch cut, lie := judge(op); {
		case cut:
			return crash
		case lie:
			return skip
		}
		return proceed
	})
	return runCrashing(func() error { return act(r) })
}

// Failing is a disk of which each operation may be failed, by its name.
func Failing(disk Ops, judge func(op string) error) Ops {
	r := newRig(disk, nil)
	r.judge = func(_ int, op string) verdict {
		r.err = judge(op)
		return verdictIf(r.err != nil, breakIt)
	}
	return r
}
