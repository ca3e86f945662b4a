package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
)

// lockPoll is how often a waiting ksbcoach tries to take the lock.
const lockPoll = 20 * time.Millisecond

// Lock keeps a second ksbcoach from changing the same profile. It is advisory: other programs take no notice of it. The
// system releases it when the process ends, however it ends.
type Lock struct {
	flock *flock.Flock
	pid   string
}

// TryLock takes the lock of the profile at resolved. It fails with ErrLocked if another ksbcoach, or another part of
// this one, has it, and with ErrNoLocks if the drive has no locks.
func TryLock(stateDir, resolved string) (*Lock, error) {
	return takeLock(stateDir, resolved, (*flock.Flock).TryLock)
}

// LockWithin is TryLock, but while the lock is taken it keeps trying until the context ends.
func LockWithin(ctx context.Context, stateDir, resolved string) (*Lock, error) {
	return takeLock(stateDir, resolved, func(f *flock.Flock) (bool, error) {
		held, err := f.TryLockContext(ctx, lockPoll)
		if err != nil && ctx.Err() != nil {
			err = nil
		}
		return held, err
	})
}

func lockFolder(stateDir string) string { return filepath.Join(stateDir, "locks") }

func takeLock(stateDir, resolved string, try func(*flock.Flock) (bool, error)) (*Lock, error) {
	folder := lockFolder(stateDir)
	if err := makeFolders(OS(), folder, false); err != nil {
		return nil, opError("lock", resolved, err)
	}
	name := filepath.Join(folder, pathKey(resolved))
	l := &Lock{flock: flock.New(name+".lock", flock.SetPermissions(filePerm)), pid: name + ".pid"}
	held, err := try(l.flock)
	switch {
	case cannotLock(err):
		err = because(ErrNoLocks.Error()+": "+reason(err), ErrNoLocks, err)
	case err == nil && !held:
		err = l.heldElsewhere()
	}
	if err != nil {
		return nil, opError("lock", resolved, err)
	}
	// For the message of heldElsewhere. Not in the lock file, which nobody else can read on Windows while it is locked.
	_ = WriteState(OS(), l.pid, []byte(strconv.Itoa(os.Getpid())))
	return l, nil
}

// heldElsewhere is ErrLocked with the number of the other process, which helps to find its window. The number is
// missing if that process is just starting or ending.
func (l *Lock) heldElsewhere() error {
	text, _ := ReadState(OS(), l.pid)
	if pid, err := strconv.Atoi(string(text)); err == nil && pid > 0 {
		return because(fmt.Sprintf("%v (process %d)", ErrLocked, pid), ErrLocked)
	}
	return ErrLocked
}

// Unlock releases the lock; a second call does nothing. The lock file must stay: if it were removed, two processes
// could each lock a different file of that name.
func (l *Lock) Unlock() error {
	if !l.flock.Locked() {
		return nil
	}
	_ = os.Remove(l.pid)
	return opError("unlock", l.flock.Path(), l.flock.Unlock())
}
