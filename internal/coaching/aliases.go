package coaching

// Alias is what people of the field call something, and the KSBs that it is about.
type Alias struct {
	Names []string `toml:"names"` // several for one thing: GDPR, data protection
	KSBs  []string `toml:"ksbs"`  // the one that fits best first
}

// DecodeAliases reads the words of the field. The linter of the seeds holds them to the standard.
func DecodeAliases(src string) ([]Alias, error) {
	var f struct {
		Aliases []Alias `toml:"alias"`
	}
	err := decode(src, &f)
	return f.Aliases, err
}
