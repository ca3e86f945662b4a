package tui

import (
	"os"
	"runtime/debug"
	"testing"
)

// The garbage of a thousand short programs is collected less often than that of one: a fifth of the time of these tests.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
