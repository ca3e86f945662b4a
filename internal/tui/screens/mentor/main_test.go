package mentor

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

func TestMain(m *testing.M) {
	testneed.Hurry()
	m.Run()
}
