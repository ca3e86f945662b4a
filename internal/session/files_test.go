package session_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/store"
)

// unsynced are operations on a disk that writes and cannot promise to keep it.
type unsynced struct{ store.Ops }

func (unsynced) SyncDir(string) error { return errors.New("the disk is odd") }

// A file that exists but might not survive a power cut is no failure: trying again would only write a second one.
func TestAnUnsyncedFileCountsAsWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	d.o.Ops = unsynced{store.OS()}
	file := filepath.Join(t.TempDir(), "pack.txt")
	path, warning, err := d.open().WriteNew(file, []byte("text"))
	if text, _ := os.ReadFile(file); err != nil || path != file || warning == "" || string(text) != "text" {
		t.Errorf("%q, %q, %v, %q", path, warning, err, text)
	}
}
