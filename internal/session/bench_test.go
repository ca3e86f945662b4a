package session_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

func BenchmarkOpen(b *testing.B) {
	for _, c := range []struct{ name, src string }{{"small", sample}, {"three years", threeYears(b)}} {
		b.Run(c.name, func(b *testing.B) {
			d := newDesk(b, c.src)
			d.o.Reading = true
			b.SetBytes(int64(len(c.src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := session.Open(d.o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// One rating until it is on disk: the work behind a key press on the Rate screen. "edit" leaves out the disk.
func BenchmarkRateAndSave(b *testing.B) {
	for _, c := range []struct{ name, src string }{{"small", sample}, {"three years", threeYears(b)}} {
		b.Run(c.name, func(b *testing.B) {
			d := newDesk(b, c.src)
			s := d.open()
			b.ReportAllocs()
			n := level.Level(0)
			for b.Loop() {
				n = (n + 1) % 5
				do(b, s, rate("K7", n))
				save(b, s)
			}
		})
	}
}

// BenchmarkRate is the part of a rating that the screen waits for.
func BenchmarkRate(b *testing.B) {
	d := newDesk(b, threeYears(b))
	s := d.open()
	b.ReportAllocs()
	n := level.Level(0)
	for b.Loop() {
		n = (n + 1) % 5
		do(b, s, rate("K7", n))
	}
}
