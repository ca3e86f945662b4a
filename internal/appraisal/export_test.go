package appraisal

// Unsettled lists the KSBs that a record has as not settled.
var Unsettled = unsettled

// Words says whether it is planned.
func (x Planned) Words() string { return x.words() }

// Close closes a review with the hash of its record, and returns both.
var Close = withHash
