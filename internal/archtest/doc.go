// Package archtest holds the rules of the house as tests: which package may import which, where the clock, colours and
// the raw text of a profile may be touched, what may be exported, who decides what a record may become, and how long a
// file may grow. It has no code of its own, and it checks only what can be seen without types: imports, names, literals
// and lengths.
package archtest
