package appraisal_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
)

// Whatever a file holds, it is read or refused; and what is read can be taken or is refused, and filled in.
func FuzzReadSheet(f *testing.F) {
	f.Add(makeSheet(f, asha(), "K7", "S24"))
	f.Add([]byte("sheet = 1\nstandard = \"ST0413\"\nlearner = \"A\"\nrating.K7 = { level = \"none\", note = '''\n# level =\n''' }\n"))
	f.Add([]byte("sheet = 1\nstandard = \"ST0413\"\nlearner = \"A\"\n[[rating]]\n"))
	f.Add([]byte("[rating.K7]\nlevel = none"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := appraisal.ReadSheet(src, lib.Standard)
		if err != nil {
			return
		}
		p := blank(s.Learner.Raw())
		if taken, err := appraisal.TakeSheet(p, s, today); err == nil {
			apply(t, p, taken.Batch)
		}
		if len(s.Rows) == 0 {
			return
		}
		rows := []appraisal.SheetRow{{KSB: s.Rows[0].KSB, Rated: true, Level: 3, Note: text("seen")}}
		filled, err := appraisal.FillSheet(src, lib.Standard, text("J. Ode"), today, rows)
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		if back := readSheet(t, filled); back.Rows[0] != rows[0] || back.Filled() < s.Filled() {
			t.Fatalf("%+v\n%s", back, filled)
		}
	})
}
