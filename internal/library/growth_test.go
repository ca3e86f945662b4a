package library

import (
	"io/fs"
	"testing"

	"github.com/ksbcoach/ksbcoach/seeds"
)

// BenchmarkGrowth reads what grows together, as Plan and Evidence do when they are first opened.
func BenchmarkGrowth(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New().Growth(Default)
	}
}

// without is a file system with one file missing.
type without struct {
	fs.FS
	name string
}

func (w without) ReadFile(name string) ([]byte, error) {
	if name == w.name {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(w.FS, name)
}

// The first frame does not need what grows together, so Preload must not read that file.
func TestPreloadLeavesGrowthOut(t *testing.T) {
	l := From(without{seeds.FS, "st0413/links.toml"})
	l.Preload(Default)
	defer func() {
		if recover() == nil {
			t.Error("the file is not read from where it was taken away, so this test proves nothing")
		}
	}()
	l.Growth(Default)
}
