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

// lockPoll is how often a waiting ksbcoach looks whether the lock is free.
const lockPoll = 20 * time.Millisecond

// Lock keeps a second ksbcoach from changing the same profile. It is advisory: other programs do not see it. The system
// frees it when the process ends, in whatever way.
type Lock struct {
	flock *flock.Flock
	pid   string
}

// TryLock takes the lock of the profile at resolved, and fails with ErrLocked when another ksbcoach, or another part of
// this one, has it.
func TryLock(stateDir, resolved string) (*Lock, error) {
	return takeLock(stateDir, resolved, (*flock.Flock).TryLock)
}

// LockWithin is TryLock, trying again until the context ends; then it fails with ErrLocked.
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

// It fails with ErrNoLocks where the drive knows none.
func takeLock(stateDir, resolved string, try func(*flock.Flock) (bool, error)) (*Lock, error) {
	folder := lockFolder(stateDir)
	if err := makeFolders(OS(), folder, false); err != nil {
		return nil, fail("lock", resolved, err)
	}
	name := filepath.Join(folder, key(resolved))
	l := &Lock{flock: flock.New(name+".lock", flock.SetPermissions(filePerm)), pid: name + ".pid"}
	held, err := try(l.flock)
	switch {
	case cannotLock(err):
		err = because(ErrNoLocks.Error()+": "+reason(err), ErrNoLocks, err)
	case err == nil && !held:
		err = l.heldElsewhere()
	}
	if err != nil {
		return nil, fail("lock", resolved, err)
	}
	// Beside the lock file, which Windows lets nobody else read while it is locked. It only serves the message.
	_ = WriteState(OS(), l.pid, []byte(strconv.Itoa(os.Getpid())))
	return l, nil
}

// heldElsewhere names the process, if that is known: it may have ended its start or its stop in this very moment. Who
// cannot find the other window finds it by that number.
func (l *Lock) heldElsewhere() error {
	text, _ := ReadState(OS(), l.pid)
	if pid, err := strconv.Atoi(string(text)); err == nil && pid > 0 {
		return because(fmt.Sprintf("%v (process %d)", ErrLocked, pid), ErrLocked)
	}
	return ErrLocked
}

// Unlock gives the lock back; a second time it does nothing. The lock file stays: removing it would let two processes
// each lock a file of that name.
func (l *Lock) Unlock() error {
	if !l.flock.Locked() {
		return nil
	}
	_ = os.Remove(l.pid)
	return fail("unlock", l.flock.Path(), l.flock.Unlock())
}
